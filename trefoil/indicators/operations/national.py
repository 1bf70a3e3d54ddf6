"""Loading the national pack into the database: all of it or nothing, and the same pack twice changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from trefoil.audit.enums import EventType
from trefoil.audit.operations import Actor, record
from trefoil.people.enums import AreaKind
from trefoil.people.models import Area

from ..models import EthnicGroup, Neighbour, Population, PublishedValue, Release
from ..national import reader
from ..national.figures import CountFigure, PublishedFigure
from ..periods import Period, reporting_year

BATCH = 5000
HELD_PLACES = Decimal("0.000001")
NEIGHBOUR_MODEL = 2025

# The catalogue's short name of each table of counts.
TABLES = {
    "b1": "children_in_need",
    "c1": "referrals",
    "d3": "plans_started",
    "d5": "plans_by_duration",
    "cla": "looked_after",
}
PUBLISHED_FILE = "published.csv.xz"
FILES = (PUBLISHED_FILE, *(f"{name}.csv.xz" for name in TABLES.values()))


@dataclass(frozen=True)
class PackLoaded:
    """What a load did: rows of each kind, or `was_there` when the same pack was already in."""

    values: int
    was_there: bool = False


@transaction.atomic
def load_national_pack(*, by: Actor | None, now: datetime) -> PackLoaded:
    """Load areas, published values, population, neighbours and ethnicity from the data that the project ships."""
    manifest = reader.read_manifest()["files"]
    held = dict(Release.objects.values_list("code", "sha256"))
    if held == {_code(name): manifest[name]["sha256"] for name in FILES}:
        return PackLoaded(PublishedValue.objects.count(), was_there=True)
    _load_areas()
    _replace(Population, _populations(), is_invented=False)
    _replace(Neighbour, _neighbours())
    _replace(EthnicGroup, _ethnic_groups())
    Release.objects.all().delete()
    for name in FILES:
        Release.objects.create(**_release(name, manifest[name], now))
    count = _insert_values(_values())
    record(
        event=EventType.NATIONAL_PACK_LOADED,
        by=by,
        now=now,
        subject="national-pack",
        detail={"values": count, "published_sha256": manifest[PUBLISHED_FILE]["sha256"]},
    )
    return PackLoaded(count)


def _replace(model: type[Model], rows: Iterable[Model], **only: Any) -> None:
    model._default_manager.filter(**only).delete()
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _load_areas() -> None:
    """Areas are referred to, so they are updated in place; regions come before those that lie in them."""
    for area in reader.read_areas():
        Area.objects.update_or_create(
            code=area.code,
            defaults={"name": area.name, "kind": AreaKind(area.kind.value), "region_id": area.region or None},
        )


def _code(file_name: str) -> str:
    return file_name.split(".", maxsplit=1)[0].replace("_", "-")


def _release(name: str, facts: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "code": _code(name),
        "title": facts["title"],
        "publisher": facts["publisher"],
        "licence": facts["licence"],
        "statistics_date": facts["covers"][:60],
        "sha256": facts["sha256"],
        "rows": facts["rows"],
        "loaded_at": now,
    }


Row = tuple[str, str, str, date, date, str, str | None, str]


COLUMNS = "release_id, measure, area_id, period_start, period_end, label, value, shown"


def _insert_values(rows: Iterator[Row]) -> int:
    """Many rows in the engine's own way: a model object for each of 320,000 takes far longer. How many there were."""
    table = connection.ops.quote_name(PublishedValue._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copied(cursor, table, rows)
        return _inserted(cursor, table, rows)


def _inserted(cursor: CursorWrapper, table: str, rows: Iterator[Row]) -> int:
    sql = f"INSERT INTO {table} ({COLUMNS}) VALUES ({', '.join(['%s'] * 8)})"  # noqa: S608  names of our own alone
    count = 0
    while batch := list(islice(rows, BATCH)):
        cursor.executemany(sql, batch)
        count += len(batch)
    return count


def _copied(cursor: CursorWrapper, table: str, rows: Iterator[Row]) -> int:
    """PostgreSQL's COPY: one stream in place of a statement for each row."""
    count = 0
    with cursor.cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
            count += 1
    return count


def _values() -> Iterator[Row]:
    for figure in reader.read_published():
        # One label of one measure names no year: 170 marks without a value, nothing to show.
        if figure.period is not None:
            yield _row(PUBLISHED_FILE, figure.measure, figure, figure.period, figure.label)
    for letter, table in TABLES.items():
        for count in reader.read_counts(table):
            yield _row(f"{table}.csv.xz", f"{letter}:{count.item}", count, reporting_year(count.year), str(count.year))


def _row(file_name: str, measure: str, figure: PublishedFigure | CountFigure, period: Period, label: str) -> Row:
    value = None if figure.value is None else str(figure.value.quantize(HELD_PLACES, ROUND_HALF_UP))
    return (_code(file_name), measure, figure.area_code, period.start, period.end, label, value, figure.shown[:30])


def _populations() -> Iterator[Population]:
    for row in reader.read_populations():
        if row.children is not None:
            yield Population(area_id=row.area_code, mid_year=row.mid_year, children=row.children)


def _neighbours() -> Iterator[Neighbour]:
    for row in reader.read_neighbours():
        yield Neighbour(
            area_id=row.area_code,
            neighbour_id=row.neighbour_code,
            rank=row.rank,
            closeness=row.closeness,
            model_year=NEIGHBOUR_MODEL,
        )


def _ethnic_groups() -> Iterator[EthnicGroup]:
    for row in reader.read_ethnicity():
        yield EthnicGroup(area_id=row.area_code, code=row.group, name=row.name, people=row.people)
