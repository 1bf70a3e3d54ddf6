"""A file of chronology entries: every row understood, or every fault named with row, column, value and cure. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from trefoil.indicators.intake.export import safe_cell
from trefoil.indicators.intake.opening import open_upload
from trefoil.indicators.intake.sheets import Line, RefusedError, Sheet, error, short
from trefoil.indicators.rows import Finding, Place, Severity

from .when import HOW_TO_WRITE, UnclearError, When, check_known, read_when
from .workbook_dates import read_with_dates

T = TypeVar("T")
COLUMNS = ("when", "what", "place", "seen", "source")
NEEDED = ("when", "what", "source")
MOST_ROWS = 4_000
LISTED = 200
LONGEST = {"what": 4_000, "place": 300, "source": 300}
SHORTEST_WHAT = 5


class Seen(StrEnum):
    """Whether the child was seen."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_SAID = "not_said"


SEEN_WORDS = {Seen.SEEN: "Seen", Seen.NOT_SEEN: "Not seen", Seen.NOT_SAID: "Not said"}
_SEEN_READ = {
    "": Seen.NOT_SAID,
    "not said": Seen.NOT_SAID,
    "not known": Seen.NOT_SAID,
    "seen": Seen.SEEN,
    "yes": Seen.SEEN,
    "y": Seen.SEEN,
    "not seen": Seen.NOT_SEEN,
    "no": Seen.NOT_SEEN,
    "n": Seen.NOT_SEEN,
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as an agency gives it. `row` is its row in the file; 0 when it was typed."""

    when: When
    what: str
    source: str
    place: str = ""
    seen: Seen = Seen.NOT_SAID
    row: int = 0

    @property
    def same_as(self) -> tuple[str, str, str, str, str]:
        """What makes two entries the same, word for word. Blanks do not count."""
        return (str(self.when), _plain(self.what), _plain(self.place), self.seen.value, _plain(self.source))


@dataclass(frozen=True)
class Reading:
    """All rows, or none and what is wrong."""

    rows: tuple[EntryRow, ...] = ()
    faults: tuple[Finding, ...] = ()


def read_entries(name: str, data: bytes, today: date) -> Reading:
    """Read a CSV or XLSX file. One fault anywhere, and there are no rows. Never raises for what a file holds."""
    opened = open_upload(name, data)
    sheet, stopping = opened.sheet, [one for one in opened.findings if one.severity is Severity.ERROR]
    # A date that the spreadsheet made is no fault here, so it is not named beside a real one.
    others = [one for one in stopping if one.rule != "cell-date"]
    if others:
        stopping = others
    elif stopping:
        try:
            sheet, stopping = read_with_dates(data, stopping[0].place.sheet), []
        except RefusedError as refused:
            stopping = list(refused.findings)
    if sheet is None or stopping:
        return Reading(faults=tuple(map(_in_our_words, stopping)))
    faults = list(_heading_faults(sheet)) or list(_length_faults(sheet))
    return Reading(faults=tuple(faults)) if faults else _rows_of(sheet, today)


def _in_our_words(fault: Finding) -> Finding:
    """The opener speaks of figures. What a chronology meets most often is said again for entries."""
    if fault.rule == "file-empty":
        message = "The file holds no entries. Write each in a row below the headings of the template."
        return error(fault.rule, fault.place, fault.found, "a heading row and a row for each entry", message)
    return replace(fault, message=fault.message.replace("rows of figures", "rows"))


def _heading_faults(sheet: Sheet) -> Iterator[Finding]:
    for column in COLUMNS:
        if column in NEEDED and column not in sheet.headings:
            yield error(
                "column-missing",
                Place(row=1, column=column, sheet=sheet.name),
                "no such heading",
                ", ".join(COLUMNS),
                f"The column “{column}” is missing. Take the headings from the template.",
            )
    for heading in sheet.headings:
        if heading not in COLUMNS:
            yield error(
                "column-unknown",
                Place(row=1, column=heading, sheet=sheet.name),
                heading,
                ", ".join(COLUMNS),
                f"Nothing is done with a column “{short(heading)}”. Take it out, or give it a heading of the template.",
            )


def _length_faults(sheet: Sheet) -> Iterator[Finding]:
    if len(sheet.lines) > MOST_ROWS:
        message = f"The file has {len(sheet.lines):,} rows; at most {MOST_ROWS:,} are taken at once. Send it in parts."
        yield error("file-too-long", sheet.place(), f"{len(sheet.lines):,} rows", f"{MOST_ROWS:,} rows", message)


def _rows_of(sheet: Sheet, today: date) -> Reading:
    rows: list[EntryRow] = []
    faults: list[Finding] = []
    for line in sheet.lines:
        cells = dict(zip(sheet.headings, map(_cell, line.cells), strict=True))
        reader = _Row(sheet, line, cells, today)
        found = reader.read()
        faults += reader.faults
        if found is not None:
            rows.append(found)
    faults += _twice(sheet, rows)
    return Reading(faults=tuple(_shortened(faults))) if faults else Reading(rows=tuple(rows))


def _shortened(faults: list[Finding]) -> list[Finding]:
    """As many as a person reads, in order of their rows, and a count of the rest."""
    faults.sort(key=lambda one: one.place.row)
    rest = len(faults) - LISTED
    if rest <= 0:
        return faults
    message = f"There are {rest:,} more faults. Put these right first and send the file again."
    return [*faults[:LISTED], error("more", Place(), f"{rest:,} more", "none", message)]


def _twice(sheet: Sheet, rows: list[EntryRow]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        before = first.setdefault(row.same_as, row.row)
        if before != row.row:
            yield error(
                "row-twice",
                Place(row=row.row, column="what", sheet=sheet.name),
                short(row.what),
                "each entry once",
                f"Row {row.row} says the same as row {before}. Delete one of them.",
            )


class _Row:
    """One line being read; `faults` is what was wrong with it."""

    def __init__(self, sheet: Sheet, line: Line, cells: dict[str, str], today: date) -> None:
        self.faults: list[Finding] = []
        self._sheet, self._line, self._cells, self._today = sheet, line, cells, today

    def read(self) -> EntryRow | None:
        when = self._taken("when", self._when)
        texts = {column: self._taken(column, self._text(column)) for column in LONGEST}
        seen = self._taken("seen", _seen)
        if self.faults or when is None or seen is None:
            return None
        return EntryRow(when=when, seen=seen, row=self._line.number, **{k: v or "" for k, v in texts.items()})

    def _taken(self, column: str, read: Callable[[str], T]) -> T | None:
        value = self._cells.get(column, "")
        try:
            return read(value)
        except UnclearError as wrong:
            place = self._sheet.place(self._line, column)
            self.faults.append(error(f"{column}-wrong", place, value or "an empty cell", _EXPECTED[column], str(wrong)))
            return None

    def _when(self, value: str) -> When:
        if not value:
            raise UnclearError(f"It does not say when. Write {HOW_TO_WRITE}.")
        when = read_when(value)
        check_known(when, self._today)
        return when

    def _text(self, column: str) -> Callable[[str], str]:
        return lambda value: check_text(column, value)


def check_text(column: str, value: str) -> str:
    """The words of a column. Raises UnclearError where they are missing, too short or too long."""
    said = value.strip()
    if column in NEEDED and not said:
        raise UnclearError(_MISSING[column])
    if column == "what" and len(said) < SHORTEST_WHAT:
        raise UnclearError(f"“{said}” says too little. Say in a sentence what happened.")
    if len(said) > LONGEST[column]:
        raise UnclearError(f"It has {len(said):,} characters; at most {LONGEST[column]:,} are taken. Make two entries.")
    return said


_MISSING = {
    "what": "It does not say what happened. Say it in a sentence, or delete the row.",
    "source": "No source is given. Say which record this is from, such as “GP record”, or who told you.",
}
_EXPECTED = {
    "when": HOW_TO_WRITE,
    "what": f"what happened, at most {LONGEST['what']:,} characters",
    "place": f"where, at most {LONGEST['place']} characters, or nothing",
    "seen": "seen, not seen, or nothing",
    "source": f"the record it is from, at most {LONGEST['source']} characters",
}


def _seen(value: str) -> Seen:
    found = _SEEN_READ.get(" ".join(value.replace("_", " ").split()).casefold())
    if found is None:
        raise UnclearError(
            f"“{short(value)}” does not say whether the child was seen. Write seen, not seen, or nothing."
        )
    return found


def _cell(text: str) -> str:
    """A cell without the mark that our own files put before what a spreadsheet would take for a formula."""
    plain = text.strip()
    return plain[1:] if plain.startswith("'") and safe_cell(plain[1:]) == plain else plain


def _plain(text: str) -> str:
    return " ".join(text.split())
