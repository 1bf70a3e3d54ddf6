"""Reads an extract as a partner would and gives back what was told and what was stored."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from trefoil.extracts.intake import Intake, read_extract
from trefoil.extracts.intake.layouts import Context
from trefoil.extracts.intake.report import Report

SAMPLES = Path(__file__).parents[2] / "samples"
ANNEX_A_2022 = SAMPLES / "Annex_A_2022_liia-tools.xlsx"
ANNEX_A_2024 = SAMPLES / "Annex_A_2024_Jan.xlsx"
SSDA903 = SAMPLES / "ssda903"
KEY = b"a secret of the tests, 32 bytes!!"


def context(as_at: date, **more: Any) -> Context:
    """What intake is told, with a key that is no secret."""
    return Context("E09000003", as_at, KEY, **more)


def read(path: Path, as_at: date, *, shape: str | None = None, **more: Any) -> Intake:
    """Read and check; the caller closes."""
    return read_extract(path, shape=shape, context=context(as_at, **more))


def report(path: Path, as_at: date, *, shape: str | None = None, **more: Any) -> Report:
    """What an extract is told."""
    with read(path, as_at, shape=shape, **more) as intake:
        return intake.report


def tallies(told: Report) -> Counter[tuple[str, str, str, str]]:
    """How often (level, rule, sheet or file, column) was found."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for tally in told.tallies:
        found[(tally.level.value, tally.rule, tally.sheet or tally.file, tally.column)] += tally.count
    return found


def stored(
    path: Path, as_at: date, root: Path, *, shape: str | None = None, **more: Any
) -> dict[str, list[dict[str, Any]]]:
    """Every stored table as rows by column, blanks left out."""
    with read(path, as_at, shape=shape, **more) as intake:
        assert not intake.report.refused, [str(one) for one in intake.report.findings if one.level != "warning"]
        extract = intake.store(root, "one")
    with duckdb.connect() as connection:
        return {table: _rows(connection, next(root.rglob(f"{table}.parquet"))) for table in extract.manifest.rows}


def _rows(connection: duckdb.DuckDBPyConnection, file: Path) -> list[dict[str, Any]]:
    found = connection.execute("SELECT * FROM read_parquet(?)", [str(file)])
    names = [column[0] for column in found.description or ()]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None} for row in found.fetchall()
    ]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook with those cells."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path
