"""A return typed into a form: one line for each figure that is waited for, checked as a file is."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from .catalogue.schema import Definition
from .catalogue.vocabulary import Unit
from .expected import Expected
from .fingerprint import plain
from .intake.numbers_in_text import read_number
from .intake.row_checks import check_amounts, check_missing
from .periods import Period
from .rows import FigureRow, Place

Key = tuple[str, str, Period]
NUMBERS = ("numerator", "denominator", "value")
WORDS = ("missing_reason", "note")
_MOST = {"missing_reason": 300, "note": 500}
_LONGEST_NUMBER = 40


@dataclass
class Line:
    """One figure to type: what it is, the held row if there is one, and its fields by column."""

    definition: Definition
    breakdown: str
    period: Period
    held: FigureRow | None
    fields: dict[str, BoundField] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return (self.definition.id, self.breakdown, self.period)

    @property
    def mark(self) -> str:
        """A short name for this line's fields, the same at every visit."""
        said = f"{self.definition.id}|{self.breakdown}|{self.period.code}"
        return hashlib.sha256(said.encode()).hexdigest()[:10]

    @property
    def label(self) -> str:
        """`All`, or the category."""
        return self.breakdown or "All"

    @property
    def columns(self) -> tuple[str, ...]:
        """A count needs one number; what is divided needs two, or the value where the counts are not known."""
        needed = ("numerator",) if self.definition.unit in {Unit.COUNT, Unit.GBP} else NUMBERS
        return (*needed, *WORDS)

    @property
    def errors(self) -> bool:
        """Whether a field of this line has an error."""
        return any(bound.errors for bound in self.fields.values())


@dataclass(frozen=True)
class Group:
    """The lines of one measure and period."""

    definition: Definition
    period: Period
    lines: list[Line]

    @property
    def hint(self) -> str:
        """What is counted, and of what it is a part."""
        above, below = self.definition.numerator.rstrip("."), self.definition.denominator.rstrip(".")
        return f"Number: {above}. Out of: {below}." if self.is_divided and below else f"Number: {above}."

    @property
    def is_divided(self) -> bool:
        """Whether there are columns for a denominator and a value."""
        return any("denominator" in line.columns for line in self.lines)


