"""Measures of the improvement plan: adding and changing them, and figures that are typed in."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.indicators.calculation.ratios import percentage, ratio, round_half_up
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import Period
from trefoil.people.models import Agency, Partnership, Person

from ..enums_register import MeasurePolarity, MeasureUnit
from ..models import Measure, MeasureFigure, Priority
from ..models.withdrawn import withdrawal
from ..rules import check_may_write_plan, checked_words
from ..rules_register import check_own_priorities, check_owner, titled


@dataclass(frozen=True)
class Counted:
    """Where a measure's figures come from: an indicator of the catalogue, or figures typed in with this unit."""

    indicator: str = ""
    unit: MeasureUnit | None = None
    polarity: MeasurePolarity | None = None
    places: int = 0

    def fields(self) -> dict[str, Any]:
        """The columns. Raises NotAllowedError when it is neither or both."""
        if self.indicator:
            if catalogue().get(self.indicator) is None:
                raise NotAllowedError(f"there is no indicator {self.indicator}")
            return {"indicator": self.indicator, "unit": "", "polarity": "", "places": None}
        if self.unit is None or self.polarity is None:
            raise NotAllowedError(
                "choose an indicator, or say in which unit figures are typed in and which way is good"
            )
        return {"indicator": "", "unit": self.unit, "polarity": self.polarity, "places": self.places}


@dataclass(frozen=True)
class Course:
    """From which baseline to which target. `baseline_value` stands where no figure is held, with its source."""

    baseline_on: date | None = None
    baseline_words: str = ""
    baseline_value: Decimal | None = None
    baseline_source: str = ""
    target: Decimal | None = None
    target_on: date | None = None

    def fields(self) -> dict[str, Any]:
        """The columns. Raises NotAllowedError for a baseline without its day or source, or a day without a target."""
        if self.baseline_value is not None and self.baseline_on is None:
            raise NotAllowedError("say of which day the baseline is")
        source = self.baseline_source.strip() if self.baseline_value is not None else ""
        if self.baseline_value is not None and not source:
            raise NotAllowedError("say where the baseline figure comes from")
        if self.target_on is not None and self.target is None:
            raise NotAllowedError("say which target is to be reached by that day")
        return {
            "baseline_on": self.baseline_on,
            "baseline_words": self.baseline_words.strip(),
            "baseline_value": self.baseline_value,
            "baseline_source": source,
            "target": self.target,
            "target_on": self.target_on,
        }


@transaction.atomic
def add_measure(
    *,
    partnership: Partnership,
    title: str,
    counted: Counted,
    course: Course,
    by: Person,
    now: datetime,
    plan_reference: str = "",
    priority: Priority | None = None,
    agency: Agency | None = None,
) -> Measure:
    """Add a measure to the improvement plan."""
    check_may_write_plan(standing_of(by, partnership, now=now))
    check_own_priorities([priority] if priority else [], partnership)
    check_owner(agency, None, partnership)
    added = Measure.objects.create(
        partnership=partnership,
        title=titled(title, "measure"),
        plan_reference=plan_reference.strip(),
        priority=priority,
        agency=agency,
        **counted.fields(),
        **course.fields(),
        **stamp(by, now),
    )
    _record(EventType.MEASURE_ADDED, added, by=by, now=now)
    return added


