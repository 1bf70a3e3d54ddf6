"""What a record carries that two people may be saving at once. Replaced by `trefoil.editing` once it is on main."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from trefoil.people.models import Person


class EditedModel(models.Model):
    """A record that people change by a form: its version goes up with every change."""

    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_changed_by_somebody",
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
            )
        ]


def stamp(by: Person | None, now: Any) -> dict[str, Any]:
    """The two fields that say who changed an `EditedModel` and when; both empty for a command."""
    return {"changed_at": now if by else None, "changed_by": by}
