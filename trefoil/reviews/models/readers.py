"""Who reads a review, until when and what for; and who asked to."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person

from ..enums import ReaderRole
from .reviews import Review


def reading_on(day: date, prefix: str = "") -> Q:
    """The filter for readers whose time has come, has not run out and was not ended."""
    return Q(**{f"{prefix}starts_on__lte": day, f"{prefix}ends_on__gte": day, f"{prefix}ended_at__isnull": True})


class Reading(models.Model):
    """One person who reads one record, always with a last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sees_identity = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def reads_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on


class Reader(Reading):
    """One person put on one review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="readers")
    role = models.CharField(max_length=12, choices=ReaderRole.choices)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="reader_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="reader_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reader_ended_at_and_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "review"], name="reviews_of_reader")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.person_id}"


class Asking(models.Model):
    """Somebody who knows that a record exists asks to read it. Answered once, with a reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    is_given = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class AccessRequest(Asking):
    """Somebody asks to read a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="access_requests")

    objects: ClassVar[models.Manager["AccessRequest"]] = models.Manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="access_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, is_given__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_given__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["review", "person"], condition=Q(answered_at__isnull=True), name="asks_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: asked by {self.person_id}"


class AgencyRequest(models.Model):
    """An agency asked for its part in a rapid review, by way of one person there."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="agency_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ask = SealedTextField(blank=True)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = SealedTextField(blank=True)

    class Meta:
        ordering = ["agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"], condition=Q(withdrawn_at__isnull=True), name="one_asking_of_an_agency"
            ),
            models.CheckConstraint(
                name="asking_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.agency_id}"


class Part(models.Model):
    """What an agency handed in. Handing in again, with a correction, is a new row."""

    request = models.ForeignKey(AgencyRequest, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    involvement = SealedTextField()
    practice = SealedTextField()
    safety = SealedTextField()
    author = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="part_number_in_request")]

    def __str__(self) -> str:
        return f"{self.request_id}: part {self.number}"
