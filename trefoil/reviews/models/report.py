"""The report of a review: drafts, findings, agencies' responses, what publishing would do, and its publication."""

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.documents.models import DocumentVersion
from trefoil.people.models import Agency, Person

from ..enums_local import AgencyAnswer, HowPublished, Theme
from .decisions import ReviewRecommendation
from .reviews import Review
from .undone import STANDS, Undoable


class ReportDraft(Undoable):
    """A draft that came from the reviewer: in full, and with what names the child left out where there is one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(default=False)
    received_on = models.DateField()
    words = SealedTextField(blank=True)
    full = models.ForeignKey(DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    redacted = models.ForeignKey(DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="draft_number_in_review"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: draft {self.number}"


class Finding(Undoable):
    """What the review found, under a theme."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    theme = models.CharField(max_length=20, choices=Theme.choices)
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.theme}"


class AgencyResponse(Undoable):
    """An agency asked what it answers to a recommendation, and its answer."""

    recommendation = models.ForeignKey(ReviewRecommendation, on_delete=models.PROTECT, related_name="responses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=AgencyAnswer.choices, blank=True)
    words = SealedTextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(
                fields=["recommendation", "agency"], condition=STANDS, name="one_response_of_an_agency"
            ),
            models.CheckConstraint(
                name="response_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answered_on__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.agency_id}"


class ImpactAssessment(Undoable):
    """What publishing would mean for the child and the family, and what follows from that. A new one is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="impact_assessments")
    on_child = SealedTextField()
    on_family = SealedTextField()
    conclusion = models.CharField(max_length=15, choices=HowPublished.choices)
    reasons = SealedTextField()
    assessed_on = models.DateField()
    assessors = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_impact_assessment_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.conclusion}"


class PublishingPosition(models.Model):
    """How a statutory partner holds that it is published. A change of mind is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publishing_positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=15, choices=HowPublished.choices)
    reason = SealedTextField(blank=True)
    is_current = models.BooleanField(default=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "taken_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"], condition=Q(is_current=True), name="one_publishing_position_a_partner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.agency_id} {self.stance}"


class PublicationPlan(Undoable):
    """The day on which it is to be published, from which the seven working days are reckoned back."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publication_plans")
    planned_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_publication_plan_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.planned_on}"


class Publication(Undoable):
    """That it was published: how, when, under which title and address. Anybody may read those. And taken down."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publications")
    how = models.CharField(max_length=15, choices=HowPublished.choices)
    published_on = models.DateField()
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_down_on = models.DateField(null=True, blank=True)
    taken_down_reason = SealedTextField(blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_publication_stands"),
            models.CheckConstraint(
                name="publication_taken_down_at_and_by",
                condition=Q(taken_down_at__isnull=True, taken_down_by__isnull=True, taken_down_on__isnull=True)
                | Q(taken_down_at__isnull=False, taken_down_by__isnull=False, taken_down_on__gte=F("published_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
