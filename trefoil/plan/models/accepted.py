"""What the X-ray found and somebody said may stay as it is, for a reason and until a day."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.people.models import Partnership, Person


class AcceptedFindingQuerySet(models.QuerySet["AcceptedFinding"]):
    """Questions about many acceptances."""

    def holding_on(self, day: date) -> Self:
        """Not taken back, and not run out."""
        return self.filter(ended_at__isnull=True, until__gte=day)


class AcceptedFinding(models.Model):
    """One finding that is not shown again before a day. `key` is the finding's: its check and the records it names."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="accepted_findings")
    key = models.CharField(max_length=150)
    words = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000)
    until = models.DateField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["AcceptedFinding"]] = AcceptedFindingQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], condition=Q(ended_at__isnull=True), name="one_acceptance_of_a_finding"
            ),
            models.CheckConstraint(
                name="acceptance_ended_at_and_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(name="acceptance_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.key
