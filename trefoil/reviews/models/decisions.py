"""What was decided on a review and why: whether to notify, what is in the rapid review, what follows it."""

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person
from trefoil.plan.models import Recommendation

from ..enums import Abuse, Answer, NextStepKind, Place
from .reviews import Review
from .undone import STANDS, Undoable


class NotifyDecision(Undoable):
    """Whether the incident is notified: each limb of the test, who decided, when and why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notify_decisions")
    is_to_notify = models.BooleanField()
    abuse = models.CharField(max_length=10, choices=Abuse.choices)
    is_grave = models.BooleanField()
    place = models.CharField(max_length=10, choices=Place.choices)
    reasons = SealedTextField()
    decided_on = models.DateField()
    deciders = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_notify_decision_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {'notify' if self.is_to_notify else 'do not notify'}"


class Notification(Undoable):
    """The day on which the notification went to the national panel, and what the panel calls it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notifications")
    sent_on = models.DateField()
    panel_reference = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_notification_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.sent_on}"


class SectionText(models.Model):
    """One section of the rapid review. Writing it anew adds a row; the last one stands."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=20)
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.code}"


class CriterionAnswer(models.Model):
    """The answer to one criterion, with why. Answering anew adds a row; the last one stands."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=10)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    words = SealedTextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.code}"


class Position(models.Model):
    """Which next step a statutory partner holds right, who said so and why. A change of mind is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=15, choices=NextStepKind.choices)
    reason = SealedTextField(blank=True)
    is_current = models.BooleanField(default=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "taken_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"], condition=Q(is_current=True), name="one_review_position_a_partner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.agency_id} {self.stance}"


class NextStep(Undoable):
    """What the partners decided to follow the rapid review, and whether they think of a national review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="next_steps")
    kind = models.CharField(max_length=15, choices=NextStepKind.choices)
    suggests_national = models.BooleanField(default=False)
    reasons = SealedTextField()
    decided_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_next_step_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.kind}"


class ReviewRecommendation(models.Model):
    """A recommendation of the plan that came out of a review. The link is known here alone: the plan does not tell."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="recommendations")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.recommendation_id}"
