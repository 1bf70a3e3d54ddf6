"""The files of an SSDA903 return: which table each is, and which return year it belongs to. Pure.

A return year is the year to 31 March: 2018 is April 2017 to March 2018. People name files after either of its two
calendar years, so the year is taken from the episodes where there are some.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from trefoil.extracts.standard import CodeList, code_lists
from trefoil.extracts.standard.loader import Code

from ..findings import Finding, Level, refuse, warn
from ..layouts import Column, Context, Layout
from ..opening import check_folder, files_of, read_csv
from .specification import layout, specification

YEAR = "return year"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_WORDS = re.compile(r"[a-z0-9]+")
_LIKE_ENOUGH = 0.6
_NOISE = {"ssda903", "903", "ssda", "cla", "return", "final", "table"}
_ENDING = ".csv"
_ONE_A_YEAR = "keep one file for each year, with the year in its name or its folder's, such as 2019-episodes.csv."


@dataclass(frozen=True, slots=True)
class YearFile:
    """One file: its layout, the return year, the table of text and what was found on opening."""

    layout: Layout
    year: int
    name: str
    table: Any
    findings: tuple[Finding, ...]


@cache
def layouts() -> tuple[Layout, ...]:
    """Every file of the return. Each has a column of our own, the return year of the file that a row came from."""
    lists = {"accommodation_and_suitability": accommodation_and_suitability()}
    return tuple(
        _with_year(layout(name, entry, person="CHILD", born="DOB" if name == "header" else "", lists=lists))
        for name, entry in specification("ssda903")["files"].items()
    )


def accommodation_and_suitability() -> CodeList:
    """A letter for where a care leaver lives and 1 or 2 for whether that is suitable; 0 when not in touch."""
    suitable = code_lists()["accommodation_suitable"].codes
    pairs = (
        Code(place.code + fit.code, f"{place.label}: {fit.label.lower()}")
        for place in code_lists()["accommodation"].codes
        for fit in suitable
    )
    source = "SSDA903 return, code lists of the 2026 layout (DfE); labels are ours"
    return CodeList("accommodation_and_suitability", source, (*pairs, Code("0", "Not in touch")))


def _with_year(found: Layout) -> Layout:
    return Layout(
        found.name,
        found.title,
        (*found.columns, Column(YEAR, "count")),
        orders=found.orders,
        person=found.person,
        born=found.born,
        events=found.events,
        required=found.name == "episodes",
    )


def csv_files(path: Path) -> list[Path]:
    """The CSV files of a folder and of its folders, or the one file itself."""
    if path.is_file():
        return [path] if path.suffix.lower() == _ENDING else []
    return [file for folder in folders_of(path) for file in files_of(folder) if file.suffix.lower() == _ENDING]


def folders_of(path: Path) -> list[Path]:
    """A folder and the folders in it, such as one for each year; of a file, none."""
    if path.is_file():
        return []
    return [path, *sorted(one for one in path.iterdir() if one.is_dir() and not one.is_symlink())]


def layout_by_name(file: Path) -> Layout | None:
    """The layout that a file's name stands for: `2017-episodes.csv`, `SSDA903_episodes_2019.csv`."""
    words = [word for word in _WORDS.findall(_YEAR.sub(" ", file.stem.lower())) if word not in _NOISE]
    words = [word for word in words if not word.isdigit()]
    names = {"".join(_WORDS.findall(name)): one for one in layouts() for name in _names(one)}
    return names.get("".join(words))


def _names(found: Layout) -> list[str]:
    return list(specification("ssda903")["files"][found.name]["names"])


def layout_by_headings(headings: Iterable[str]) -> Layout | None:
    """The layout whose columns are most like the headings, in any case; None when none is like enough."""
    given = {heading.strip().upper() for heading in headings} - {"ROW_"}
    best = max(layouts(), key=lambda one: _likeness(given, one))
    return best if _likeness(given, best) >= _LIKE_ENOUGH else None


def _likeness(given: set[str], found: Layout) -> float:
    columns = {column.name for column in found.columns} - {YEAR}
    return len(given & columns) / len(given | columns)


def read_years(path: Path, context: Context) -> list[YearFile]:
    """Every file of the return, the oldest year first. Raises RefusedError for two files of one table and year."""
    if path.is_dir():
        check_folder(path)
    groups: dict[int | None, list[tuple[Layout, str, Any, tuple[Finding, ...]]]] = {}
    for file in csv_files(path):
        name = name_in(file, path)
        opened = read_csv(file, name)
        found = layout_by_name(file) or layout_by_headings(opened.table.column_names)
        if found is None:
            continue
        group = groups.setdefault(_label(file, path), [])
        if any(found.name == other.name for other, *_ in group):
            raise refuse("file-twice", name, f"{found.title}: {_ONE_A_YEAR}")
        group.append((found, name, opened.table, opened.findings))
    return _in_order(groups, context)


