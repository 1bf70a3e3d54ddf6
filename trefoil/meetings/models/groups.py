"""What a group is bound by: its terms, its cycle, whose turn the chair is, and other boards."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Group, Partnership, Person

from ..enums import BoardKind, CycleUnit, Nth, Weekday


class Terms(EditedModel):
    """One version of a group's terms of reference. It holds from the day a meeting agreed it; until then a draft.

    `quorum_number` members have to be there, and somebody of each agency of `quorum_rows`.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    purpose = models.TextField(max_length=2000)
    functions = models.TextField(max_length=6000, blank=True)
    membership = models.TextField(max_length=3000, blank=True)
    quorum_number = models.PositiveSmallIntegerField(default=3)
    substitutes_count = models.BooleanField(default=True)
    review_on = models.DateField(null=True, blank=True)
    agreed_at_meeting = models.ForeignKey(
        "meetings.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="terms_agreed"
    )
    agreed_on = models.DateField(null=True, blank=True)

    class Meta(EditedModel.Meta):
        ordering = ["-number"]
        verbose_name_plural = "terms"
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="terms_number_in_group"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(agreed_on__isnull=True), name="one_draft_of_terms_at_a_time"
            ),
            models.CheckConstraint(
                name="terms_agreed_at_a_meeting",
                condition=Q(agreed_on__isnull=True, agreed_at_meeting__isnull=True)
                | Q(agreed_on__isnull=False, agreed_at_meeting__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of reference, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.agreed_on is None


class QuorumAgency(models.Model):
    """A statutory partner without whom the group is not quorate."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="quorum_rows")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name"]
        verbose_name_plural = "quorum agencies"
        constraints = [models.UniqueConstraint(fields=["terms", "agency"], name="quorum_agency_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} for {self.terms_id}"


class Cycle(models.Model):
    """When a group meets: every so many weeks or months, on which weekday, at what time and how long."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="cycle")
    every = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(52)])
    unit = models.CharField(max_length=6, choices=CycleUnit.choices)
    weekday = models.SmallIntegerField(choices=Weekday.choices)
    nth = models.SmallIntegerField(choices=Nth.choices, default=Nth.FIRST)
    starts_on = models.DateField()
    begins = models.TimeField()
    minutes_long = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=200, blank=True)
    papers_days = models.PositiveSmallIntegerField(default=5)
    minutes_days = models.PositiveSmallIntegerField(default=10)
    version = models.PositiveIntegerField(default=1)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["group__name"]
        constraints = [models.CheckConstraint(name="cycle_of_one_or_more", condition=Q(every__gte=1, every__lte=52))]

    def __str__(self) -> str:
        return f"Cycle of {self.group_id}"

    @property
    def changed_at(self) -> datetime:
        """When it was set, by the name that records have which two people may save."""
        return self.set_at

    @property
    def changed_by(self) -> Person:
        return self.set_by


class ChairTerm(models.Model):
    """An agency's turn in the chair, from a day to a day (both included)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="chair_terms")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["group", "starts_on"], name="one_turn_begins_a_day"),
            models.CheckConstraint(name="turn_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} from {self.starts_on}"


class BoardLink(models.Model):
    """Another board of the area that this partnership works with: what each tells the other, and how often."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="board_links")
    kind = models.CharField(max_length=25, choices=BoardKind.choices)
    name = models.CharField(max_length=120)
    we_report = models.TextField(max_length=1000, blank=True)
    they_report = models.TextField(max_length=1000, blank=True)
    how_often = models.CharField(max_length=80, blank=True)
    next_report_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=Q(withdrawn_reason=""), name="one_link_to_a_board"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BoardSeat(models.Model):
    """Somebody who sits on that board too, and as what."""

    link = models.ForeignKey(BoardLink, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["link", "person"], name="on_a_board_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.link_id}"
