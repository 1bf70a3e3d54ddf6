"""Figures that stand in a test's world as they do in the real one: returned by an agency, or published."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.world import World
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.models import AgencyReturn, Neighbour, Population, PublishedValue, Release
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import approve_return, open_return, submit_return
from trefoil.indicators.periods import Period, month, reporting_year
from trefoil.indicators.rows import FigureRow, Finding, Place
from trefoil.people.enums import AreaKind
from trefoil.people.models import Area

ENGLAND = "E92000001"
NOWHERE = Place()


def figure(
    indicator: str,
    period: Period,
    numerator: int | str | None = None,
    denominator: int | str | None = None,
    *,
    value: str | None = None,
    breakdown: str = "",
    missing: str = "",
) -> FigureRow:
    """One figure as a file gives it."""

    def number(text: int | str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return FigureRow(
        place=NOWHERE,
        indicator=indicator,
        period=period,
        breakdown=breakdown,
        numerator=number(numerator),
        denominator=number(denominator),
        value=number(value),
        missing_reason=missing,
    )


def months_of(indicator: str, counts: Sequence[int], denominator: int | None = None) -> list[FigureRow]:
    """A figure for each month up to October 2026, oldest first."""
    return [
        figure(indicator, _month_before_november(len(counts) - place), count, denominator)
        for place, count in enumerate(counts)
    ]


def _month_before_november(back: int) -> Period:
    index = 2026 * 12 + 10 - back
    return month(index // 12, index % 12 + 1)


def hand_in(
    world: World, rows: Sequence[FigureRow], *, now: datetime, approved: bool = False, faults: Sequence[Finding] = ()
) -> AgencyReturn:
    """Social care's return with these rows, submitted by Alice and, if asked, approved by the analyst."""
    opened = open_return(
        partnership=world.fairmead,
        agency=world.social_care,
        title=f"Return {AgencyReturn.objects.count() + 1}",
        period=max((row.period for row in rows), key=lambda period: period.end),
        indicators=sorted({row.indicator for row in rows}),
        opens_on=now.date() - timedelta(days=5),
        due_on=now.date() + timedelta(days=20),
        by=world.manager,
        now=now,
    )
    load_figures(agency_return=opened, rows=rows, findings=faults, source=FigureSource.FILE, by=world.alice, now=now)
    submit_return(agency_return=opened, by=world.alice, now=now)
    opened.refresh_from_db()
    if approved:
        approve_return(agency_return=opened, by=world.analyst, now=now)
        opened.refresh_from_db()
    return opened


def publish(measure: str, values: dict[str, Sequence[str]], *, now: datetime) -> None:
    """Published values by area code, one a reporting year up to 2025; a text that is no number is a mark."""
    release, _ = Release.objects.get_or_create(
        code="published",
        defaults={
            "title": "Published figures",
            "publisher": "Department for Education",
            "licence": "Open Government Licence v3.0",
            "statistics_date": "2025",
            "sha256": "0" * 64,
            "rows": 1,
            "loaded_at": now,
        },
    )
    for code, texts in values.items():
        for place, text in enumerate(texts):
            year = 2026 - len(texts) + place
            period = reporting_year(year)
            PublishedValue.objects.create(
                release=release,
                measure=measure,
                area_id=code,
                period_start=period.start,
                period_end=period.end,
                label=str(year),
                value=Decimal(text) if text[0].isdigit() else None,
                shown=text,
            )


def surround(area: Area, *, neighbours: int = 3, now: datetime) -> list[str]:
    """England, a region and neighbours around an area. Gives the neighbours' codes."""
    Area.objects.get_or_create(code=ENGLAND, defaults={"name": "England", "kind": AreaKind.ENGLAND})
    region, _ = Area.objects.get_or_create(code="R1", defaults={"name": "The Marches", "kind": AreaKind.REGION})
    area.region = region
    area.save()
    codes = [f"N{rank}" for rank in range(1, neighbours + 1)]
    for rank, code in enumerate(codes, start=1):
        near = Area.objects.create(code=code, name=f"Near {rank}", kind=AreaKind.LOCAL_AUTHORITY)
        Neighbour.objects.create(area=area, neighbour=near, rank=rank, closeness="Close", model_year=2025)
    return codes


def people_aged_0_to_17(area: Area, mid_year: int, children: int) -> None:
    """The population of an area."""
    Population.objects.create(area=area, mid_year=mid_year, children=children)


BEGINNING_OF_TARGETS = date(2020, 4, 1)
