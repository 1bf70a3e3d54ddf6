"""The figures of a stored extract, kept beside it as `figures.parquet`. DuckDB reads that file alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from trefoil.extracts.engine.results import Results, value_of
from trefoil.indicators.periods import Period, parse_period

FIGURES, JOURNEYS = "figures.parquet", "journeys.parquet"
KINDS: Mapping[str, str] = {
    "month": "Months",
    "quarter": "Quarters",
    "year": "Years, April to March",
    "year_to_date": "Year to date",
    "rolling_12": "Twelve months to",
}
BREAKDOWNS: Mapping[str, str] = {
    "locality": "Locality",
    "team": "Team",
    "age_band": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
}
SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("breakdown", pa.string()),
        ("group", pa.string()),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
        ("unit", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class ExtractFigure:
    """One figure. `breakdown` and `group` are empty for the whole; `unit` is the catalogue's."""

    indicator: str
    start: date
    end: date
    breakdown: str
    group: str
    numerator: int | None
    denominator: int | None
    unit: str

    @property
    def span_code(self) -> str:
        """The period as a run of months, which an address can hold: `2026-10..2026-10`."""
        return f"{self.start:%Y-%m}..{self.end:%Y-%m}"

    @property
    def value(self) -> Decimal | None:
        """The figure in its unit, rounded as its definition says; None over a denominator of 0."""
        if self.numerator is None:
            return None
        return value_of(
            {
                "indicator": self.indicator,
                "unit": self.unit,
                "numerator": self.numerator,
                "denominator": self.denominator,
            }
        )

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


def write_figures(folder: Path, results: Results) -> int:
    """Keep the engine's results beside the extract they came from, as whole numbers. How many."""
    table = results.table
    periods = [parse_period(code) for code in table["period"].to_pylist()]
    columns = {
        "start": pa.array([period.start for period in periods], pa.date32()),
        "end": pa.array([period.end for period in periods], pa.date32()),
    }
    kept = {name: table[name] if name in table.column_names else columns[name] for name in SCHEMA.names}
    _write(folder / FIGURES, pa.table(kept).cast(SCHEMA))
    return int(table.num_rows)


def write_journeys(folder: Path, table: pa.Table) -> None:
    """Keep what `journeys.count_journeys` gave."""
    _write(folder / JOURNEYS, table)


def _write(path: Path, table: pa.Table) -> None:
    """Whole or not at all, for this account alone."""
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.chmod(0o600)
    unfinished.replace(path)


@contextmanager
def reading(*files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in memory that can read these files and nothing else of the machine."""
    connection = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})
    try:
        quoted = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        connection.execute(f"SET allowed_paths = [{quoted}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


_ONE = """SELECT indicator, start, "end", breakdown, "group", numerator, denominator, unit
    FROM read_parquet($file) WHERE """
_KIND = {
    "month": "datediff('month', start, \"end\") = 0",
    "quarter": "datediff('month', start, \"end\") = 2 AND month(start) % 3 = 1",
    "year": "datediff('month', start, \"end\") = 11 AND month(start) = 4",
    "year_to_date": "month(start) = 4",
    "rolling_12": "datediff('month', start, \"end\") = 11",
}


def _found(file: Path, condition: str, **given: Any) -> list[ExtractFigure]:
    if not file.is_file():
        return []
    with reading(file) as connection:
        order = ' ORDER BY indicator, "end", start, breakdown, "group"'
        rows = connection.execute(_ONE + condition + order, {"file": str(file), **given}).fetchall()
    return [ExtractFigure(*row) for row in rows]


def newest_of_each(folder: Path, kind: str) -> list[ExtractFigure]:
    """For each indicator the newest whole figure of this kind of period. Raises KeyError for an unknown kind."""
    condition = (
        f"breakdown = '' AND {_KIND[kind]} QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY \"end\" DESC) = 1"
    )
    return _found(folder / FIGURES, condition)


def series(folder: Path, indicator: str, kind: str) -> list[ExtractFigure]:
    """The whole figures of an indicator for each period of a kind, oldest first."""
    return _found(folder / FIGURES, f"breakdown = '' AND indicator = $indicator AND {_KIND[kind]}", indicator=indicator)


def gives(folder: Path, indicator: str, kind: str) -> bool:
    """Whether there is a whole figure of an indicator for a kind of period."""
    return bool(series(folder, indicator, kind))


def breakdowns_held(folder: Path, indicator: str) -> list[str]:
    """The breakdowns in which there are figures of an indicator, the standing ones first."""
    file = folder / FIGURES
    if not file.is_file():
        return []
    with reading(file) as connection:
        asked = "SELECT DISTINCT breakdown FROM read_parquet($file) WHERE indicator = $indicator AND breakdown <> ''"
        found = {row[0] for row in connection.execute(asked, {"file": str(file), "indicator": indicator}).fetchall()}
    return [*(name for name in BREAKDOWNS if name in found), *sorted(found - BREAKDOWNS.keys())]


def parts(folder: Path, indicator: str, period: Period, breakdown: str) -> list[ExtractFigure]:
    """The figures of each group for one period."""
    return _found(
        folder / FIGURES,
        'indicator = $indicator AND start = $start AND "end" = $finish AND breakdown = $breakdown',
        indicator=indicator,
        start=period.start,
        finish=period.end,
        breakdown=breakdown,
    )


def newest_groups(folder: Path, breakdown: str, kind: str) -> list[ExtractFigure]:
    """For each indicator the groups of a breakdown in its newest period of a kind. Raises KeyError for no such kind."""
    condition = f'breakdown = $breakdown AND {_KIND[kind]} QUALIFY "end" = max("end") OVER (PARTITION BY indicator)'
    return _found(folder / FIGURES, condition, breakdown=breakdown)


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that two extracts give differently."""

    old: ExtractFigure
    new: ExtractFigure


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the whole monthly figures of two extracts differ: how many are in both, and those that changed."""

    in_both: int
    restated: tuple[Restated, ...]


def compared(old: Path, new: Path) -> Comparison:
    """Hold the monthly figures of two stored extracts against each other, by indicator and month."""
    monthly = f"breakdown = '' AND {_KIND['month']}"
    before = {(one.indicator, one.start): one for one in _found(old / FIGURES, monthly)}
    after = {(one.indicator, one.start): one for one in _found(new / FIGURES, monthly)}
    both = sorted(before.keys() & after.keys())
    changed = [
        Restated(before[key], after[key])
        for key in both
        if (before[key].numerator, before[key].denominator) != (after[key].numerator, after[key].denominator)
    ]
    return Comparison(len(both), tuple(changed))


def journeys(folder: Path, breakdown: str) -> list[dict[str, Any]]:
    """The counts of each stage for one breakdown: `group`, `stage`, `count`, `timed`, `median_days`."""
    file = folder / JOURNEYS
    if not file.is_file():
        return []
    with reading(file) as connection:
        asked = """SELECT "group", stage, count, timed, median_days FROM read_parquet($file)
            WHERE breakdown = $breakdown ORDER BY "group", stage"""
        found = connection.execute(asked, {"file": str(file), "breakdown": breakdown})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
