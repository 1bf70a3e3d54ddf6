"""Reads a file of figures from its bytes to a verdict: open it, recognise it, check each row, check across
rows.

Pure: it stores nothing. A file with one error is refused as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..checks.figures import check_figures
from ..checks.money import check_money
from ..money import MoneyRow
from ..rows import FigureRow, Finding, Place, Severity
from .areas import check_file_name, take_area_columns
from .context import Context
from .opening import open_upload
from .shapes import SHAPES, Read, shape_of
from .sheets import Sheet, error

_ORDER = {Severity.ERROR: 0, Severity.FAULT: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a file gave. `shape` is the name of its layout, "" when unknown. `ok` is False when there is an
    error; then `rows` and `money` are empty, because nothing of the file may be stored.
    """

    rows: tuple[FigureRow, ...]
    findings: tuple[Finding, ...]
    shape: str = ""
    money: tuple[MoneyRow, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the file may be stored."""
        return not self.of(Severity.ERROR)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)


def read_return(name: str, data: bytes, context: Context) -> ReadResult:
    """Read the file `name` with content `data` for the return that `context` describes.

    Any bytes give a result.
    """
    opened = open_upload(name, data)
    notes = [*opened.findings, *check_file_name(name, context)]
    if opened.sheet is None:
        return ReadResult((), in_order(notes))
    shape = shape_of(opened.sheet.headings)
    if shape is None:
        return ReadResult((), in_order([*notes, _unknown_shape(opened.sheet)]))
    sheet, other_area = take_area_columns(opened.sheet, context)
    read = shape.read(sheet, context)
    wrong = [*other_area, *read.findings]
    if any(finding.severity is Severity.ERROR for finding in wrong):
        return ReadResult((), in_order([*notes, *wrong]), shape.name)
    across = _across(read, context)
    return ReadResult(read.rows, in_order([*notes, *wrong, *across]), shape.name, read.money)


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors first, then faults, then notes; within each by row and rule."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], f.place.row, f.rule, f.place.column, f.message)))


def _across(read: Read, context: Context) -> list[Finding]:
    return [*check_figures(read.rows, context.definitions, context.earlier), *check_money(read.money)]


def _unknown_shape(sheet: Sheet) -> Finding:
    known = "; or ".join(f"{shape.title} ({', '.join(shape.needed)})" for shape in SHAPES)
    found = ", ".join(sheet.headings)
    return error(
        "shape-unknown",
        Place(row=1, sheet=sheet.name),
        found[:300],
        known,
        f"The headings are not those of a layout that is known. Use the template of the return. Known: {known}.",
    )
