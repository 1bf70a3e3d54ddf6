"""What runs beside a review, the family's and the child's part, practitioners, and the reviewer's supervision."""

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person

from ..enums_local import FamilyRole, FamilyStep, ProcessEffect, ProcessKind, RequestStep
from .reviews import Review
from .undone import Undoable


class ParallelProcess(Undoable):
    """Another process about the same child or people, and what it holds up. A change is a new row: `replaces`."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="processes")
    kind = models.CharField(max_length=20, choices=ProcessKind.choices)
    contact = SealedTextField(blank=True)
    words = SealedTextField()
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=15, choices=ProcessEffect.choices, default=ProcessEffect.NONE)
    effect_from = models.DateField(null=True, blank=True)
    effect_until = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by_row"
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(
                name="process_ends_after_it_began", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on"))
            ),
            models.CheckConstraint(
                name="process_effect_has_a_start",
                condition=Q(effect="none", effect_from__isnull=True, effect_until__isnull=True)
                | (~Q(effect="none") & Q(effect_from__isnull=False)),
            ),
            models.CheckConstraint(
                name="process_effect_ends_after_start",
                condition=Q(effect_until__isnull=True) | Q(effect_until__gte=F("effect_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class DelayReason(Undoable):
    """Why the review is published later than the law gives it, and when it is expected now."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="delays")
    process = models.ForeignKey(ParallelProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="delays")
    words = SealedTextField()
    expected_on = models.DateField()
    given_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.review_id}: until {self.expected_on}"


class FamilyMember(Undoable):
    """One of the family who is, or should be, offered a part. By role: who they are stands in the sealed identity."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="family_members")
    role = models.CharField(max_length=12, choices=FamilyRole.choices)
    called = SealedTextField(blank=True)
    contact = SealedTextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return self.get_role_display()


class FamilyWord(Undoable):
    """What passed between the review and one of the family, on a day."""

    member = models.ForeignKey(FamilyMember, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=15, choices=FamilyStep.choices)
    happened_on = models.DateField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"


class PractitionerEvent(Undoable):
    """A day on which practitioners are brought into the review. What was learnt is written after it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="practitioner_events")
    held_on = models.DateField()
    words = SealedTextField()
    learnt = SealedTextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(
                name="event_noted_at_and_by",
                condition=Q(noted_at__isnull=True, noted_by__isnull=True)
                | Q(noted_at__isnull=False, noted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Day with practitioners, {self.held_on:%-d %B %Y}"


class EventInvitation(models.Model):
    """An agency whose practitioners are invited, and whether they came."""

    event = models.ForeignKey(PractitionerEvent, on_delete=models.PROTECT, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["agency__name"]
        constraints = [models.UniqueConstraint(fields=["event", "agency"], name="agency_invited_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.agency_id}"


class Supervision(Undoable):
    """A talk of the partners with the reviewer: where the review stands, what it needs."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="supervisions")
    held_on = models.DateField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.held_on}"


class WrittenRequest(Undoable):
    """A safeguarding partner's written request for information: Children Act 2004, section 16H."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="written_requests")
    asked_for = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to = SealedTextField()
    asks = SealedTextField()
    sent_on = models.DateField()
    due_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(name="written_request_due_after_sent", condition=Q(due_on__gte=F("sent_on"))),
        ]

    def __str__(self) -> str:
        return f"Written request of {self.sent_on:%-d %B %Y}"


class WrittenRequestStep(Undoable):
    """What became of a written request: answered, refused, reminded, put to the court."""

    request = models.ForeignKey(WrittenRequest, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=RequestStep.choices)
    happened_on = models.DateField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind}"