def name_in(file: Path, path: Path) -> str:
    """What a file is called in findings: with its folder where it lies in one, such as `2019/episodes.csv`."""
    return file.name if file == path else file.relative_to(path).as_posix()


def _label(file: Path, path: Path) -> int | None:
    """The year in the file's name, else in the name of its folder inside the one that was sent."""
    places = (file.stem, file.parent.name if file.parent != path else "")
    found = next((match for place in places if (match := _YEAR.search(place))), None)
    return int(found.group(1)) if found else None


def _in_order(
    groups: Mapping[int | None, list[tuple[Layout, str, Any, tuple[Finding, ...]]]], context: Context
) -> list[YearFile]:
    files = [
        YearFile(found, year, name, _dated(table, year), findings)
        for label, group in groups.items()
        for year in (_year_of(label, group, context),)
        for found, name, table, findings in group
    ]
    order = [one.name for one in layouts()]
    return sorted(files, key=lambda one: (one.year, order.index(one.layout.name)))


def _year_of(label: int | None, group: list[tuple[Layout, str, Any, tuple[Finding, ...]]], context: Context) -> int:
    latest = max((day for found, _, table, _ in group if (day := _latest(found, table))), default=None)
    told = label or context.year
    if latest is None:
        return told or return_year(context.as_at)
    seen = return_year(latest)
    return seen if told is None or seen - told in {0, 1} else told


def _latest(found: Layout, table: Any) -> date | None:
    column = _column(table, "DECOM") if found.name == "episodes" else None
    if column is None or not len(column):
        return None
    days = pc.strptime(pc.utf8_trim_whitespace(column), format="%d/%m/%Y", unit="s", error_is_null=True)
    latest = pc.max(days).as_py()
    return latest.date() if latest else None


def return_year(day: date) -> int:
    """The return year of a day: 2018 from 1 April 2017 to 31 March 2018."""
    return day.year + (day.month >= 4)


def _column(table: Any, name: str) -> Any:
    at = next((at for at, heading in enumerate(table.column_names) if heading.strip().upper() == name), None)
    return None if at is None else table.column(at)


def _dated(table: Any, year: int) -> Any:
    return table.append_column(YEAR, pa.repeat(pa.scalar(str(year), pa.string()), table.num_rows))


def year_findings(file: YearFile) -> tuple[Finding, ...]:
    """Codes of a file that the store knows and the list of its own year does not: warnings, one per code."""
    found: list[Finding] = []
    for column in file.layout.columns:
        codes = codes_of_year(column, file.year)
        values = _column(file.table, column.name)
        if codes is None or values is None or not isinstance(column.codes, CodeList):
            continue
        known = {code.code for code in column.codes.codes} - codes
        counted = pc.value_counts(values).to_pylist()
        for entry in sorted(counted, key=lambda one: str(one["values"])):
            if entry["values"] in known:
                found.append(_other_year(file, column.name, entry["values"], entry["counts"], values))
    return tuple(found)


def _other_year(file: YearFile, column: str, code: str, count: int, values: Any) -> Finding:
    at = pc.index(values, pa.scalar(code, values.type)).as_py()
    row = file.table.column("row_")[at].as_py()
    cure = f"{count:,} rows have it; it was kept. Check that the file is of the year to March {file.year}."
    return warn("other-year", file.name, cure, row=row, column=column, value=code)


def codes_of_year(column: Column, year: int) -> frozenset[str] | None:
    """The codes of a column in a return year, None where the specification gives no list of its own."""
    if not isinstance(column.codes, CodeList):
        return None
    by_year = specification("ssda903")["lists"].get(column.codes.name)
    if by_year is None:
        return None
    first = min(by_year, key=int)
    newest = max((one for one in by_year if int(one) <= year), key=int, default=first)
    return frozenset(by_year[newest])


def same_rows(file: YearFile, key: tuple[str, ...], level: Level) -> tuple[Finding, ...]:
    """A finding for each row of one file whose key an earlier row of the file has."""
    columns = [_column(file.table, name) for name in key]
    if any(column is None for column in columns):
        return ()
    joined = pc.binary_join_element_wise(*(pc.fill_null(column, "") for column in columns), "|")
    if pc.count_distinct(joined).as_py() == len(joined):
        return ()
    numbers = file.table.column("row_").to_pylist()
    first: dict[tuple[str, ...], int] = {}
    found = []
    for number, values in zip(numbers, zip(*(column.to_pylist() for column in columns), strict=True), strict=True):
        earlier = first.setdefault(values, number)
        if earlier != number and all(values):
            cure = f"Row {earlier:,} has the same {' and '.join(key)}. Keep one."
            found.append(Finding(level, file.name, "", number, key[-1], "", "duplicate", cure))
    return tuple(found)
