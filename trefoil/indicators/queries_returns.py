"""Reading returns: in which order, what is held in them, what was held before."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, DateField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent

from .enums import EDITABLE_STATES, ReturnState
from .fingerprint import plain
from .models import AgencyReturn, Figure
from .rows import FigureRow, Place

# A month is compared with the month before, a year with the year before.
_LOOK_BACK = timedelta(days=400)
HELD_DECIMALS = 4


def late_first(returns: QuerySet[AgencyReturn], today: date) -> QuerySet[AgencyReturn]:
    """Late returns first, the longest late on top; then those due, then those with the analyst, then the approved."""
    waiting = When(state__in=EDITABLE_STATES, then=F("due_on"))
    return returns.annotate(
        turn=Case(
            When(state__in=EDITABLE_STATES, due_on__lt=today, then=Value(0)),
            When(state__in=EDITABLE_STATES, then=Value(1)),
            When(state=ReturnState.SUBMITTED, then=Value(2)),
            default=Value(3),
        ),
        waits_from=Case(waiting, default=Cast(Value(date.max.isoformat()), DateField())),
    ).order_by("turn", "waits_from", "-period_end", "agency__name", "pk")


def date_moves_of(agency_return: AgencyReturn) -> list[AuditEvent]:
    """Each time its dates were moved, oldest first, as the trail has it: by whom, why, the dates before and after."""
    moved = AuditEvent.objects.filter(event=EventType.RETURN_DATES_MOVED, subject=f"return:{agency_return.pk}")
    return list(moved.order_by("sequence"))


def row_of(figure: Figure) -> FigureRow:
    """A held figure as the row it came in as; its place is not known any more."""
    return FigureRow(
        place=Place(),
        indicator=figure.indicator,
        period=figure.period,
        breakdown=figure.breakdown,
        numerator=_trimmed(figure.numerator),
        denominator=_trimmed(figure.denominator),
        value=None if figure.value is None else round(figure.value, min(figure.value_places, HELD_DECIMALS)),
        value_places=figure.value_places,
        missing_reason=figure.missing_reason,
        note=figure.note,
    )


def _trimmed(number: Decimal | None) -> Decimal | None:
    """Without the zeros that the table adds: `12`, not `12.0000`."""
    return None if number is None else Decimal(plain(number))


def held_rows(agency_return: AgencyReturn, indicators: Iterable[str] | None = None) -> list[FigureRow]:
    """The current figures of a return, of some indicators alone if they are named."""
    figures = agency_return.figures.current()
    if indicators is not None:
        figures = figures.filter(indicator__in=list(indicators))
    return [row_of(figure) for figure in figures]


def earlier_rows(agency_return: AgencyReturn) -> list[FigureRow]:
    """What the agency handed in before, for the same and the periods before: later returns win over earlier ones."""
    figures = (
        Figure.objects.shown()
        .filter(
            partnership_id=agency_return.partnership_id,
            agency_id=agency_return.agency_id,
            period_end__gte=agency_return.period_start - _LOOK_BACK,
            period_end__lte=agency_return.period_end,
        )
        .exclude(agency_return_id=agency_return.pk)
    )
    return [row_of(figure) for figure in figures.order_by("entered_at", "pk")]
