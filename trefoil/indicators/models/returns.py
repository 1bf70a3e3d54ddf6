"""What agencies return: a return for a period, its figures (each version kept), its moves, and faults found in it."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from trefoil.people.models import Agency, Partnership, Person

from ..enums import EDITABLE_STATES, HANDED_IN_STATES, SETTLED_STATES, FigureSource, ReturnState
from ..periods import Period


class AgencyReturnQuerySet(models.QuerySet["AgencyReturn"]):
    def of_agencies(self, agency_ids: frozenset[int]) -> Self:
        return self.filter(agency_id__in=agency_ids)

    def awaiting_agency(self) -> Self:
        return self.filter(state__in=EDITABLE_STATES)

    def due_before(self, day: date) -> Self:
        return self.awaiting_agency().filter(due_on__lt=day)


class AgencyReturn(models.Model):
    """One agency's figures for one period. `indicators` lists the catalogue ids that are asked for."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="returns")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="returns")
    title = models.CharField(max_length=120)
    period_start = models.DateField()
    period_end = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    indicators = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=ReturnState.choices, default=ReturnState.OPEN)

    objects: ClassVar[models.Manager["AgencyReturn"]] = AgencyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency", "period_start", "period_end", "title"], name="one_return_a_period"
            ),
            models.CheckConstraint(name="return_period_in_order", condition=Q(period_end__gte=F("period_start"))),
            models.CheckConstraint(
                name="return_dates_in_order",
                condition=Q(due_on__gte=F("opens_on")) & (Q(closes_on__isnull=True) | Q(closes_on__gte=F("due_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    def is_late_on(self, day: date) -> bool:
        """Past its date and not handed in. Late is not locked."""
        return self.state in EDITABLE_STATES and day > self.due_on

    def is_closed_on(self, day: date) -> bool:
        """Past its closing date and never handed in. A queried return stays open to answer the query."""
        return self.state == ReturnState.OPEN and self.closes_on is not None and day > self.closes_on

    def why_locked_on(self, day: date) -> str:
        """Why figures cannot be changed today, or nothing. The words say who can unlock it."""
        if day < self.opens_on:
            return f"It opens on {self.opens_on:%-d %B %Y}."
        if self.state == ReturnState.SUBMITTED:
            return "It has been submitted. The analyst can send it back with a query."
        if self.state == ReturnState.PRINTED:
            return "It holds figures as they were printed. Nobody changes them."
        if self.state == ReturnState.APPROVED:
            return "It has been approved. The analyst can open it again if a figure has to be corrected."
        if self.closes_on and self.is_closed_on(day):
            return f"It closed on {self.closes_on:%-d %B %Y}. The business manager or analyst can move that date."
        return ""


class ReturnMove(models.Model):
    """Who moved a return from one status to another, when and why. Written with the status, never changed."""

    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=ReturnState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ReturnState.choices)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.agency_return_id}: {self.to_state}"


# A figure that nobody can change now.
_SETTLED = Q(is_current=True, agency_return__state__in=SETTLED_STATES)


def _hand_ins() -> models.QuerySet[ReturnMove]:
    """For a figure in an outer query: the moves that handed its return in after it was entered."""
    return ReturnMove.objects.filter(
        agency_return=OuterRef("agency_return"), to_state__in=HANDED_IN_STATES, moved_at__gte=OuterRef("entered_at")
    )


class FigureQuerySet(models.QuerySet["Figure"]):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def shown(self) -> Self:
        """Figures that any page may show: handed in, whether or not approved yet.

        Of a return that is back with its agency these are the figures as they were when it was last handed in.
        """
        handed_in = _hand_ins()
        followed_in_time = Figure.objects.filter(
            replaces=OuterRef("pk"),
            agency_return__moves__to_state__in=HANDED_IN_STATES,
            agency_return__moves__moved_at__gte=F("entered_at"),
        )
        return self.filter(
            _SETTLED | Q(Exists(handed_in), ~Exists(followed_in_time), agency_return__state=ReturnState.QUERIED)
        )

    def handed_in(self) -> Self:
        """What `shown` gives, and each earlier version that was handed in once.

        A draft that was put right before it was handed in is not among them.
        """
        followed = Figure.objects.filter(replaces=OuterRef(OuterRef("pk")), entered_at__lte=OuterRef("moved_at"))
        handed_in = _hand_ins().exclude(Exists(followed))
        return self.exclude(agency_return__state=ReturnState.OPEN).filter(_SETTLED | Q(Exists(handed_in)))


class Figure(models.Model):
    """One figure of an agency for a period. A corrected figure is a new row; the earlier one stays (`replaces`)."""

    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="figures")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="figures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=160, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    value_places = models.SmallIntegerField(default=0)
    missing_reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=10, choices=FigureSource.choices)
    file_name = models.CharField(max_length=150, blank=True)
    file_row = models.IntegerField(null=True)
    is_current = models.BooleanField(default=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Figure"]] = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "breakdown", "period_end"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_return", "indicator", "breakdown", "period_start", "period_end"],
                condition=Q(is_current=True),
                name="one_current_figure",
            ),
            models.CheckConstraint(
                name="figure_or_reason",
                condition=Q(numerator__isnull=False) | Q(value__isnull=False) | ~Q(missing_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "indicator", "is_current"], name="figures_of_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.breakdown} {self.period_end}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def is_restated(self) -> bool:
        return self.replaces_id is not None


class FaultQuerySet(models.QuerySet["Fault"]):
    def shown(self) -> Self:
        """Faults that any page may show: those found in figures that were handed in.

        The faults of a return become those of its latest load. While a return is back with its agency and any figure of
        it was entered since, they tell of a draft, so none of that return is given.
        """
        drafts = Figure.objects.filter(agency_return=OuterRef("agency_return")).exclude(Exists(_hand_ins()))
        return self.filter(
            Q(agency_return__state__in=SETTLED_STATES) | Q(~Exists(drafts), agency_return__state=ReturnState.QUERIED)
        )


class Fault(models.Model):
    """A contradiction between figures of a return. It is answered with a reason, or goes once they are corrected."""

    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.CASCADE, related_name="faults")
    severity = models.CharField(max_length=5)
    rule = models.CharField(max_length=60)
    place = models.CharField(max_length=120)
    indicator = models.CharField(max_length=10, blank=True)
    breakdown = models.CharField(max_length=160, blank=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    found = models.CharField(max_length=300)
    expected = models.CharField(max_length=300)
    message = models.CharField(max_length=600)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Fault"]] = FaultQuerySet.as_manager()

    class Meta:
        ordering = ["severity", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fault_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def needs_answer(self) -> bool:
        return self.severity == "fault" and not self.answer
