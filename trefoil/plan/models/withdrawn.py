"""Nothing of the plan is deleted: what no longer holds is withdrawn, with who, when and why."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from trefoil.people.models import Person

Row = TypeVar("Row", bound=models.Model)


class Withdrawable(models.Model):
    """A record that is withdrawn with a reason instead of being deleted."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            )
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class WithdrawableQuerySet(models.QuerySet[Row]):
    """Questions about what still stands."""

    def standing(self) -> Self:
        """What has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


def withdrawal(by: Person, now: Any, reason: str) -> dict[str, Any]:
    """The three fields of a withdrawal, filled together."""
    return {"withdrawn_at": now, "withdrawn_by": by, "withdrawn_reason": reason}
