"""A clock that runs under a time limit, and what was done to it. Where it stands is derived, never stored."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from trefoil.people.models import Agency, Partnership, Person

from ..enums import ClockMoveKind, kind_choices, unit_choices
from ..reckoning.kinds import Kind, Unit
from ..reckoning.status import Moments, Status, status_of
from .settled import LocalLimit

OPEN = Q(stopped_at__isnull=True, withdrawn_at__isnull=True)


class ClockQuerySet(models.QuerySet["Clock"]):
    """Questions about many clocks. `queries.py` has those about their status."""

    def about(self, subject: str) -> Self:
        """The clocks of one record, by its reference (`action:12`)."""
        return self.filter(subject=subject)

    def about_any(self, subjects: list[str]) -> Self:
        """The clocks of several records."""
        return self.filter(subject__in=subjects)

    def under(self, rule_id: str) -> Self:
        return self.filter(rule_id=rule_id)

    def open(self) -> Self:
        """Neither stopped nor withdrawn; paused ones are open."""
        return self.filter(OPEN)


class Clock(models.Model):
    """One time limit that runs, or ran, about one record.

    `rule_id` and `edition` name the rule; `kind`, `length` and `unit` keep the limit it is held to, so that a later
    edition or a local change does not rewrite what was owed. `due_on` is set where the record gives the date itself.
    `due_at` is the last moment in time (for `min` the first at which it may happen); `soon_at` is when it becomes due
    soon; `next_at` is when `run_clocks` has something to say next. Who did what stands in its moves.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="clocks")
    rule_id = models.CharField(max_length=20)
    edition = models.CharField(max_length=12)
    subject = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="clocks")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=10, choices=kind_choices)
    length = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=15, choices=unit_choices, blank=True)
    local_limit = models.ForeignKey(LocalLimit, null=True, blank=True, on_delete=models.PROTECT, related_name="clocks")
    due_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    soon_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    run = models.UUIDField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_restricted = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Clock"]] = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="clock_ends_once", condition=Q(stopped_at__isnull=True) | Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(
                name="clock_paused_is_open",
                condition=Q(paused_at__isnull=True) | Q(stopped_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="clock_says_only_while_running",
                condition=Q(next_at__isnull=True)
                | Q(stopped_at__isnull=True, withdrawn_at__isnull=True, paused_at__isnull=True, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="clock_length_has_unit",
                condition=Q(length__isnull=True) | ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="clock_due_has_soon",
                condition=Q(due_at__isnull=True, soon_at__isnull=True)
                | Q(due_at__isnull=False, soon_at__isnull=False, soon_at__lte=F("due_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="clocks_with_next_moment"),
            models.Index(fields=["partnership", "due_at"], condition=OPEN, name="open_clocks_by_due"),
            models.Index(fields=["partnership", "agency", "due_at"], name="clocks_of_agency"),
            models.Index(fields=["partnership", "rule_id"], name="clocks_under_rule"),
            models.Index(fields=["subject"], name="clocks_about"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def moments(self) -> Moments:
        """What its status is derived from."""
        return Moments(Kind(self.kind), self.due_at, self.soon_at, self.paused_at, self.stopped_at, self.withdrawn_at)

    def status_at(self, now: datetime) -> Status:
        """Where it stands."""
        return status_of(self.moments, now)

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None and self.withdrawn_at is None

    @property
    def due_day(self) -> date | None:
        """The day in England on which it is due."""
        return timezone.localdate(self.due_at) if self.due_at else None

    @property
    def limit_words(self) -> str:
        """`15 working days`; nothing where no number is known."""
        return Unit(self.unit).counted(self.length) if self.length is not None else ""

    @property
    def reference(self) -> str:
        """`clock:15`."""
        return f"clock:{self.pk}"

    @property
    def is_kept_here(self) -> bool:
        """Whether it was started in this room, and not by a record of another that stops it."""
        return self.subject.startswith("partnership:")


class ClockMove(models.Model):
    """One thing done to a clock: when it happened, who wrote it down when, and what was due before and after."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=ClockMoveKind.choices)
    happened_at = models.DateTimeField()
    due_before = models.DateTimeField(null=True, blank=True)
    due_after = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    words = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["ClockMove"]] = models.Manager()

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["clock", "kind"], name="moves_of_clock")]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.kind}"
