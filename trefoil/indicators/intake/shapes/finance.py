"""Shape 3: a partnership's accounts, one row a sum of money or a published total."""

import re
from dataclasses import dataclass

from ...money import MoneyRow
from ...rows import Finding
from ..context import Context
from ..numbers_in_text import read_number
from ..row_checks import check_columns
from ..sheets import Line, Sheet, error, short
from .shape import Read

COLUMNS = ("year", "kind", "item", "amount_gbp", "note")
_YEAR = re.compile(r"^\d{4}/\d{2}$")
_MOST_WORDS = 2_000
_TELLING = {"year", "kind", "item", "amount_gbp"}


@dataclass(frozen=True, slots=True)
class _Finance:
    name: str = "finance"
    title: str = "partnership accounts"
    needed: tuple[str, ...] = COLUMNS[:4]

    def recognises(self, headings: tuple[str, ...]) -> bool:
        """The column of pounds, or three of the four telling columns."""
        return "amount_gbp" in headings or len(_TELLING & set(headings)) >= 3

    def read(self, sheet: Sheet, context: Context) -> Read:  # noqa: ARG002 (the interface of every shape)
        """Read every row; a row with an error gives no sum."""
        findings = check_columns(sheet, COLUMNS[:4], COLUMNS)
        if findings:
            return Read(findings=tuple(findings))
        at = {heading: index for index, heading in enumerate(sheet.headings)}
        money: list[MoneyRow] = []
        for line in sheet.lines:
            wrong, row = _money(sheet, line, at)
            findings += wrong
            money += [row] if row else []
        return Read(findings=(*findings, *_twice(money)), money=tuple(money))


def _money(sheet: Sheet, line: Line, at: dict[str, int]) -> tuple[list[Finding], MoneyRow | None]:
    text = {column: line.cells[index].strip() for column, index in at.items()}
    place = sheet.place(line, "amount_gbp")
    number = read_number(text["amount_gbp"], place)
    findings = [number.finding] if number.finding else []
    if number.value is None and not number.finding:
        message = "No amount is given; fill it in or delete the row."
        findings.append(error("amount-missing", place, "a blank cell", "pounds", message))
    if not _YEAR.match(text["year"]):
        message = f"“{short(text['year'])}” is not a financial year; write it as 2020/21."
        findings.append(error("year-unreadable", sheet.place(line, "year"), text["year"], "2020/21", message))
    if not text["kind"]:
        message = "The row does not say what kind of sum it is."
        findings.append(error("kind-missing", sheet.place(line, "kind"), "", "contribution, outturn, ...", message))
    if findings or number.value is None:
        return findings, None
    long = [column for column in ("kind", "item", "note") if len(text.get(column, "")) > _MOST_WORDS]
    if long:
        message = f"The text in column {long[0]} is longer than {_MOST_WORDS:,} letters."
        return [error("text-too-long", sheet.place(line, long[0]), text[long[0]], "a shorter text", message)], None
    note = text.get("note", "")
    return [], MoneyRow(sheet.place(line), text["year"], text["kind"], text["item"], number.value, note)


def _twice(money: list[MoneyRow]) -> list[Finding]:
    first: dict[tuple[str, str, str], MoneyRow] = {}
    findings = []
    for row in money:
        earlier = first.setdefault((row.year, row.kind, row.item), row)
        if earlier is not row:
            rows = f"Rows {earlier.place.row} and {row.place.row}"
            message = f"{rows} both give {row.kind} {row.item} for {row.year}. Keep one."
            findings.append(error("row-twice", row.place, rows, "one row for each sum", message))
    return findings


FINANCE = _Finance()
