"""Which column of a file is which column of its layout. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.extracts.standard import folded

from .findings import NOT_SHOWN, Finding, Level, warn
from .layouts import Layout, Part
from .spellings import may_be_personal


@dataclass(frozen=True, slots=True)
class Matched:
    """For each column of the layout that the file has, the heading under which it stands."""

    headings: dict[str, str]
    findings: tuple[Finding, ...]


def match_headings(part: Part) -> Matched:
    """Match the headings of a part to its layout."""
    known = _spellings(part.layout)
    headings = [name for name in part.table.column_names if name != "row_" and name.strip()]
    found: dict[str, str] = {}
    findings = []
    unknown = []
    for heading in headings:
        column = known.get(folded(heading.removeprefix("\ufeff")))
        if column is None:
            unknown.append(heading)
        elif column in found:
            cure = f"It means the same as “{found[column]}”. Keep one of the two."
            findings.append(_finding(Level.FAULT, part, "heading-broken", cure, column))
        else:
            found[column] = heading
    if not found:
        # The first row may hold a child's data, so nothing of it is shown.
        cure = "No heading is known. Give the names of the columns in the first row."
        return Matched({}, (_finding(Level.FAULT, part, "heading-broken", cure),))
    return Matched(found, (*findings, *_unknown(part, unknown), *_missing(part, found)))


def _spellings(layout: Layout) -> dict[str, str]:
    return {folded(spelling): column.name for column in layout.columns for spelling in (*column.also, column.name)}


def _unknown(part: Part, headings: Sequence[str]) -> list[Finding]:
    cure = "It was left out. If it is a column of the specification, correct its name."
    return [
        warn("column-unknown", part.file, cure, sheet=part.sheet, row=1, value=_safe(heading)) for heading in headings
    ]


def _safe(heading: str) -> str:
    return NOT_SHOWN if may_be_personal(heading) else heading


def _missing(part: Part, found: dict[str, str]) -> list[Finding]:
    findings = []
    for column in part.layout.columns:
        if column.name in found:
            continue
        if column.required:
            cure = f"Add the column “{column.name}”."
            findings.append(_finding(Level.FAULT, part, "column-missing", cure, column.name))
        elif column.kind != "left_out":
            cure = "Add the column if it can be had; indicators that need it are not worked out without it."
            findings.append(_finding(Level.WARNING, part, "column-absent", cure, column.name))
    return findings


def _finding(level: Level, part: Part, rule: str, cure: str, column: str = "") -> Finding:
    return Finding(level, part.file, part.sheet, 1, column, "", rule, cure)