@transaction.atomic
def change_measure(
    *,
    measure: Measure,
    title: str,
    course: Course,
    plan_reference: str,
    priority: Priority | None,
    agency: Agency | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change what a measure is called, whose it is, its baseline or its target. What it counts stays as it is."""
    check_may_write_plan(standing_of(by, measure.partnership, now=now))
    _check_stands(measure)
    check_own_priorities([priority] if priority else [], measure.partnership)
    check_owner(agency, None, measure.partnership)
    fields = {
        "title": titled(title, "measure"),
        "plan_reference": plan_reference.strip(),
        "priority": priority,
        "agency": agency,
        **course.fields(),
    }
    save_if_unchanged(measure, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.MEASURE_CHANGED, measure, by=by, now=now)


@transaction.atomic
def withdraw_measure(*, measure: Measure, reason: str, by: Person, now: datetime) -> None:
    """Take a measure out of the plan, with the reason. Its figures stay."""
    check_may_write_plan(standing_of(by, measure.partnership, now=now))
    said = checked_words(reason, "say why it is withdrawn")
    standing = Measure.objects.filter(pk=measure.pk, withdrawn_at__isnull=True)
    if not standing.update(**withdrawal(by, now, said[:500]), version=models.F("version") + 1):
        raise NotAllowedError("it has been withdrawn already")
    measure.refresh_from_db()
    _record(EventType.MEASURE_WITHDRAWN, measure, by=by, now=now, reason=said)


@dataclass(frozen=True)
class Typed:
    """A figure as it was typed: what it was worked out from, or itself, or why there is none."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    missing_reason: str = ""

    @property
    def is_empty(self) -> bool:
        return self.numerator is None and self.denominator is None and self.value is None


@transaction.atomic
def enter_figure(
    *, measure: Measure, period: Period, typed: Typed, source: str, by: Person, now: datetime
) -> MeasureFigure:
    """Enter a period's figure by hand, or why there is none. The same period again corrects it; both are kept.

    A percentage or an average is worked out from its two numbers where they are given: never from other percentages.
    """
    check_may_write_plan(standing_of(by, measure.partnership, now=now))
    _check_stands(measure)
    if measure.indicator:
        raise NotAllowedError("its figures come from the agencies’ returns: correct them there")
    if period.end > timezone.localdate(now) and not typed.missing_reason:
        raise NotAllowedError("the period has not ended yet")
    fields = _figure_fields(measure, typed, source)
    Measure.objects.select_for_update().get(pk=measure.pk)
    earlier = measure.figures.filter(is_current=True, period_start=period.start, period_end=period.end).first()
    if earlier is not None:
        MeasureFigure.objects.filter(pk=earlier.pk).update(is_current=False)
    entered = MeasureFigure.objects.create(
        measure=measure,
        period_start=period.start,
        period_end=period.end,
        replaces=earlier,
        entered_at=now,
        entered_by=by,
        **fields,
    )
    detail: dict[str, object] = {"period": period.code, "corrects": earlier is not None}
    _record(EventType.MEASURE_FIGURE_ENTERED, measure, by=by, now=now, detail=detail)
    return entered


def _figure_fields(measure: Measure, typed: Typed, source: str) -> dict[str, Any]:
    """The columns of a figure. Raises NotAllowedError for one that is neither a figure nor a reason, or is both."""
    reason = typed.missing_reason.strip()
    if typed.is_empty:
        return {"missing_reason": checked_words(reason, "give a figure, or say why there is none")}
    if reason:
        raise NotAllowedError("give either a figure or the reason why there is none")
    if not source.strip():
        raise NotAllowedError("say where the figure comes from")
    return {**_parts(measure, typed), "source": source.strip()}


def _parts(measure: Measure, typed: Typed) -> dict[str, Any]:
    """What it was worked out from, and the value. Raises NotAllowedError when the parts are not whole."""
    if typed.numerator is None and typed.denominator is None:
        if measure.unit == MeasureUnit.PERCENT and not 0 <= (typed.value or 0) <= 100:
            raise NotAllowedError("a percentage lies between 0 and 100")
        return {"value": typed.value}
    if typed.numerator is None or typed.denominator is None or typed.denominator <= 0:
        raise NotAllowedError("give both numbers: how many, and out of how many (above 0)")
    if measure.unit == MeasureUnit.PERCENT and not 0 <= typed.numerator <= typed.denominator:
        raise NotAllowedError("the part cannot be more than the whole")
    return {"numerator": typed.numerator, "denominator": typed.denominator, "value": _worked_out(measure, typed)}


def _worked_out(measure: Measure, typed: Typed) -> Decimal | None:
    """To four decimals, as the column holds it. A count or a sum of money is not worked out from two numbers."""
    if measure.unit == MeasureUnit.PERCENT:
        return percentage(typed.numerator, typed.denominator, 4)
    if measure.unit in {MeasureUnit.COUNT, MeasureUnit.GBP}:
        raise NotAllowedError("give one number: this measure is a count")
    found = ratio(typed.numerator, typed.denominator)
    return None if found is None else round_half_up(found, 4)


def _check_stands(measure: Measure) -> None:
    if measure.is_withdrawn:
        raise NotAllowedError("it has been withdrawn")


def _record(
    event: EventType,
    measure: Measure,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
    detail: dict[str, object] | None = None,
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=measure.partnership.slug,
        subject=measure.reference,
        detail=detail,
        reason=reason[:500],
    )
