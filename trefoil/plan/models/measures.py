"""The measures of an improvement plan, and the figures that are typed in for those outside the catalogue."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trefoil.editing.models import EditedModel
from trefoil.indicators.periods import Period
from trefoil.people.models import Agency, Partnership, Person

from ..enums_register import MeasurePolarity, MeasureUnit
from .priorities import Priority
from .withdrawn import Withdrawable, WithdrawableQuerySet


class Measure(EditedModel, Withdrawable):
    """One line of the improvement plan: what is measured, from which baseline, to which target.

    With `indicator`, the id of the catalogue, its figures, unit and good way come from there, and `unit`, `polarity`
    and `places` are empty. Without it they are set here and figures are typed in. `baseline_on` is the day that change
    is counted from, and `baseline_words` say what happened then. `baseline_value` stands for a baseline of which no
    figure is held, with its source.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="measures")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="measures")
    plan_reference = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=10, blank=True)
    unit = models.CharField(max_length=10, choices=MeasureUnit.choices, blank=True)
    polarity = models.CharField(max_length=20, choices=MeasurePolarity.choices, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_words = models.CharField(max_length=200, blank=True)
    baseline_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_source = models.CharField(max_length=300, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Measure"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["priority__number", "plan_reference", "pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="measure_of_catalogue_or_by_hand",
                condition=(~Q(indicator="") & Q(unit="", polarity="", places__isnull=True))
                | (Q(indicator="", places__isnull=False) & ~Q(unit="") & ~Q(polarity="")),
            ),
            models.CheckConstraint(
                name="measure_baseline_has_a_source",
                condition=Q(baseline_value__isnull=True, baseline_source="")
                | (Q(baseline_value__isnull=False, baseline_on__isnull=False) & ~Q(baseline_source="")),
            ),
            models.CheckConstraint(
                name="measure_target_day_has_a_target",
                condition=Q(target_on__isnull=True) | Q(target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"measure:{self.pk}"


class MeasureFigureQuerySet(models.QuerySet["MeasureFigure"]):
    """Questions about many figures."""

    def current(self) -> Self:
        """Without those that were corrected since."""
        return self.filter(is_current=True)


class MeasureFigure(models.Model):
    """One figure that was typed in, or the reason why there is none. A corrected one is a new row (`replaces`).

    A percentage or an average is kept with what it was worked out from where that is known, else as it was printed.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="figures")
    period_start = models.DateField()
    period_end = models.DateField()
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    missing_reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_current = models.BooleanField(default=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["MeasureFigure"]] = MeasureFigureQuerySet.as_manager()

    class Meta:
        ordering = ["period_end", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period_start", "period_end"],
                condition=Q(is_current=True),
                name="one_current_measure_figure",
            ),
            models.CheckConstraint(name="measure_period_in_order", condition=Q(period_end__gte=F("period_start"))),
            models.CheckConstraint(
                name="measure_figure_or_reason",
                condition=(Q(value__isnull=False, missing_reason="") & ~Q(source=""))
                | (Q(value__isnull=True, numerator__isnull=True, denominator__isnull=True) & ~Q(missing_reason="")),
            ),
            models.CheckConstraint(
                name="measure_figure_has_both_parts",
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period_end}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
