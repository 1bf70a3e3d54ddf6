"""The national pack into a database: as Trefoil does it, and in the plain ways that come to mind first."""

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from trefoil.indicators.models import PublishedValue, Release
from trefoil.indicators.national import reader
from trefoil.indicators.operations.national import TABLES, load_national_pack
from trefoil.indicators.periods import reporting_year

BATCH = 5000


def prepare() -> None:
    """The tables, so that what follows is measured without them."""
    call_command("prepare", verbosity=0, stdout=io.StringIO())


def load() -> int:
    """Everything: areas, values, populations, neighbours, ethnicity, the trail. How many values."""
    return load_national_pack(by=None, now=timezone.now()).values


def read_only() -> int:
    """Read and parse the shipped files and throw them away."""
    return sum(1 for _ in _values())


def bulk_create() -> int:
    """The values alone, as model objects in batches. The areas must be there."""
    count, values = 0, _values()
    with transaction.atomic():
        _forget_values()
        while batch := [PublishedValue(**value) for value in islice(values, BATCH)]:
            count += len(PublishedValue.objects.bulk_create(batch))
    return count


def one_by_one(rows: int) -> dict[str, float]:
    """The first `rows` values, each saved by itself in one transaction: seconds without the reading of the others."""
    wanted = list(islice(_values(), rows))
    started = time.perf_counter()
    with transaction.atomic():
        _forget_values()
        started = time.perf_counter()
        for value in wanted:
            PublishedValue.objects.create(**value)
    return {"rows": len(wanted), "seconds": time.perf_counter() - started}


def bare_sqlite(path: str) -> int:
    """The values alone into a bare SQLite file without keys or checks: as quick as Python and SQLite can be."""
    with closing(sqlite3.connect(Path(path))) as bare:
        names = "release_id, measure, area_id, period_start, period_end, label, value, shown"
        bare.execute(f"CREATE TABLE bare ({names})")
        rows = (tuple(None if one is None else str(one) for one in value.values()) for value in _values())
        count = bare.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows).rowcount
        bare.commit()
    return count


def copy_to_postgresql() -> int:
    """The values alone through COPY into a table without keys or checks: as quick as PostgreSQL can be."""
    count, rows = 0, _values()
    columns = (
        "release_id text, measure text, area_id text, starts date, ends date, label text, value numeric, shown text"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv)") as copy:
            for batch in iter(lambda: list(islice(rows, BATCH)), []):
                text = io.StringIO()
                csv.writer(text).writerows(value.values() for value in batch)
                copy.write(text.getvalue())
                count += len(batch)
    return count


def _forget_values() -> None:
    PublishedValue.objects.all().delete()
    for code in ("published", *TABLES.values()):
        found = {"title": code, "publisher": "", "licence": "", "statistics_date": "", "sha256": "", "rows": 0}
        Release.objects.get_or_create(code=code.replace("_", "-"), defaults=found | {"loaded_at": timezone.now()})


def _values() -> Iterator[dict[str, Any]]:
    for figure in reader.read_published():
        if figure.period is not None:
            yield _value("published", figure.measure, figure, figure.period, figure.label)
    for letter, name in TABLES.items():
        for count in reader.read_counts(name):
            yield _value(
                name.replace("_", "-"), f"{letter}:{count.item}", count, reporting_year(count.year), count.year
            )


def _value(release: str, measure: str, figure: Any, period: Any, label: object) -> dict[str, Any]:
    return {
        "release_id": release,
        "measure": measure,
        "area_id": figure.area_code,
        "period_start": period.start,
        "period_end": period.end,
        "label": str(label),
        "value": figure.value,
        "shown": figure.shown[:30],
    }
