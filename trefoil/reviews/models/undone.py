"""Nothing of a review is deleted or overwritten: a step that did not hold is undone, with who, when and why."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Person

STANDS = Q(undone_at__isnull=True)


class Undoable(models.Model):
    """A row that stands until it is undone. Why is sealed: it may speak of the child."""

    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = SealedTextField(blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_undone_at_and_by",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]


def undoing(by: Person, now: datetime, reason: str) -> dict[str, Any]:
    """The three fields, filled together."""
    return {"undone_at": now, "undone_by": by, "undone_reason": reason}
