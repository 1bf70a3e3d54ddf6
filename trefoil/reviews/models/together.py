"""Learning in another way, a review shared by two partnerships, and reviews of the national panel."""

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Partnership, Person
from trefoil.plan.models import Recommendation

from ..enums_local import LearningMethod, NationalAnswer
from .reviews import Review
from .undone import STANDS, Undoable


class LearningReview(Undoable):
    """Learning in another way than a local review: what, by when, and what was learnt. A change is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="learning_reviews")
    method = models.CharField(max_length=15, choices=LearningMethod.choices)
    words = SealedTextField()
    due_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    learnt = SealedTextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_learning_review_stands"),
            models.CheckConstraint(
                name="learning_ended_at_and_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_on__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.method}"


class JointPartnership(Undoable):
    """Another partnership that carries a review together with the one that leads it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="joined")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    agreed_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agreed_on", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review", "partnership"], condition=STANDS, name="partnership_joined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.partnership_id}"


class NationalReview(models.Model):
    """A review that the national panel published, to which the partnership answers. All of it is public."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="national_reviews")
    title = models.CharField(max_length=200)
    published_on = models.DateField()
    address = models.URLField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["partnership", "title"], name="national_review_once")]

    def __str__(self) -> str:
        return self.title


class NationalRecommendation(models.Model):
    """A recommendation of a national review, what the partnership answers, and what came of it in the plan."""

    national_review = models.ForeignKey(NationalReview, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000)
    answer = models.CharField(max_length=15, choices=NationalAnswer.choices, blank=True)
    answer_words = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["national_review", "number"], name="national_recommendation_number"),
            models.CheckConstraint(
                name="national_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79].rstrip()}…"
