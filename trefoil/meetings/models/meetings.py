"""A meeting, its agenda, who came and what interests they declared, and what is to come to later meetings."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Group, Partnership, Person

from ..enums import MeetingState, Presence, Purpose, Recurrence


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def between(self, start: datetime, end: datetime) -> Self:
        """Those that begin at `start` or later, and before `end`."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def to_come(self, now: datetime) -> Self:
        return self.filter(starts_at__gte=now, state__in=[MeetingState.PLANNED, MeetingState.AGENDA_SENT])

    def not_cancelled(self) -> Self:
        return self.exclude(state=MeetingState.CANCELLED)


class Meeting(models.Model):
    """One meeting of a group. Its quorum is written down when it is held, as it was then."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    instead_of = models.DateField(null=True, blank=True)
    quorate = models.BooleanField(null=True)
    quorum_words = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Meeting"]] = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "starts_at"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="one_meeting_of_a_group_at_a_time",
            ),
            models.CheckConstraint(name="meeting_takes_time", condition=Q(minutes_long__gte=5)),
            models.CheckConstraint(
                name="quorum_recorded_when_held",
                condition=Q(state=MeetingState.HELD, quorate__isnull=False)
                | (~Q(state=MeetingState.HELD) & Q(quorate__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "starts_at"], name="meetings_by_day"),
            models.Index(fields=["partnership", "state", "starts_at"], name="meetings_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {timezone.localtime(self.starts_at):%-d %B %Y}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes_long)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled: its agenda and attendance can still be changed."""
        return self.state in {MeetingState.PLANNED, MeetingState.AGENDA_SENT}


class MeetingMove(models.Model):
    """Who moved a meeting to another status or another day, when and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=MeetingState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=MeetingState.choices)
    was_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.to_state}"


class ForwardItem(models.Model):
    """Something of a group's forward work programme: once, every year in a month, or at every meeting."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="forward_items")
    title = models.CharField(max_length=160)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.DISCUSS)
    recurrence = models.CharField(max_length=8, choices=Recurrence.choices, default=Recurrence.ONCE)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="forward_items")
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minutes_long = models.PositiveSmallIntegerField(default=15)
    why = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="yearly_item_names_its_month",
                condition=Q(recurrence=Recurrence.YEARLY, month__gte=1, month__lte=12)
                | (~Q(recurrence=Recurrence.YEARLY) & Q(month__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_once_waits_for_a_meeting",
                condition=Q(meeting__isnull=True) | Q(recurrence=Recurrence.ONCE),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def on_the_agenda(self) -> Self:
        """Those that were not taken off."""
        return self.filter(removed_reason="")


class AgendaItem(EditedModel):
    """One item of an agenda: what is asked, who brings it, how many minutes it has."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.DISCUSS)
    summary = models.TextField(max_length=2000, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_words = models.CharField(max_length=120, blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=10)
    forward_item = models.ForeignKey(
        ForwardItem, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    removed_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["AgendaItem"]] = AgendaItemQuerySet.as_manager()

    class Meta(EditedModel.Meta):
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """As a document names what it belongs to."""
        return f"“{self.title}”, {self.meeting}"

    @property
    def brought_by(self) -> str:
        """The owner's name, or the words for somebody without an account."""
        return self.owner.name if self.owner else self.owner_words


class Attendance(models.Model):
    """How one person, or a guest who has no account, took part in a meeting, and for which agency."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guest_name = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.EXPECTED)
    substitute_name = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "person__name", "guest_name"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attends_once"),
            models.CheckConstraint(
                name="person_or_guest",
                condition=Q(person__isnull=False, guest_name="") | (Q(person__isnull=True) & ~Q(guest_name="")),
            ),
            models.CheckConstraint(
                name="substitute_is_named",
                condition=(Q(presence=Presence.SUBSTITUTE) & ~Q(substitute_name=""))
                | (~Q(presence=Presence.SUBSTITUTE) & Q(substitute_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.guest_name or f"{self.person_id} at {self.meeting_id}"

    @property
    def is_guest(self) -> bool:
        return self.person_id is None


class DeclaredInterest(models.Model):
    """An interest that somebody declared, in one item or in the whole meeting, and whether they left for it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="interests")
    words = models.CharField(max_length=400)
    withdrew = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["declared_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.words}"
