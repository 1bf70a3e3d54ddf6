"""Shape 2: the layout of a published monthly performance pack.

The pack prints a count and its percentage on two rows, and some figures twice (on a chart and in a table of
targets).
Rows of one figure are joined into one; where two of them disagree the file is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ...periods import Period
from ...rows import FigureRow, Finding, Place
from ..context import Context
from ..numbers_in_text import ReadNumber, read_number
from ..row_checks import check_amounts, check_breakdown, check_columns, check_indicator, check_period
from ..sheets import Line, Sheet, error
from ..suggestions import IndicatorSuggester, nearest
from .pack_mapping import Mapped, performance_matters
from .shape import Read

COLUMNS = (
    "page",
    "measure",
    "breakdown",
    "period",
    "value",
    "unit",
    "denominator",
    "target",
    "statistical_neighbours",
    "published_variance_pct",
    "note",
)
_TELLING = {"page", "measure", "unit", "published_variance_pct"}
_AMOUNTS = ("value", "denominator", "target", "statistical_neighbours", "published_variance_pct")
_FIELDS = {
    "denominator": "denominator",
    "target": "target",
    "statistical_neighbours": "published_neighbours",
    "published_variance_pct": "published_variance",
}


@dataclass(frozen=True, slots=True)
class _PerformancePack:
    name: str = "performance_pack"
    title: str = "a performance pack"
    needed: tuple[str, ...] = COLUMNS

    def recognises(self, headings: tuple[str, ...]) -> bool:
        """Three of the four telling columns are enough."""
        return len(_TELLING & set(headings)) >= 3

    def read(self, sheet: Sheet, context: Context) -> Read:
        """Read and join every row; a row with an error gives no figure."""
        findings = check_columns(sheet, COLUMNS, COLUMNS)
        if findings:
            return Read(findings=tuple(findings))
        reader = _Reader(sheet, context)
        for line in sheet.lines:
            reader.read(line)
        rows = [joined.row() for joined in reader.figures.values()]
        for row in rows:
            definition = context.definitions.get(row.indicator)
            if definition:
                reader.findings += check_amounts(row, definition)
        return Read(tuple(rows), tuple(reader.findings))


@dataclass(slots=True)
class _Joined:
    """One figure as it grows: each amount with the line it came from."""

    mapped: Mapped
    period: Period
    place: Place
    amounts: dict[str, tuple[Decimal, int]] = field(default_factory=dict)
    places: int = 0
    notes: list[str] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)

    def row(self) -> FigureRow:
        """The figure."""
        amounts = {name: amount for name, (amount, _) in self.amounts.items()}
        return FigureRow(
            place=self.place,
            indicator=self.mapped.indicator,
            period=self.period,
            breakdown=self.mapped.breakdown,
            numerator=amounts.get("numerator"),
            denominator=amounts.get("denominator"),
            value=amounts.get("value"),
            value_places=self.places,
            target=amounts.get("target"),
            published_neighbours=amounts.get("published_neighbours"),
            published_variance=amounts.get("published_variance"),
            note="; ".join(self.notes),
        )


class _Reader:
    """Reads lines, joins them by figure and gathers what is wrong."""

    def __init__(self, sheet: Sheet, context: Context) -> None:
        self._sheet = sheet
        self._context = context
        self._mapping = performance_matters()
        self._suggester = IndicatorSuggester(context.definitions)
        self._unknown: dict[str, str] = {}
        self.figures: dict[tuple[str, str, Period], _Joined] = {}
        self.findings: list[Finding] = []

    def read(self, line: Line) -> None:
        """Take one line in, or say what is wrong with it."""
        text = {heading: cell.strip() for heading, cell in zip(self._sheet.headings, line.cells, strict=True)}
        before = len(self.findings)
        numbers = {column: read_number(text[column], self._sheet.place(line, column)) for column in _AMOUNTS}
        self.findings += [number.finding for number in numbers.values() if number.finding]
        if not text["value"]:
            place = self._sheet.place(line, "value")
            message = "The row prints no value. Fill it in or delete the row."
            self.findings.append(error("figure-missing", place, "a blank cell", "a figure", message))
        period, wrong = check_period(text["period"], self._context, self._sheet.place(line, "period"), inside=False)
        self.findings += wrong
        mapped = self._mapped(line, text)
        if mapped and period and len(self.findings) == before:
            self._join(line, mapped, period, numbers, text["note"])

    def _mapped(self, line: Line, text: Mapping[str, str]) -> Mapped | None:
        mapped = self._mapping.find(text["page"], text["measure"], text["breakdown"], text["unit"])
        if mapped is None:
            self.findings.append(self._unknown_measure(line, text))
            return None
        place = self._sheet.place(line, "measure")
        definition, wrong = check_indicator(mapped.indicator, self._context, place, self._suggester)
        self.findings += wrong
        if definition is None:
            return None
        self.findings += check_breakdown(mapped.breakdown, definition, self._sheet.place(line, "breakdown"))
        return mapped

    def _unknown_measure(self, line: Line, text: Mapping[str, str]) -> Finding:
        measure = text["measure"]
        known = measure in self._mapping.measures
        if not known and measure not in self._unknown and len(self._unknown) < 25:
            self._unknown[measure] = nearest(measure, self._mapping.measures)
        near = self._unknown.get(measure, "")
        part = f" ({text['breakdown']})" if text["breakdown"] else ""
        what = f"“{measure}”{part} in {text['unit']}"
        message = f"The pack's mapping does not know {what} on page {text['page']}"
        message += f"; did you mean “{near}”?" if near else "."
        expected = near or "a page, measure, breakdown and unit that the mapping names"
        return error("measure-unknown", self._sheet.place(line, "measure"), what, expected, message)

    def _join(self, line: Line, mapped: Mapped, period: Period, numbers: Mapping[str, ReadNumber], note: str) -> None:
        key = (mapped.indicator, mapped.breakdown, period)
        joined = self.figures.setdefault(key, _Joined(mapped, period, self._sheet.place(line)))
        if line.cells in joined.cells:
            self._say_twice(line, joined)
        joined.cells.append(line.cells)
        self._put(joined, mapped.role, numbers["value"], line)
        if mapped.role == "value":
            joined.places = max(joined.places, numbers["value"].places)
        for column, name in _FIELDS.items():
            self._put(joined, name, numbers[column], line)
        if numbers["published_variance_pct"].value is not None:
            joined.place = self._sheet.place(line)
        if note and note not in joined.notes:
            joined.notes.append(note)

    def _put(self, joined: _Joined, name: str, number: ReadNumber, line: Line) -> None:
        if number.value is None:
            return
        amount, row = joined.amounts.setdefault(name, (number.value, line.number))
        if amount != number.value:
            rows = f"rows {row} and {line.number}"
            message = (
                f"Rows {row} and {line.number} both give the {name.replace('_', ' ')} of {_named(joined)}: "
                f"{amount} and {number.value}. Keep one."
            )
            place = self._sheet.place(line, "value")
            self.findings.append(error("row-contradicts", place, rows, "one amount", message))

    def _say_twice(self, line: Line, joined: _Joined) -> None:
        rows = f"rows {joined.place.row} and {line.number}"
        message = f"R{rows[1:]} both give {_named(joined)}, with the same content. Keep one."
        self.findings.append(error("row-twice", self._sheet.place(line), rows, "one row", message))


def _named(joined: _Joined) -> str:
    mapped = joined.mapped
    part = f" ({mapped.breakdown})" if mapped.breakdown else ""
    return f"{mapped.indicator}{part} for {joined.period.code}"


PERFORMANCE_PACK = _PerformancePack()
