"""Shape 1: the return template that the application makes. One row is one figure."""

from dataclasses import dataclass

from ...catalogue.schema import Definition
from ...catalogue.vocabulary import Unit
from ...periods import Period
from ...rows import FigureRow, Finding, Place
from ..context import Context
from ..numbers_in_text import NO_NUMBER, ReadNumber, read_number
from ..row_checks import (
    check_amounts,
    check_breakdown,
    check_columns,
    check_duplicates,
    check_indicator,
    check_missing,
    check_period,
)
from ..sheets import Line, Sheet, error
from ..suggestions import IndicatorSuggester
from .shape import Read

COLUMNS = (
    "indicator",
    "title",
    "breakdown",
    "period",
    "numerator",
    "denominator",
    "value",
    "missing_reason",
    "note",
)
_NEEDED = tuple(column for column in COLUMNS if column not in ("title", "note"))
_TELLING = {"indicator", "missing_reason", "breakdown", "numerator", "denominator"}
_MOST_LETTERS = {"missing_reason": 300, "note": 500}


@dataclass(frozen=True, slots=True)
class _Template:
    name: str = "template"
    title: str = "the return template"
    needed: tuple[str, ...] = _NEEDED

    def recognises(self, headings: tuple[str, ...]) -> bool:
        """Three of the telling columns are enough, so that a missing one can be named."""
        return len(_TELLING & set(headings)) >= 3 and "kind" not in headings and "measure" not in headings

    def read(self, sheet: Sheet, context: Context) -> Read:
        """Read every row; a row with an error gives no figure."""
        findings = check_columns(sheet, _NEEDED, COLUMNS)
        if findings:
            return Read(findings=tuple(findings))
        reader = _Reader(sheet, context)
        rows = [row for line in sheet.lines if (row := reader.read(line)) is not None]
        return Read(tuple(rows), (*reader.findings, *check_duplicates(rows)))


class _Reader:
    """Reads lines to figures and gathers what is wrong."""

    def __init__(self, sheet: Sheet, context: Context) -> None:
        self._sheet = sheet
        self._context = context
        self._suggester = IndicatorSuggester(context.definitions)
        self._at = {heading: at for at, heading in enumerate(sheet.headings)}
        self.findings: list[Finding] = []

    def read(self, line: Line) -> FigureRow | None:
        """The figure of a line, or None when the line has an error."""
        before = len(self.findings)
        row = self._figure(line)
        return row if len(self.findings) == before else None

    def _figure(self, line: Line) -> FigureRow | None:
        context = self._context
        definition, wrong = check_indicator(
            self._text(line, "indicator"), context, self._place(line, "indicator"), self._suggester
        )
        self.findings += wrong
        period, wrong = check_period(self._text(line, "period"), context, self._place(line, "period"), inside=True)
        self.findings += wrong
        breakdown = self._text(line, "breakdown")
        if definition and breakdown:
            self.findings += check_breakdown(breakdown, definition, self._place(line, "breakdown"))
        return self._row(line, definition, period, breakdown)

    def _row(
        self, line: Line, definition: Definition | None, period: Period | None, breakdown: str
    ) -> FigureRow | None:
        numbers = {column: self._number(line, column) for column in ("numerator", "denominator", "value")}
        unreadable = [number.finding for number in numbers.values() if number.finding]
        self.findings += unreadable
        self._check_length(line)
        if definition is None or period is None:
            return None
        row = FigureRow(
            place=Place(row=line.number, sheet=self._sheet.name),
            indicator=definition.id,
            period=period,
            breakdown=breakdown,
            numerator=numbers["numerator"].value,
            denominator=numbers["denominator"].value,
            value=numbers["value"].value,
            value_places=numbers["value"].places,
            missing_reason=self._text(line, "missing_reason"),
            note=self._text(line, "note"),
        )
        self.findings += check_amounts(row, definition)
        if not unreadable:
            self.findings += check_missing(row)
            self._check_denominator(row, definition)
        return row

    def _check_denominator(self, row: FigureRow, definition: Definition) -> None:
        """A percentage from a numerator alone cannot be worked out, unless the dictionary says from what."""
        elsewhere = definition.calculation is not None
        if definition.unit is not Unit.PERCENT or row.value is not None or elsewhere:
            return
        if row.numerator is not None and row.denominator is None:
            place = Place(row=row.place.row, column="denominator", sheet=row.place.sheet)
            message = f"{row.indicator} is a percentage: give the denominator as well ({definition.denominator})."
            self.findings.append(error("denominator-missing", place, "a blank cell", definition.denominator, message))

    def _check_length(self, line: Line) -> None:
        for column, most in _MOST_LETTERS.items():
            length = len(self._text(line, column))
            if length > most:
                message = f"The text in column {column} has {length:,} letters; at most {most:,} are kept."
                self.findings.append(
                    error(
                        "text-too-long",
                        self._place(line, column),
                        f"{length:,} letters",
                        f"at most {most:,} letters",
                        message,
                    )
                )

    def _number(self, line: Line, column: str) -> ReadNumber:
        text = self._text(line, column)
        return read_number(text, self._place(line, column)) if text else NO_NUMBER

    def _text(self, line: Line, column: str) -> str:
        at = self._at.get(column)
        return line.cells[at].strip() if at is not None else ""

    def _place(self, line: Line, column: str) -> Place:
        return Place(row=line.number, column=column, sheet=self._sheet.name)


TEMPLATE = _Template()
