"""Stores made by hand: a few rows of a few tables, written as the store writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from trefoil.extracts.engine import Results
from trefoil.extracts.engine.tables import arrow_schema
from trefoil.extracts.standard import load_tables

BEGINS, AS_AT = date(2023, 1, 1), date(2026, 10, 31)

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class SmallStore:
    """What the engine asks of a stored extract."""

    folder: Path
    area: str
    as_at: date = AS_AT
    covers: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    carries: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_store(
    folder: Path,
    rows: Rows,
    *,
    area: str = "E09000003",
    as_at: date = AS_AT,
    covers: Mapping[str, tuple[date, date]] | None = None,
    carries: Mapping[str, Sequence[str]] | None = None,
) -> SmallStore:
    """A store of these rows; what is left out of a row is null.

    Every table is carried whole and covered from 2023 to `as_at`, unless `covers` or `carries` say otherwise of it.
    """
    place = folder / area
    place.mkdir(parents=True)
    for name, of_table in rows.items():
        schema = arrow_schema(name)
        full = [dict.fromkeys(schema.names) | {"area": area} | dict(row) for row in of_table]
        pq.write_table(pa.Table.from_pylist(full, schema), place / f"{name}.parquet")
    tables = load_tables()
    return SmallStore(
        place,
        area,
        as_at,
        {name: (BEGINS, as_at) for name, table in tables.items() if table.event} | dict(covers or {}),
        {name: [one.name for one in table.fields] for name, table in tables.items()} | dict(carries or {}),
    )


def day(text: str) -> date:
    """`2026-03-02` as a date."""
    return date.fromisoformat(text)


def figures(results: Results, indicator: str, period: str, breakdown: str | None = None) -> dict[str, tuple[Any, Any]]:
    """Numerator and denominator of one indicator and period by group; of one breakdown where it is given."""
    return {
        row["group"]: (row["numerator"], row["denominator"])
        for row in results.rows()
        if (row["indicator"], row["period"]) == (indicator, period) and breakdown in (None, row["breakdown"])
    }
