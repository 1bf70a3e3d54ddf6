"""The invented borough's figures: drawn, asked for, handed in, queried and approved as agencies would."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.models import AgencyReturn, Population
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import approve_return, open_return, query_return, submit_return
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import Period, month
from trefoil.indicators.rows import FigureRow
from trefoil.people.models import Agency, Area, Person

from .borough import Borough, data_contact, read_toml
from .invent import Inventor, read_level
from .stocks import read_stock

SEED = 20261122
MONTHS = 24


def invent_returns(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    """Two years of figures, asked for and handed in agency by agency, and the targets they are held against."""
    levels = read_toml("levels.toml")
    first, last = months_back(timezone.localdate(now))
    _populations(borough.partnership.area, levels["population"], last.end.year)
    inventor = Inventor(
        seed=SEED,
        levels={key: read_level(item) for key, item in levels["levels"].items()},
        weights=levels["weights"],
        stocks={key: read_stock(item) for key, item in levels["stocks"].items()},
        first=first,
        last=last,
    )
    rows: dict[str, list[FigureRow]] = {definition.id: [] for definition in catalogue()}
    # Counts come before what is divided by them.
    for definition in sorted(catalogue(), key=after_what_it_uses(levels)):
        rows[definition.id] = list(inventor.rows(definition))
    for key, facts in plan["agencies"].items():
        if facts["returns"]:
            _returns_of(borough, key, facts, rows, now)
    for indicator, target in levels["targets"].items():
        set_target(
            partnership=borough.partnership,
            indicator=indicator,
            value=Decimal(str(target["value"])),
            tolerance=Decimal(str(target["tolerance"])),
            starts_on=first.start,
            source="Fairmead business plan",
            by=None,
            now=now - timedelta(days=365),
        )


def after_what_it_uses(levels: dict[str, Any]) -> Callable[[Definition], bool]:
    """Sorts measures that are worked out from others, or use what others count, to the end."""
    return lambda item: bool(item.calculation) or _uses_others(levels["levels"].get(item.id, {}))


def _uses_others(level: dict[str, Any]) -> bool:
    return "from" in level or isinstance(level.get("of"), str)


def months_back(today: date) -> tuple[Period, Period]:
    """The first and the last of the demo's months: the last is the month before this one."""
    index = today.year * 12 + today.month - 2
    first = index - MONTHS + 1
    return month(first // 12, first % 12 + 1), month(index // 12, index % 12 + 1)


def month_began(today: date, *, before_the_last: int) -> date:
    """The first day of the month so many months before the last of the demo's."""
    last = months_back(today)[1].start
    index = last.year * 12 + last.month - 1 - before_the_last
    return date(index // 12, index % 12 + 1, 1)


def _populations(area: Area, facts: dict[str, int], last_year: int) -> None:
    Population.objects.bulk_create(
        Population(
            area=area,
            mid_year=year,
            children=facts["children"] - (last_year - year) * facts["growth_a_year"],
            is_invented=True,
        )
        for year in range(last_year - 8, last_year + 1)
    )


def _returns_of(
    borough: Borough, key: str, facts: dict[str, Any], rows: dict[str, list[FigureRow]], now: datetime
) -> None:
    agency = borough.agencies[key]
    asked = [item for item in catalogue() if rows[item.id] and _answers(item, facts)]
    by_period: dict[Period, list[FigureRow]] = defaultdict(list)
    for definition in asked:
        for row in rows[definition.id]:
            by_period[_return_period(row.period, facts["returns"])].append(row)
    titles = {"monthly": "Monthly figures", "quarterly": "Quarterly figures"}
    # A quarter that is not over has not been asked for yet, and one that began before the first month never was.
    today = timezone.localdate(now)
    first, _ = months_back(today)
    over = sorted((each for each in by_period if first.start <= each.start and each.end < today), reverse=True)
    for place, period in enumerate(over):
        given = {row.indicator for row in by_period[period]}
        due = [definition for definition in asked if definition.id in given]
        held = _open(borough, agency, titles[facts["returns"]], period, asked=due, now=now)
        _hand_in(borough, held, by_period[period], place=place, key=key, now=now)


def _answers(definition: Definition, facts: dict[str, Any]) -> bool:
    """The owner's sector decides who answers; where two agencies share a sector, the one with returns does."""
    return bool(definition.owner_agency.value == facts["sector"])


def _return_period(period: Period, how: str) -> Period:
    end = month(period.end.year, period.end.month)
    if how == "monthly":
        return end
    last = (period.end.month + 2) // 3 * 3
    return Period(month(period.end.year, last - 2).start, month(period.end.year, last).end)


def _open(
    borough: Borough, agency: Agency, title: str, period: Period, *, asked: Sequence[Definition], now: datetime
) -> AgencyReturn:
    opens = period.end + timedelta(days=1)
    return open_return(
        partnership=borough.partnership,
        agency=agency,
        title=title,
        period=period,
        indicators=[definition.id for definition in asked],
        opens_on=opens,
        due_on=opens + timedelta(days=19),
        by=None,
        now=min(_at(opens), now),
    )


def _hand_in(
    borough: Borough, held: AgencyReturn, rows: Sequence[FigureRow], *, place: int, key: str, now: datetime
) -> None:
    """How far a return has come: the newest ones are where the demo's readers find something to do."""
    contact = data_contact(held.agency)
    entered = min(_at(held.opens_on + timedelta(days=9 + place % 9)), now)
    if contact is None or (place == 0 and key in {"housing", "charities"}):
        return
    if place == 0 and key == "early_help":
        rows = _miscounted(rows)
    is_corrected = place == 1 and key == "council"
    _load(held, _uncounted(rows) if is_corrected else rows, contact, entered)
    if place == 0 and key in {"schools", "probation"}:
        return
    submit_return(agency_return=held, by=contact, now=min(entered + timedelta(hours=1), now))
    if is_corrected:
        _correct(borough, held, rows, contact, entered)
    if place == 0 and key == "police":
        query_return(
            agency_return=held,
            reason="Notices rose by a quarter in one month. Please say whether recording changed.",
            by=borough.people["analyst"],
            now=min(entered + timedelta(days=2), now),
        )
    elif place > 0 and not any(fault.needs_answer for fault in held.faults.all()):
        approve_return(agency_return=held, by=borough.people["analyst"], now=min(entered + timedelta(days=3), now))


def _correct(
    borough: Borough, held: AgencyReturn, rows: Sequence[FigureRow], contact: Person, entered: datetime
) -> None:
    """Asked about a figure, the agency counts again, enters what it found and hands the return in once more."""
    query_return(
        agency_return=held,
        reason="Two children who came into care at the end of the month do not seem to be counted. Please look again.",
        by=borough.people["analyst"],
        now=entered + timedelta(days=1),
    )
    _load(held, _corrected(rows), contact, entered + timedelta(days=2))
    submit_return(
        agency_return=held,
        by=contact,
        now=entered + timedelta(days=2, hours=1),
        reason="Two late admissions added.",
    )


def _load(held: AgencyReturn, rows: Sequence[FigureRow], contact: Person, entered: datetime) -> None:
    load_figures(
        agency_return=held,
        rows=rows,
        findings=check_figures(rows, catalogue()),
        source=FigureSource.FORM,
        by=contact,
        now=entered,
    )


def _miscounted(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """One band of open early help counted 9 too high, so that the demo has a fault to answer."""
    wrong = max(
        (row for row in rows if row.indicator == "EH01" and row.breakdown.startswith("duration")),
        key=lambda row: (row.period.end, row.breakdown),
    )
    return [replace(row, numerator=_more(row, 9)) if row is wrong else row for row in rows]


def _uncounted(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """New children in care before two late ones were counted, so that the demo has a figure to restate."""
    return [replace(row, numerator=max(_more(row, -2), Decimal(0))) if row.indicator == "CL03" else row for row in rows]


def _corrected(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """The same counted in full, with a note that says what changed."""
    return [replace(row, note="Two late admissions added.") if row.indicator == "CL03" else row for row in rows]


def _more(row: FigureRow, by: int) -> Decimal:
    return (row.numerator or Decimal(0)) + by


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
