"""Builds the invented borough through the same operations that real people use, dated as if they had used them."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.utils import timezone

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.models import AgencyReturn, Population
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import approve_return, open_return, query_return, submit_return
from trefoil.indicators.operations.steering import set_target, write_commentary
from trefoil.indicators.periods import Period, month
from trefoil.indicators.rows import FigureRow
from trefoil.people.enums import AgencyKind, AreaKind, Colour, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Agency, Area, Group, Partnership, Person
from trefoil.people.operations import (
    create_agency,
    create_group,
    create_partnership,
    create_person,
    give_duty,
    give_seat,
    join_partnership,
)

from .invent import Inventor, read_level

SEED = 20261122
MONTHS = 24


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@dataclass
class Borough:
    """Fairmead while it is being built."""

    partnership: Partnership
    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def build_fairmead(*, now: datetime) -> Partnership:
    """The borough with its people, two years of returns, targets and commentary. Does nothing when it is there."""
    plan = _toml("fairmead.toml")
    existing = Partnership.objects.filter(slug=plan["partnership"]["slug"]).first()
    if existing is not None:
        return existing
    began = now - timedelta(days=31 * (MONTHS + 2))
    borough = _found(plan, began)
    _people(borough, plan, began)
    _figures(borough, plan, now)
    _commentary(borough, plan, now)
    return borough.partnership


def _found(plan: dict[str, Any], began: datetime) -> Borough:
    area = Area.objects.create(**plan["area"], kind=AreaKind.INVENTED)
    facts = plan["partnership"] | {"colour": Colour(plan["partnership"]["colour"])}
    borough = Borough(create_partnership(**facts, area=area, is_invented=True, by=None, now=began))
    for key, facts in plan["agencies"].items():
        agency = create_agency(name=facts["name"], sector=Sector(facts["sector"]), is_invented=True, by=None, now=began)
        borough.agencies[key] = agency
        join_partnership(
            partnership=borough.partnership,
            agency=agency,
            kind=AgencyKind(facts["kind"]),
            why_chosen=facts["why"],
            starts_on=began.date(),
            by=None,
            now=began,
        )
    for key, facts in plan["groups"].items():
        borough.groups[key] = create_group(
            partnership=borough.partnership,
            slug=key.replace("_", "-"),
            name=facts["name"],
            kind=GroupKind(facts["kind"]),
            purpose=facts["purpose"],
            reports_to=borough.groups.get(facts["reports_to"]),
            by=None,
            now=began,
        )
    return borough


def _people(borough: Borough, plan: dict[str, Any], began: datetime) -> None:
    for key, facts in plan["people"].items():
        agency = borough.agencies.get(facts["agency"])
        person = create_person(
            email=f"{key.replace('_', '.')}@fairmead.example",
            name=facts["name"],
            job_title=facts["job_title"],
            agency=agency,
            is_invented=True,
            by=None,
            now=began,
        )
        borough.people[key] = person
        _duty(borough.partnership, person, DutyKind(facts["duty"]), agency, began)
        for group, role in facts["seats"].items():
            give_seat(
                group=borough.groups[group],
                person=person,
                agency=agency,
                role=GroupRole(role),
                starts_on=began.date(),
                by=None,
                now=began,
            )
    for key, agency in borough.agencies.items():
        if plan["agencies"][key]["returns"] and not _data_contact(agency):
            _invent_contact(borough, key, agency, began)


def _duty(partnership: Partnership, person: Person, kind: DutyKind, agency: Agency | None, began: datetime) -> None:
    give_duty(
        person=person,
        partnership=partnership,
        kind=kind,
        agency=agency if kind in {DutyKind.AGENCY_LEAD, DutyKind.AGENCY_RETURNS} else None,
        starts_on=began.date(),
        by=None,
        now=began,
    )


def _data_contact(agency: Agency) -> Person | None:
    """Who enters an agency's figures: its data contact, else its lead."""
    duties = agency.duties.filter(kind__in=[DutyKind.AGENCY_RETURNS, DutyKind.AGENCY_LEAD]).order_by("-kind")
    found = duties.select_related("person").first()
    return found.person if found else None


