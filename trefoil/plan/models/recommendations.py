"""Recommendations, from wherever they come."""

from typing import ClassVar

from django.db import models

from trefoil.editing.models import EditedModel
from trefoil.people.models import Partnership, Person

from ..enums import SourceKind
from .priorities import Priority
from .withdrawn import Withdrawable, WithdrawableQuerySet


class Recommendation(EditedModel, Withdrawable):
    """What somebody says ought to change: in their words, with where they said it.

    `source_reference` is a reference to a record of this system (`meeting:7`, `decision:9`) or the name of a report.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="recommendations")
    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    words = models.TextField(max_length=2000)
    source_kind = models.CharField(max_length=20, choices=SourceKind.choices)
    source_reference = models.CharField(max_length=200, blank=True)
    made_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Recommendation"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [*EditedModel.Meta.constraints, *Withdrawable.Meta.constraints]
        indexes = [
            models.Index(fields=["partnership", "-made_on"], name="recommendations_by_day"),
            models.Index(fields=["partnership", "source_kind"], name="recommendations_by_source"),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79].rstrip()}…"

    @property
    def reference(self) -> str:
        return f"recommendation:{self.pk}"
