"""How a file is laid out, and what a shape of extract must offer. Pure. Contract: docs/decisions/0010-extracts.md."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from trefoil.extracts.standard import CodeList, code_lists

from .findings import Finding

Kind = Literal["id", "date", "code", "flags", "flag", "count", "number", "words", "text", "left_out"]
"""How a column is read. In the view: id, words and text are VARCHAR, date is DATE, code is the VARCHAR code, flags is
VARCHAR `,A,B,`, flag is BOOLEAN, count is INTEGER (0 or more), number is DOUBLE. A left_out column is looked at only
for how full it is, is always personal, and is not in the view."""

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout.

    `required`: a blank, or a file without the column, is a fault. `expected`: a blank is a warning.
    `codes`: for code and flags, the name of a list of `standard.code_lists()`, or a list of the shape's own.
    `personal`: a value is never printed. `also`: other headings that mean this column (capitals and spaces aside).
    `refers`: `layout.column` whose values these should be among; a value that is not is a warning (orphan).
    `as_standard`: the standard field this column carries, for the quality page; empty when it is not one.
    """

    name: str
    kind: Kind
    required: bool = False
    codes: str | CodeList = ""
    personal: bool = False
    also: tuple[str, ...] = ()
    expected: bool = False
    refers: str = ""
    as_standard: str = ""

    @property
    def code_list(self) -> CodeList | None:
        """The list that its values come from; a yes or no comes from `yes_no`."""
        if self.kind == "flag":
            return code_lists()["yes_no"]
        if isinstance(self.codes, CodeList):
            return self.codes
        return code_lists()[self.codes] if self.codes else None

    @property
    def is_personal(self) -> bool:
        """Whether its values must never be printed: said so, or an identifier, or never kept."""
        return self.personal or self.kind in {"id", "left_out"}


@dataclass(frozen=True, slots=True)
class Layout:
    """One table as a shape's files hold it.

    `key`: columns that together tell rows apart (a second row with the same is a fault; blanks in one of them are not
    compared). `orders`: pairs of date columns, the first never after the second. `person`: the column with the child's
    identifier; `born`: the column with the date of birth, if this layout has one; `events`: date columns that cannot
    lie more than ten months before the birth of the row's child. `required`: an extract without this table is refused.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    person: str = ""
    born: str = ""
    events: tuple[str, ...] = ()
    required: bool = False

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one file as it was read: all columns text as written (null or empty: blank), headings as written,
    first column `row_` int32, the row as a spreadsheet numbers it. Several parts may have one layout (several years).

    `table` is a `pyarrow.Table`, or None when the file could not be read and `findings` say why (so that the other
    files are still checked). `findings`: what opening it found (encoding, separator, broken rows).
    """

    layout: Layout
    file: str
    sheet: str
    table: Any
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A checked, typed view over all parts of one layout: `FROM {view.sql}`. Its columns are all of the layout's
    (null where the file lacked them), `row_` and `part_`. `carries`: the columns that every one of its files had;
    `found`: those that at least one had."""

    sql: str
    carries: frozenset[str]
    found: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.sql


@dataclass(frozen=True, slots=True)
class Context:
    """What intake must be told. `area`: the code of the area (E09000003). `as_at`: the day the extract was taken.

    `year`: the year of a return (2025 means the year ending 31 March 2025), where the shape needs it. `key`: the secret
    of the pseudonyms, at least 32 bytes. `value_map`: (name of the code list, folded spelling) to a code of that list,
    or to None for "not known". `localities`: beginnings of postcodes to names of localities. `since`: the first day
    from which the extract holds every event, when the sender has said so. `told` hears of each file or sheet
    that was checked, and its rows.
    """

    area: str
    as_at: date
    key: bytes = field(repr=False)
    year: int | None = None
    value_map: Mapping[tuple[str, str], str | None] = field(default_factory=dict, repr=False)
    localities: Mapping[str, str] = field(default_factory=dict, repr=False)
    since: date | None = None
    told: Callable[[str, int], None] = field(default=lambda _file, _rows: None, repr=False)


class Shape(Protocol):
    """One kind of extract. One module of `shapes/` with one object, listed in `shapes/__init__.py`."""

    @property
    def name(self) -> str:
        """The name on the command line and in the manifest."""

    @property
    def edition(self) -> str:
        """The edition of its specification, for the manifest."""

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Every layout it may give. One that is `required` and given by no part is a fault."""

    def recognises(self, path: Path) -> bool:
        """Whether the file or folder looks like this shape. Looks at names, or a little of the content; never raises
        for a strange file. A .zip is unpacked before it is asked."""

    def parts(self, path: Path, context: Context) -> Iterable[Part]:
        """The tables of the file or folder. Raises `findings.RefusedError` when it cannot be read."""

    def standardise(self, views: Mapping[str, View], context: Context) -> Mapping[str, str]:
        """Per canonical table a DuckDB SELECT over the views (only layouts that some part gave are there).

        Columns by standard field name: identifiers and a postcode as text, `pers_dob` as DATE, others typed as the
        store has them. What it leaves out is null and is not in the manifest's `carries`; a `left_out` field is
        dropped. `area` and ages are added by the door. A name that begins with `_` is a table of the shape's own, made
        once for the SELECTs after it."""

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """The days in which every event of that canonical table is in the extract, None when it is no event table or
        nobody can say. `seen`: for each canonical table with an event date, its first and last in the extract."""
