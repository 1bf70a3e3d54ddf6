"""What the panel made of a death: categories, factors by domain, what could change, and what followed."""

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Person
from trefoil.plan.models import Recommendation
from trefoil.reviews.models import STANDS, Review, Undoable

from ..enums import Domain, Score
from ..hierarchy import Category, category_of, explained
from .deaths import Death


class Analysis(Undoable):
    """The panel's analysis. Every category that applies is kept; which one counts is worked out, and never stored."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="analyses")
    applying = models.JSONField()
    words = SealedTextField()
    judged_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_analysis_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.judged_on}"

    @property
    def category(self) -> Category:
        """The highest of those that apply."""
        return category_of(self.applying)

    @property
    def why(self) -> str:
        """How the category came about."""
        return explained(self.applying)


class DomainFactors(models.Model):
    """One of the four domains in an analysis: its factors, their score, and what of them could be changed."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=1, choices=Domain.choices)
    score = models.PositiveSmallIntegerField(choices=Score.choices)
    words = SealedTextField(blank=True)
    is_modifiable = models.BooleanField(default=False)
    change = SealedTextField(blank=True)

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "domain"], name="domain_once_in_analysis"),
            models.CheckConstraint(
                name="modifiable_may_have_played_a_part",
                condition=Q(is_modifiable=False) | Q(score=Score.MAY_HAVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id}: {self.domain} {self.score}"


class LearningPoint(models.Model):
    """Something that was learnt, in words that stay with the review."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="learning")
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: learning {self.pk}"


class DeathRecommendation(models.Model):
    """A recommendation of the plan that came out of a death. The link is known here alone: the plan does not tell."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="recommendations")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.recommendation_id}"


class Closing(Undoable):
    """The day on which the analysis went to the national database, and with it the end of the review."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="closings")
    sent_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_closing_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.sent_on}"


class PracticeReview(models.Model):
    """The practice review that was begun from a death. Reviews do not know of it: the link is a row here."""

    death = models.OneToOneField(Death, on_delete=models.PROTECT, related_name="practice_review")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["begun_at", "pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: review {self.review_id}"