def _invent_contact(borough: Borough, key: str, agency: Agency, began: datetime) -> None:
    """An agency that owes figures has somebody to enter them, named after the office and not after a person."""
    person = create_person(
        email=f"{key.replace('_', '.')}.data@fairmead.example",
        name=f"Data contact, {agency.name}",
        job_title="Data contact",
        agency=agency,
        is_invented=True,
        by=None,
        now=began,
    )
    _duty(borough.partnership, person, DutyKind.AGENCY_RETURNS, agency, began)


def _figures(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    levels = _toml("levels.toml")
    first, last = months_back(timezone.localdate(now))
    _populations(borough.partnership.area, levels["population"], last.end.year)
    inventor = Inventor(
        seed=SEED,
        levels={key: read_level(item) for key, item in levels["levels"].items()},
        weights=levels["weights"],
        first=first,
        last=last,
    )
    rows: dict[str, list[FigureRow]] = {definition.id: [] for definition in catalogue()}
    # Counts come before what is divided by them.
    for definition in sorted(catalogue(), key=_after_what_it_uses(levels)):
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


def _after_what_it_uses(levels: dict[str, Any]) -> Callable[[Definition], bool]:
    """Sorts measures that are worked out from others, or are the same as parts of others, to the end."""
    return lambda item: bool(item.calculation) or "from" in levels["levels"].get(item.id, {})


def months_back(today: date) -> tuple[Period, Period]:
    """The first and the last of the demo's months: the last is the month before this one."""
    index = today.year * 12 + today.month - 2
    first = index - MONTHS + 1
    return month(first // 12, first % 12 + 1), month(index // 12, index % 12 + 1)


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
    # A quarter that is not over has not been asked for yet.
    over = sorted((period for period in by_period if period.end < timezone.localdate(now)), reverse=True)
    for place, period in enumerate(over):
        held = _open(borough, agency, titles[facts["returns"]], period, asked)
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


def _open(borough: Borough, agency: Agency, title: str, period: Period, asked: Sequence[Definition]) -> AgencyReturn:
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
        now=_at(opens),
    )


def _hand_in(
    borough: Borough, held: AgencyReturn, rows: Sequence[FigureRow], *, place: int, key: str, now: datetime
) -> None:
    """How far a return has come: the newest ones are where the demo's readers find something to do."""
    contact = _data_contact(held.agency)
    entered = min(_at(held.opens_on + timedelta(days=9 + place % 9)), now)
    if contact is None or (place == 0 and key in {"housing", "charities"}):
        return
    if place == 0 and key == "early_help":
        rows = _miscounted(rows)
    _load(held, rows, contact, entered)
    if place == 1 and key == "council":
        _load(held, _corrected(rows), contact, entered + timedelta(hours=2))
    if place == 0 and key in {"schools", "probation"}:
        return
    submit_return(agency_return=held, by=contact, now=entered)
    if place == 0 and key == "police":
        query_return(
            agency_return=held,
            reason="Notices rose by a quarter in one month. Please say whether recording changed.",
            by=borough.people["analyst"],
            now=min(entered + timedelta(days=2), now),
        )
    elif place > 0 and not any(fault.needs_answer for fault in held.faults.all()):
        approve_return(agency_return=held, by=borough.people["analyst"], now=min(entered + timedelta(days=3), now))


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


def _corrected(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """New children in care counted again, so that the demo has a restated figure."""
    return [
        replace(row, numerator=_more(row, 2), note="Two late admissions added.") if row.indicator == "CL03" else row
        for row in rows
    ]


def _more(row: FigureRow, by: int) -> Decimal:
    return (row.numerator or Decimal(0)) + by


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def _commentary(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    for said in plan["commentary"]:
        definition = catalogue()[said["indicator"]]
        person = borough.people[said["by"]]
        period = _latest_period(borough.partnership, definition)
        if person.agency is not None and period is not None:
            write_commentary(
                partnership=borough.partnership,
                agency=person.agency,
                indicator=definition.id,
                period=period,
                says=said["says"],
                doing=said["doing"],
                by=person,
                now=now - timedelta(days=4),
            )


def _latest_period(partnership: Partnership, definition: Definition) -> Period | None:
    figure = partnership.figures.filter(indicator=definition.id).order_by("-period_end").first()
    return figure.period if figure else None


def demo_people(partnership: Partnership) -> Iterator[Person]:
    """The invented people who can be signed in as, in the order they are worth trying."""
    yield from Person.objects.filter(is_invented=True, duties__partnership=partnership).distinct()
