"""The risk register: a risk in three sentences, its controls, and every score it was ever given."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Partnership, Person

from ..enums_register import Assurance, RiskBand, band_of
from .priorities import Priority
from .withdrawn import Withdrawable, WithdrawableQuerySet


class RiskQuerySet(models.QuerySet["Risk"]):
    """Questions about many risks."""

    def unended(self) -> Self:
        """Those that are still open."""
        return self.filter(closed_at__isnull=True)


class Risk(EditedModel):
    """What may happen, why, and what would follow. Who owns it, and when it is looked at again.

    It is closed with a reason and never deleted; one that comes back is opened again.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    cause = models.TextField(max_length=1000)
    event = models.TextField(max_length=1000)
    effect = models.TextField(max_length=1000)
    priorities = models.ManyToManyField(Priority, related_name="risks", blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="risks")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="risks")
    review_on = models.DateField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.CharField(max_length=1000, blank=True)

    objects: ClassVar[models.Manager["Risk"]] = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["partnership", "number"], name="risk_number_in_partnership"),
            models.CheckConstraint(
                name="risk_closed_with_reason",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closed_reason="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "review_on"], name="risks_by_review")]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"risk:{self.pk}"

    @property
    def name(self) -> str:
        """`R7`: how people speak of it. A number is never used again."""
        return f"R{self.number}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_review_overdue_on(self, day: date) -> bool:
        """Still open, and not looked at by its date."""
        return not self.is_closed and day > self.review_on


def _on_scale(field: str) -> Q:
    return Q(**{f"{field}__gte": 1, f"{field}__lte": 5})


class RiskReview(models.Model):
    """One look at a risk: its score without controls and with them, and what was said. The newest holds.

    Likelihood and impact go from 1 to 5. Controls never make a risk worse.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    likelihood_after = models.PositiveSmallIntegerField()
    impact_after = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000)
    next_review_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reviewed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="risk_scores_on_scale",
                condition=_on_scale("likelihood")
                & _on_scale("impact")
                & _on_scale("likelihood_after")
                & _on_scale("impact_after"),
            ),
            models.CheckConstraint(
                name="controls_never_raise_a_score",
                condition=Q(likelihood_after__lte=F("likelihood"), impact_after__lte=F("impact")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk_id}: {self.score} to {self.score_after}"

    @property
    def score(self) -> int:
        """Likelihood times impact if nothing stood against it, 1 to 25."""
        return self.likelihood * self.impact

    @property
    def score_after(self) -> int:
        """The same with the controls as they are."""
        return self.likelihood_after * self.impact_after

    @property
    def band(self) -> RiskBand:
        """How the score with controls is read."""
        return band_of(self.score_after)


class RiskControl(EditedModel, Withdrawable):
    """What stands against a risk, who sees to it, and what shows that it works."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    words = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="risk_controls")
    assurance = models.CharField(max_length=10, choices=Assurance.choices, default=Assurance.NONE)
    assurance_words = models.CharField(max_length=1000, blank=True)
    assured_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["RiskControl"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="control_tested_on_a_day",
                condition=Q(assurance=Assurance.NONE, assured_on__isnull=True)
                | (~Q(assurance=Assurance.NONE) & Q(assured_on__isnull=False) & ~Q(assurance_words="")),
            ),
        ]

    def __str__(self) -> str:
        return self.words
