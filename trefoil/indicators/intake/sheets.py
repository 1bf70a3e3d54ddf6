"""A table of text as a file holds it, before anybody decides what it means. Pure.

Row numbers are the ones a person sees in a spreadsheet: the heading row is row 1, blank rows count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..rows import Finding, Place, Severity

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
LISTED_PLACES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file and a cell for each heading, text exactly as written."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading row and the lines below it. Headings are in lower case with underscores: `missing_reason`."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    def place(self, line: Line | None = None, column: str = "") -> Place:
        """Where a cell of this sheet stands; no line means the sheet as a whole."""
        return Place(row=line.number if line else 0, column=column, sheet=self.name)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening gave: a sheet, or None when the file is refused and the findings say why."""

    sheet: Sheet | None
    findings: tuple[Finding, ...] = ()


class RefusedError(Exception):
    """The file cannot be taken. Carries one finding or more, each with its place and its cure."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


def error(rule: str, place: Place, found: str, expected: str, message: str) -> Finding:
    """A finding that stops the whole file."""
    return _finding(Severity.ERROR, rule, place, (found, expected, message))


def note(rule: str, place: Place, found: str, expected: str, message: str) -> Finding:
    """A finding that is worth knowing and stops nothing."""
    return _finding(Severity.NOTE, rule, place, (found, expected, message))


def fault(rule: str, place: Place, found: str, expected: str, message: str) -> Finding:
    """A finding that lets the file be stored and must be answered."""
    return _finding(Severity.FAULT, rule, place, (found, expected, message))


def short(text: str, most: int = 60) -> str:
    """The text as a finding shows it: cut, so that a file of huge cells cannot make a huge answer."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _finding(severity: Severity, rule: str, place: Place, said: tuple[str, str, str]) -> Finding:
    found, expected, message = said
    return Finding(severity, rule, place, short(found, 300), short(expected, 900), short(message, 1_500))


def refuse(rule: str, found: str, expected: str, message: str, place: Place | None = None) -> RefusedError:
    """A refusal with one finding."""
    return RefusedError(error(rule, place or Place(), found, expected, message))


def heading_of(text: str) -> str:
    """The plain form of a heading: lower case, no outer blanks, underscores between words."""
    return "_".join(text.replace("\ufeff", "").replace("_", " ").split()).casefold()


def sheet_from(name: str, grid: Iterable[tuple[int, Sequence[str]]], *, ragged_is_wrong: bool) -> Sheet:
    """Make a sheet of numbered rows; the first row with text in it is the heading row.

    Raises RefusedError for an empty file, a heading that is missing or given twice, and cells outside the
    headings.
    `ragged_is_wrong` is for CSV, where a short row may hide a lost comma; a workbook leaves trailing cells
    out.
    """
    rows = ((number, cells) for number, cells in grid if any(cell.strip() for cell in cells))
    first = next(rows, None)
    if first is None:
        raise refuse("file-empty", "no rows", "a heading row and rows of figures", "The file holds no rows.")
    headings = _headings(name, *first)
    lines, problems = _lines(name, headings, rows, ragged_is_wrong)
    if problems and len(headings) == 1:
        raise _title_above(name, first[0], first[1])
    if problems:
        raise RefusedError(*shortened(problems))
    if not lines:
        raise refuse(
            "file-empty",
            "a heading row alone",
            "at least one row of figures",
            "There are headings but no row of figures below them.",
            Place(row=first[0], sheet=name),
        )
    return Sheet(name, headings, tuple(lines))


def _headings(name: str, number: int, cells: Sequence[str]) -> tuple[str, ...]:
    headings = [heading_of(cell) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise too_many_columns(name, len(headings))
    problems = [
        error(
            "heading-missing" if not heading else "heading-twice",
            Place(row=number, column=heading or column_letters(at), sheet=name),
            heading or "a blank heading",
            "a name of its own for every column",
            f"Column {column_letters(at)} has no heading."
            if not heading
            else f"The heading “{heading}” stands over two columns; keep one.",
        )
        for at, heading in enumerate(headings)
        if not heading or heading in headings[:at]
    ]
    if problems:
        raise RefusedError(*shortened(problems))
    return tuple(headings)


def _lines(
    name: str, headings: tuple[str, ...], rows: Iterable[tuple[int, Sequence[str]]], ragged_is_wrong: bool
) -> tuple[list[Line], list[Finding]]:
    width = len(headings)
    lines: list[Line] = []
    problems: list[Finding] = []
    for number, cells in rows:
        if len(cells) != width:
            extra = any(cell.strip() for cell in cells[width:])
            if extra or (ragged_is_wrong and len(cells) < width):
                problems.append(_ragged(name, number, len(cells), width))
                continue
        if len(lines) >= MAX_ROWS:
            raise too_many_rows(name)
        lines.append(Line(number, (*cells[:width], *[""] * (width - len(cells)))))
    return lines, problems


def _ragged(name: str, number: int, found: int, width: int) -> Finding:
    return error(
        "row-ragged",
        Place(row=number, sheet=name),
        f"{found} cells",
        f"{width} cells, one under each heading",
        f"Row {number} has {found} cells but there are {width} headings. Look for a missing or an extra "
        f"separator; "
        "text that holds a comma must stand in double quotes.",
    )


def _title_above(name: str, number: int, cells: Sequence[str]) -> RefusedError:
    """One cell where the headings should be, and wider rows below it: somebody has put a title over the table."""
    title = short(next(cell for cell in cells if cell.strip()))
    return refuse(
        "heading-below",
        title,
        "the names of the columns",
        f"Row {number} holds “{title}” alone, as a title does. The headings must stand in the first row: delete what "
        "is above them.",
        Place(row=number, sheet=name),
    )


def too_many_rows(name: str) -> RefusedError:
    """The refusal of a sheet that is too long."""
    return refuse(
        "file-too-long",
        f"more than {MAX_ROWS:,} rows",
        f"at most {MAX_ROWS:,} rows",
        f"The file has more than {MAX_ROWS:,} rows. Send it in parts.",
        Place(sheet=name),
    )


def too_many_columns(name: str, found: int) -> RefusedError:
    """The refusal of a sheet that is too wide."""
    return refuse(
        "file-too-wide",
        f"{found} columns",
        f"at most {MAX_COLUMNS} columns",
        f"The file has {found} columns; at most {MAX_COLUMNS} are read. Delete the columns that are not asked for.",
        Place(sheet=name),
    )


def shortened(findings: Sequence[Finding]) -> list[Finding]:
    """The first findings of one kind, with a last one that counts the rest, so that a page stays readable."""
    if len(findings) <= LISTED_PLACES:
        return list(findings)
    first = findings[0]
    rest = len(findings) - LISTED_PLACES
    more = Finding(
        first.severity,
        first.rule,
        Place(sheet=first.place.sheet),
        f"{rest} more",
        first.expected,
        f"There are {rest} more places with the same kind of fault.",
    )
    return [*findings[:LISTED_PLACES], more]


def column_letters(at: int) -> str:
    """The spreadsheet name of a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
