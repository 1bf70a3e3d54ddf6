"""A return of 5,000 rows: made, checked as Trefoil checks it, and read in the plain way."""

import csv
import io
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from pydantic import BaseModel, Field, ValidationError, model_validator

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.intake.shapes.template import COLUMNS
from trefoil.indicators.periods import month, parse_period

AREA = "Fairmead"
# A server has the catalogue read long before a return comes; here it is read before the clock starts.
catalogue()


def make(folder: str, rows: int) -> dict[str, str]:
    """Write the same sound figures as CSV and as XLSX; where they are."""
    lines = [list(COLUMNS), *islice(_lines(), rows)]
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    (Path(folder) / "return.csv").write_text(text.getvalue(), encoding="utf-8")
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.worksheets[0].title = "Return"
    book.save(Path(folder) / "return.xlsx")
    return {kind: str(Path(folder) / f"return.{kind}") for kind in ("csv", "xlsx")}


def _lines() -> Any:
    months = [month(year, number) for year in range(2015, 2026) for number in range(1, 13)]
    flows = [one for one in catalogue() if one.unit.value == "count" and one.frequency.value == "monthly"]
    for at, (period, definition) in enumerate(product(months, flows)):
        yield [definition.id, definition.title, "", period.code, 100 + at % 37, None, None, None, None]


def check(path: str) -> dict[str, int]:
    """Everything: opening, recognising, every check of every row, and the checks across figures."""
    context = Context(definitions=catalogue(), area=AREA)
    result = read_return(Path(path).name, Path(path).read_bytes(), context)
    if not result.ok:
        raise RuntimeError(f"the return has errors: {result.findings[0]}")
    return {"rows": len(result.rows), "findings": len(result.findings)}


class Row(BaseModel):
    """What a plain reader would hold each row to: the same fields, without a word on what is expected instead."""

    indicator: str = Field(pattern=r"^[A-Z]{2}\d{2}$")
    breakdown: str = ""
    period: str
    numerator: Decimal | None = Field(default=None, ge=0)
    denominator: Decimal | None = Field(default=None, ge=0)
    value: Decimal | None = None
    missing_reason: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _known(self) -> "Row":
        if catalogue().get(self.indicator) is None:
            raise ValueError("unknown indicator")
        parse_period(self.period)
        if self.numerator is None and self.value is None and not self.missing_reason:
            raise ValueError("no figure and no reason")
        return self


def plain(path: str) -> dict[str, int]:
    """Row by row: the csv module or openpyxl as it comes, and a pydantic model for each row; duplicates in a set."""
    lines = _plain_csv(path) if path.endswith("csv") else _plain_xlsx(path)
    headings, seen, wrong = next(lines), set(), 0
    for line in lines:
        given = {name: cell for name, cell in zip(headings, line, strict=True) if cell not in {None, ""}}
        try:
            row = Row(**given)
        except ValidationError:
            wrong += 1
            continue
        wrong += (row.indicator, row.breakdown, row.period) in seen
        seen.add((row.indicator, row.breakdown, row.period))
    return {"rows": len(seen), "findings": wrong}


def _plain_csv(path: str) -> Any:
    with Path(path).open(encoding="utf-8", newline="") as opened:
        yield from csv.reader(opened)


def _plain_xlsx(path: str) -> Any:
    page = load_workbook(path).worksheets[0]
    for row in range(1, page.max_row + 1):
        yield [page.cell(row, column).value for column in range(1, len(COLUMNS) + 1)]
