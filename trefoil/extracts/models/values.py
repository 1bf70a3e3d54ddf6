"""What values of an agency mean that stand in no code list. A person decides each; nothing is guessed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Partnership, Person

from ..enums import Decision


class MappedValueQuerySet(models.QuerySet["MappedValue"]):
    def waiting(self) -> Self:
        return self.filter(decision=Decision.WAITING)

    def decided(self) -> Self:
        return self.exclude(decision=Decision.WAITING)


class MappedValue(models.Model):
    """One spelling of one code list from one agency, and the code a person gave it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="mapped_values")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mapped_values")
    code_list = models.CharField(max_length=60)
    raw = models.CharField(max_length=200)
    seen = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING)
    code = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["MappedValue"]] = MappedValueQuerySet.as_manager()

    class Meta:
        ordering = ["code_list", "-seen", "raw"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency", "code_list", "raw"], name="one_meaning_of_a_value"
            ),
            models.CheckConstraint(
                name="value_decided_at_and_by",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision=Decision.WAITING)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=Decision.WAITING)),
            ),
            models.CheckConstraint(
                name="value_has_a_code_when_it_means_one",
                condition=(Q(decision=Decision.CODE) & ~Q(code="")) | (~Q(decision=Decision.CODE) & Q(code="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_list}: {self.raw}"

    @property
    def waits(self) -> bool:
        return self.decision == Decision.WAITING