class FiguresForm(forms.Form):
    """Fields for each line, and the mark of the figures that the person saw when they began."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, expected: Sequence[Expected], held: Iterable[FigureRow], mark: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"seen": mark}
        super().__init__(*args, **kwargs)
        self.lines = lines_of(expected, held)
        self.rows: list[FigureRow] = []
        self.mark = mark
        for line in self.lines:
            for column in line.columns:
                self.fields[f"{column}-{line.mark}"] = _field(line, column)
        for line in self.lines:
            line.fields = {column: self[f"{column}-{line.mark}"] for column in line.columns}

    @property
    def groups(self) -> list[Group]:
        """The lines by measure and period, in their order."""
        found: dict[tuple[str, Period], Group] = {}
        for line in self.lines:
            group = found.setdefault((line.definition.id, line.period), Group(line.definition, line.period, []))
            group.lines.append(line)
        return list(found.values())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.rows = [row for line in self.lines if (row := self._row(line)) is not None]
        return cleaned

    @property
    def _is_stale(self) -> bool:
        """Whether figures were changed since the person saw them: a line that was empty then may be held now."""
        return bool(self.cleaned_data.get("seen") != self.mark)

    def _row(self, line: Line) -> FigureRow | None:
        """The figure of a line; None for a line left empty or one with an error, which stands at its field."""
        texts = {column: str(self.cleaned_data.get(f"{column}-{line.mark}", "")).strip() for column in line.columns}
        if not any(texts.values()):
            if line.held is not None and not self._is_stale:
                self._blame(
                    line, "numerator", f"{_held_words(line.held)} is held. Give a figure, or say why it is missing."
                )
            return None
        numbers: dict[str, tuple[Decimal | None, int]] = {}
        for column in NUMBERS:
            read = read_number(texts.get(column, ""), Place(column=_COLUMN_WORDS[column]))
            if read.finding:
                self._blame(line, column, read.finding.message)
            numbers[column] = (read.value, read.places)
        if line.errors:
            return None
        return self._checked(line, texts, numbers)

    def _checked(
        self, line: Line, texts: dict[str, str], numbers: dict[str, tuple[Decimal | None, int]]
    ) -> FigureRow | None:
        row = FigureRow(
            place=Place(),
            indicator=line.definition.id,
            period=line.period,
            breakdown=line.breakdown,
            numerator=numbers["numerator"][0],
            denominator=numbers["denominator"][0],
            value=numbers["value"][0],
            value_places=numbers["value"][1],
            missing_reason=texts["missing_reason"],
            note=texts["note"],
        )
        for finding in (*check_amounts(row, line.definition), *check_missing(row)):
            self._blame(line, finding.place.column, finding.message)
        if _lacks_denominator(row, line.definition):
            self._blame(line, "denominator", f"Give what it is a part of as well: {line.definition.denominator}.")
        return None if line.errors else row

    def _blame(self, line: Line, column: str, message: str) -> None:
        """Put an error at a field of the line, named so that it can be understood in the summary."""
        at = column if column in line.columns else line.columns[0]
        name = f"{line.definition.short_title}{f', {line.breakdown}' if line.breakdown else ''}"
        self.add_error(f"{at}-{line.mark}", f"{name}: {message}")


_COLUMN_WORDS = {"numerator": "number", "denominator": "out of", "value": "value"}
_LABELS = {
    "numerator": "number",
    "denominator": "out of",
    "value": "value, if the numbers are not known",
    "missing_reason": "why there is no figure",
    "note": "note",
}


def lines_of(expected: Sequence[Expected], held: Iterable[FigureRow]) -> list[Line]:
    """A line for each figure that is waited for, and for each that is held of the same measures (local teams)."""
    rows = {row.key: row for row in held}
    definitions = {one.definition.id: one.definition for one in expected}
    keys = dict.fromkeys(one.key for one in expected)
    lines = [Line(definitions[key[0]], key[1], key[2], rows.get(key)) for key in keys]
    more = [
        Line(definitions[row.indicator], row.breakdown, row.period, row) for row in rows.values() if row.key not in keys
    ]
    order = {
        key: place
        for place, key in enumerate(dict.fromkeys((line.definition.id, line.period) for line in [*lines, *more]))
    }
    return sorted([*lines, *more], key=lambda line: order[line.definition.id, line.period])


def _field(line: Line, column: str) -> forms.CharField:
    """One field; its label names the figure, for those who hear the page."""
    is_number = column in NUMBERS
    about = f"{line.definition.title}, {line.label}, {line.period.label}"
    attrs = {"class": "rt-number" if is_number else "rt-words", "autocomplete": "off"}
    if is_number:
        attrs["inputmode"] = "decimal"
    initial = getattr(line.held, column) if line.held else None
    return forms.CharField(
        label=f"{about}: {_LABELS[column]}",
        required=False,
        max_length=_LONGEST_NUMBER if is_number else _MOST[column],
        initial=(initial if isinstance(initial, str) else _number_words(line.held, column)) if line.held else "",
        widget=forms.TextInput(attrs=attrs),
    )


def _number_words(held: FigureRow | None, column: str) -> str:
    number: Decimal | None = getattr(held, column)
    if number is None or held is None:
        return ""
    return f"{number:.{held.value_places}f}" if column == "value" else plain(number)


def _held_words(held: FigureRow) -> str:
    return plain(held.numerator) or plain(held.value) or f"“{held.missing_reason}”"


def _lacks_denominator(row: FigureRow, definition: Definition) -> bool:
    """A percentage cannot be worked out from a number alone, unless the dictionary or the whole says of what it is."""
    elsewhere = definition.calculation is not None or bool(row.breakdown)
    if definition.unit is not Unit.PERCENT or elsewhere or row.value is not None:
        return False
    return row.numerator is not None and row.denominator is None
