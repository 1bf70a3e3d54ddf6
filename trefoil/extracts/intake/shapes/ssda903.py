"""The SSDA903 return of one year or of several, as CSV files. Implements `Shape`. Pure.

Years are linked: an episode that several years tell of is stored once, and the last year's word wins.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from ..findings import Finding, Level, refuse, warn
from ..layouts import Context, Days, Layout, Part, View
from ..opening import files_of
from .ssda903_care import care_tables
from .ssda903_files import (
    YearFile,
    csv_files,
    folders_of,
    layout_by_headings,
    layouts,
    name_in,
    read_years,
    return_year,
    same_rows,
    year_findings,
)
from .ssda903_tables import yearly_tables

_KEYS: Mapping[str, tuple[tuple[str, ...], Level]] = {
    "header": (("CHILD",), Level.FAULT),
    "episodes": (("CHILD", "DECOM"), Level.FAULT),
    "reviews": (("CHILD", "REVIEW"), Level.WARNING),
    "missing": (("CHILD", "MIS_START"), Level.WARNING),
    "oc2": (("CHILD",), Level.FAULT),
    "oc3": (("CHILD",), Level.FAULT),
}
_NEVER_DATED = {"ssd_immigration_status", "ssd_permanence", "ssd_care_leavers"}
_HEADING_BYTES = 4096


class Ssda903Shape:
    """The children looked after return, return years 2017 to 2027."""

    name = "ssda903"
    edition = "2027"

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """Every file of the return."""
        return layouts()

    def recognises(self, path: Path) -> bool:
        """A folder with a file of episodes of care, or such a file alone, by its heading row."""
        try:
            files = csv_files(path)
        except OSError:
            return False
        return any(_is_episodes(file) for file in files)

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        """One part per file and year, the oldest year first. Other files are warnings."""
        files = read_years(path, context)
        if not files:
            raise refuse("shape-unknown", path.name, "Name the files after their tables: episodes.csv, header.csv.")
        notes = _strangers(path, {file.name for file in files})
        still_open: dict[str, tuple[str, int]] = {}
        for file in files:
            found = (*notes, *file.findings, *year_findings(file), *_own_findings(file, still_open))
            notes = ()
            yield Part(file.layout, file.name, "", file.table, found)

    def standardise(self, views: Mapping[str, View], context: Context) -> dict[str, str]:
        """The tables that the return carries."""
        return care_tables(views) | yearly_tables(views)

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """From April of the first return to March of the last.

        The first year is known when the sender has said so, or from the yearly facts (OC2), which stand at each 31
        March; else only the last year is sure."""
        if table in _NEVER_DATED or table not in seen or "ssd_cla_episodes" not in seen:
            return None
        last = context.year or return_year(seen["ssd_cla_episodes"][1])
        yearly = [seen[name][0].year for name in ("ssd_cla_health", "ssd_sdq_scores") if name in seen]
        first = context.since or date(min([last, *yearly]) - 1, 4, 1)
        return first, min(date(last, 3, 31), context.as_at)


def _is_episodes(file: Path) -> bool:
    """By its headings, whatever the name: other tables are called episodes too."""
    try:
        with file.open("rb") as opened:
            line = opened.read(_HEADING_BYTES).split(b"\n")[0].decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    found = layout_by_headings(line.replace('"', "").replace(";", ",").split(","))
    return found is not None and found.name == "episodes"


def _strangers(path: Path, read: set[str]) -> tuple[Finding, ...]:
    names = [name_in(file, path) for folder in folders_of(path) for file in files_of(folder)]
    cure = "Name it after its table, such as 2024-missing.csv, or leave it out."
    return tuple(warn("file-unknown", name, cure) for name in names if name not in read)


def _own_findings(file: YearFile, still_open: dict[str, tuple[str, int]]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if file.layout.name in _KEYS:
        key, level = _KEYS[file.layout.name]
        found.extend(same_rows(file, key, level))
    if file.layout.name == "episodes":
        found.extend(_ends(file, still_open))
    return tuple(found)


def _ends(file: YearFile, still_open: dict[str, tuple[str, int]]) -> list[Finding]:
    """Reasons without an end, ends without a reason, and episodes of the year before that were open and are not
    here."""
    columns = _texts(file.table, ("CHILD", "DECOM", "DEC", "REC"))
    if columns is None:
        return []
    child, start, end, reason = columns
    told = pc.binary_join_element_wise(child, start, "|")
    numbers = file.table.column("row_")
    unended = pc.equal(end, "")
    odd = pc.indices_nonzero(pc.not_equal(unended, pc.equal(reason, "")))
    found = [
        _end_and_reason(file.name, *row)
        for row in zip(*(column.take(odd).to_pylist() for column in (numbers, end, reason)), strict=True)
    ]
    now_open = {
        key: (file.name, number)
        for key, number in zip(told.filter(unended).to_pylist(), numbers.filter(unended).to_pylist(), strict=True)
    }
    here = set(told.to_pylist()) if still_open else set()
    cure = f"{file.name} does not have it. Say there when it ended."
    for key, (name, number) in still_open.items():
        if key not in here:
            value = key.rpartition("|")[2]
            found.append(warn("not-continued", name, cure, row=number, column="DECOM", value=value))
    still_open.clear()
    still_open.update(now_open)
    return found


def _end_and_reason(file: str, row: int, end: str, reason: str) -> Finding:
    if reason:
        cure = "Give the day it ended, or take out the reason."
        return warn("end-and-reason", file, cure, row=row, column="REC", value=reason)
    return warn("end-and-reason", file, "Give the reason why it ended.", row=row, column="DEC", value=end)


def _texts(table: Any, names: tuple[str, ...]) -> list[Any] | None:
    headings = {heading.strip().upper(): at for at, heading in enumerate(table.column_names)}
    if any(name not in headings for name in names):
        return None
    return [pc.utf8_trim_whitespace(pc.fill_null(table.column(headings[name]), "")) for name in names]


SSDA903 = Ssda903Shape()
