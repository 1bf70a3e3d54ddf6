"""Who reads a death's review and until when; who asked to; which agencies were asked, and what they answered."""

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person
from trefoil.reviews.models import Asking, Reading

from ..enums import Known, ReaderRole
from .deaths import Death


class DeathReader(Reading):
    """One person put on the review of one death."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="readers")
    role = models.CharField(max_length=12, choices=ReaderRole.choices)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="death_reader_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="death_reader_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="death_reader_ended_at_and_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "death"], name="deaths_of_reader")]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.person_id}"


class DeathAsking(Asking):
    """Somebody asks to read the review of a death."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="askings")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="death_asking_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, is_given__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_given__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["death", "person"], condition=Q(answered_at__isnull=True), name="death_asked_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: asked by {self.person_id}"


class InformationRequest(models.Model):
    """An agency asked what it knows of the child, by way of one person there."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="requests")
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
                fields=["death", "agency"], condition=Q(withdrawn_at__isnull=True), name="one_request_of_an_agency"
            ),
            models.CheckConstraint(
                name="death_request_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.agency_id}"


class AgencyReply(models.Model):
    """What an agency answered. Answering again, with a correction, is a new row."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    known = models.CharField(max_length=8, choices=Known.choices)
    involvement = SealedTextField(blank=True)
    factors = SealedTextField(blank=True)
    care = SealedTextField(blank=True)
    author = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="reply_number_in_request")]

    def __str__(self) -> str:
        return f"{self.request_id}: reply {self.number}"
