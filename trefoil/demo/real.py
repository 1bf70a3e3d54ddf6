"""A real authority's partnership with published figures alone. Nothing invented is put under its name."""

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

from django.utils.text import slugify

from trefoil.budget.operations.loading import load_accounts
from trefoil.budget.reading import read_finance
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.national.figures import AreaKind as PackAreaKind
from trefoil.indicators.national.reader import read_areas
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import hand_in_published, open_return
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import FigureRow
from trefoil.people.enums import AgencyKind, AreaKind, Colour, DutyKind, GroupKind, Sector
from trefoil.people.models import Agency, Area, Group, Partnership, Person
from trefoil.people.operations import create_agency, create_group, create_partnership, give_duty, join_partnership

PACK = "barnet_performance_2019-02.csv"
PACK_PERIOD = "2019-02"
NEAR_NAMES = 5


class NoSuchAreaError(ValueError):
    """No authority of that name. The message lists names that are near."""


def build_real(area_name: str, *, readers: list[Person], now: datetime) -> Partnership:
    """The partnership of a real authority, for `readers` to look at. Does nothing when it is there."""
    area = Area.objects.get(kind=AreaKind.LOCAL_AUTHORITY, name=authority_named(area_name))
    slug = slugify(area.name)
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        partnership = create_partnership(
            slug=slug,
            name=f"{area.name} Safeguarding Children Partnership",
            short_name=area.name,
            area=area,
            colour=Colour.NAVY,
            published_only=True,
            by=None,
            now=now,
        )
        if slug == "barnet":
            _barnet(partnership, now)
        for person in readers:
            give_duty(
                person=person,
                partnership=partnership,
                kind=DutyKind.READER,
                starts_on=now.date(),
                by=None,
                now=now,
            )
    return partnership


def authority_named(name: str) -> str:
    """The local authority that is meant, as the national pack writes it, whatever the capitals.

    It is looked up in the shipped list, so that a mistyped name is answered before anything is made. Raises
    NoSuchAreaError with the names that are near.
    """
    known = {area.name.casefold(): area.name for area in read_areas() if area.kind is PackAreaKind.LOCAL_AUTHORITY}
    wanted = " ".join(name.split()).casefold()
    if wanted in known:
        return known[wanted]
    within = [each for each in known if wanted and wanted in each]
    alike = dict.fromkeys([*within, *get_close_matches(wanted, known, n=NEAR_NAMES)])
    near = ", ".join(known[each] for each in list(alike)[:NEAR_NAMES])
    raise NoSuchAreaError(
        f"No English local authority is called “{name}”." + (f" Did you mean one of these: {near}?" if near else "")
    )


def _barnet(partnership: Partnership, now: datetime) -> None:
    published = tomllib.loads((files(__package__) / "barnet.toml").read_text(encoding="utf-8"))
    council = _agencies(partnership, published, now)
    _groups(partnership, published, now)
    _pack(partnership, council, published["source"], now)
    _accounts(partnership, published, now)


def _agencies(partnership: Partnership, published: dict[str, Any], now: datetime) -> Agency:
    agencies = []
    for name, facts in published["agencies"].items():
        agency = create_agency(name=name, sector=Sector(facts["sector"]), by=None, now=now)
        join_partnership(
            partnership=partnership,
            agency=agency,
            kind=AgencyKind(facts["kind"]),
            why_chosen=facts["why"],
            source=published["source"]["arrangements"],
            starts_on=published["source"]["pack_published_on"],
            by=None,
            now=now,
        )
        agencies.append(agency)
    return agencies[0]


def _groups(partnership: Partnership, published: dict[str, Any], now: datetime) -> None:
    made: dict[str, Group] = {}
    for key, facts in published["groups"].items():
        made[key] = create_group(
            partnership=partnership,
            slug=key.replace("_", "-"),
            name=facts["name"],
            kind=GroupKind(facts["kind"]),
            purpose=facts["purpose"],
            source=published["source"]["arrangements"],
            reports_to=made.get(facts["reports_to"]),
            by=None,
            now=now,
        )


def _pack(partnership: Partnership, council: Agency, source: dict[str, Any], now: datetime) -> None:
    """The printed pack as the council's return, with the targets it prints and the faults it has."""
    data = (files("trefoil.indicators.packs") / PACK).read_bytes()
    read = read_return(PACK, data, Context(definitions=catalogue(), area=partnership.area.name))
    published_on = source["pack_published_on"]
    held = open_return(
        partnership=partnership,
        agency=council,
        title="Performance Matters",
        period=parse_period(PACK_PERIOD),
        indicators=sorted({row.indicator for row in read.rows}),
        opens_on=published_on,
        due_on=published_on + timedelta(days=1),
        source=source["pack"],
        by=None,
        now=now,
    )
    load_figures(
        agency_return=held,
        rows=read.rows,
        findings=read.findings,
        source=FigureSource.COMMAND,
        file_name=PACK,
        by=None,
        now=now,
    )
    hand_in_published(agency_return=held, by=None, now=now)
    _targets(held, read.rows, source, now)


def _accounts(partnership: Partnership, published: dict[str, Any], now: datetime) -> None:
    """What the partnership has published of its money, faults and all."""
    file = files(__package__) / "finance" / "barnet.csv"
    read = read_finance(file.name, file.read_bytes(), is_final=True)
    load_accounts(
        partnership=partnership,
        accounts=read.accounts,
        called=published["contributors"],
        source=published["source"]["accounts"],
        by=None,
        now=now,
    )


def _targets(held: AgencyReturn, rows: tuple[FigureRow, ...], source: dict[str, Any], now: datetime) -> None:
    for row in rows:
        if row.target is not None and not row.breakdown:
            set_target(
                partnership=held.partnership,
                indicator=row.indicator,
                value=row.target,
                tolerance=Decimal(0),
                starts_on=source["targets_from"],
                ends_on=source["targets_to"],
                source=source["pack"],
                by=None,
                now=now,
            )
