"""Fairmead's child-level extracts: the same invented borough taken on two days, and one file that waits for a person.

The earlier extract is the later one without what had not happened, or had not been written down, by its day: so the two
tell of the same children, and the later one restates the months in which records came late.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from trefoil.extracts import spool
from trefoil.extracts.area_groups import GROUPS, children_in_area
from trefoil.extracts.enums import ExtractShape, ExtractState
from trefoil.extracts.models import Extract
from trefoil.extracts.operations.deletion import set_localities
from trefoil.extracts.operations.extracts import receive_extract
from trefoil.extracts.operations.groups import set_group_children
from trefoil.extracts.standard.loader import code_lists, load_tables
from trefoil.extracts.synthesis import profile_for, synthesise
from trefoil.extracts.synthesis.folder import write_folder
from trefoil.extracts.tasks import queue
from trefoil.people.enums import DutyKind, Sector
from trefoil.people.models import Agency, Partnership, Person

SEED, YEARS = 1, 3
MONTHS_APART = 3
# Of the last weeks before an extract is taken, one record in so many is written down only later.
LATE_DAYS, LATE_ONE_IN = 60, 25
# How much more often a child is of a group than a resident of any age is.
YOUNGER = {"White": 0.88, "Mixed": 2.1, "Asian": 1.25, "Black": 1.3, "Other": 1.35}

Tables = Mapping[str, pa.Table]
Say = Callable[[str], None]


def send_extracts(partnership: Partnership, *, now: datetime, say: Say) -> int:
    """Put the files where a worker finds them; how many extracts. Does nothing when any was sent before."""
    if Extract.objects.filter(partnership=partnership).exclude(state=ExtractState.FAILED).exists():
        return 0
    latest = now.date().replace(day=1) - timedelta(days=1)
    earlier = _months_before(latest, MONTHS_APART)
    say("Inventing Fairmead's child-level extracts, once")
    tables = synthesise(profile_for("Fairmead"), years=YEARS, seed=SEED, as_at=latest, faults="usual")
    _localities(partnership, tables["localities"], now)
    _groups(partnership, now)
    _send(partnership, tables, as_at=latest, now=now - timedelta(hours=5))
    _send(partnership, taken_on(tables, earlier), as_at=earlier, now=now - timedelta(days=60))
    _send(partnership, _unmapped(latest), as_at=latest, now=now - timedelta(hours=3))
    say("They are checked, stored and counted in the background; their pages are full in a few minutes")
    return 3


def _months_before(day: date, months: int) -> date:
    """The last day of the month that lies so many months before."""
    number = day.year * 12 + day.month - 1 - months + 1
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def taken_on(tables: Tables, day: date) -> dict[str, pa.Table]:
    """The tables as they were on an earlier day. Dates are ISO text; anything else in a date column is left."""
    return {name: _before(name, table, day) for name, table in tables.items()}


def _before(name: str, table: pa.Table, day: date) -> pa.Table:
    known = load_tables().get(name)
    if known is None:
        return table
    last, late = day.isoformat(), (day - timedelta(days=LATE_DAYS)).isoformat()
    dates = [field.name for field in known.fields if field.kept == "date" and field.name in table.column_names]
    if known.event in dates:
        when = pc.fill_null(table[known.event], "")
        order = pa.array(range(table.num_rows), pa.int64())
        is_late = pc.equal(pc.subtract(order, pc.multiply(pc.divide(order, LATE_ONE_IN), LATE_ONE_IN)), 0)
        written = pc.invert(pc.and_(is_late, pc.greater(when, late)))
        table = table.filter(pc.and_(pc.less_equal(when, last), written))
    for column in dates:
        place = table.column_names.index(column)
        ahead = pc.greater(pc.fill_null(table[column], ""), last)
        blank = pa.nulls(table.num_rows, table[column].type)
        table = table.set_column(place, column, pc.if_else(ahead, blank, table[column]))
    return table


def _unmapped(day: date) -> dict[str, pa.Table]:
    """A file of contacts and referrals alone, with values that stand in no code list."""
    tables = synthesise(profile_for("Fairmead"), years=1, seed=SEED + 1, as_at=day, faults="unmapped")
    return {name: tables[name] for name in ("ssd_person", "ssd_contacts", "ssd_cin_episodes")}


def _localities(partnership: Partnership, table: pa.Table, now: datetime) -> None:
    names = {row["postcode"].replace(" ", ""): row["locality"] for row in table.to_pylist()}
    set_localities(partnership=partnership, names=names, by=_analyst(partnership), now=now)


def _groups(partnership: Partnership, now: datetime) -> None:
    """Fairmead's children by group. Nobody counted them: the shares are those its children are invented by."""
    groups = {one.code: one.group for one in code_lists()["ethnicity"].codes}
    weights = dict.fromkeys(GROUPS["ethnicity"], 0.0)
    for code, people in profile_for("Fairmead").ethnicity.items():
        weights[groups[code]] += people * YOUNGER[groups[code]]
    known = children_in_area(partnership)
    in_all = known[1] if known else 50_000
    shares = {group: round(in_all * weight / sum(weights.values())) for group, weight in weights.items()}
    girls = in_all * 487 // 1000
    for breakdown, children in (("ethnicity", shares), ("sex", {"female": girls, "male": in_all - girls})):
        set_group_children(
            partnership=partnership,
            breakdown=breakdown,
            children=children,
            source="Invented, like everything in Fairmead",
            by=_analyst(partnership),
            now=now,
        )


def _send(partnership: Partnership, tables: Tables, *, as_at: date, now: datetime) -> None:
    council = Agency.objects.get(memberships__partnership=partnership, sector=Sector.CHILDREN_SOCIAL_CARE)
    key = uuid.uuid4()
    place = spool.prepared(key.hex)
    write_folder({name: table for name, table in tables.items() if name != "localities"}, place)
    extract = receive_extract(
        partnership=partnership,
        agency=council,
        shape=ExtractShape.SSD,
        as_at=as_at,
        taken=replace(spool.fingerprint(place), name=f"fairmead-{as_at:%Y-%m}"),
        key=key,
        by=_analyst(partnership),
        now=now,
    )
    queue(extract)


def _analyst(partnership: Partnership) -> Person:
    return Person.objects.filter(duties__partnership=partnership, duties__kind=DutyKind.ANALYST).earliest("pk")
