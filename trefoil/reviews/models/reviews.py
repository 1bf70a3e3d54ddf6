"""A serious incident and its review under a reference, who it is about (sealed), and how it moved on."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Partnership, Person

from ..editions import Edition, edition_on
from ..enums import IncidentKind, ReviewState


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions about many reviews."""

    def standing(self) -> Self:
        """What was not recorded in error."""
        return self.exclude(state=ReviewState.WITHDRAWN)


class Review(models.Model):
    """One serious incident, from the day it was learnt of. It names nobody: the reference is drawn by lot.

    `known_on` is the day on which the authority learnt of it, from which the time to notify runs.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="reviews")
    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=IncidentKind.choices)
    is_in_care = models.BooleanField(default=False)
    happened_on = models.DateField()
    known_on = models.DateField()
    state = models.CharField(max_length=15, choices=ReviewState.choices, default=ReviewState.RECORDED)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Review"]] = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="review_known_after_it_happened", condition=Q(known_on__gte=models.F("happened_on"))
            )
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="reviews_by_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """`review:SI-7KQ4MX`: what clocks and the trail call it."""
        return f"review:{self.reference}"

    def edition(self, sent_on: date | None = None) -> Edition:
        """The edition that its rapid review answers: of the day of the notification, or of the day it was known."""
        return edition_on(sent_on or self.known_on)


class SealedIdentity(models.Model):
    """Who a record is about. Every column that says it is sealed with a key outside the database."""

    child_name = SealedTextField()
    born_on = SealedTextField(blank=True)
    address = SealedTextField(blank=True)
    family = SealedTextField(blank=True)
    ethnicity = SealedTextField(blank=True)
    numbers = SealedTextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class IdentityRecord(SealedIdentity):
    """Who a review is about."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="identity")

    def __str__(self) -> str:
        return f"identity of {self.review_id}"


class Account(models.Model):
    """What happened, in words. A correction is a new row; the earlier words stay with it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="accounts")
    number = models.PositiveSmallIntegerField()
    words = SealedTextField()
    reason = SealedTextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="account_number_in_review")]

    def __str__(self) -> str:
        return f"{self.review_id}: account {self.number}"


class ReviewMove(models.Model):
    """One step of a review from status to status. Only added to."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=15, choices=ReviewState.choices, blank=True)
    to_state = models.CharField(max_length=15, choices=ReviewState.choices)
    is_undoing = models.BooleanField(default=False)
    reason = SealedTextField(blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.to_state}"
