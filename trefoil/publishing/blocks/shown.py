"""A block as a reader sees it, and as it is frozen: plain words, tables and a picture. Pure."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

# `£1,200`, `85%`, `−3`, `12.5`.
FIGURE = re.compile(r"[−-]?£?[\d,]+(\.\d+)?%?")
LONGEST_MARK = 3
"""Words of what stands where a figure is hidden: `fewer than 6`."""


@dataclass(frozen=True)
class ShownTable:
    """A table: its caption, headings, and rows of as many cells."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def figures(self) -> tuple[bool, ...]:
        """For each column whether it holds figures alone, so that it is set as figures. The first never does."""
        columns = [[row[place] for row in self.rows] for place in range(1, len(self.headings))]
        return (False, *(_holds_figures(one) for one in columns))

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Each heading, and whether figures stand beneath it."""
        return tuple(zip(self.headings, self.figures, strict=True))

    @property
    def cells(self) -> tuple[tuple[tuple[str, str, bool], ...], ...]:
        """Each row's cells with their heading, and whether they are figures."""
        return tuple(
            tuple((cell, *column) for cell, column in zip(row, self.columns, strict=True)) for row in self.rows
        )

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Self:
        return cls(held["caption"], tuple(held["headings"]), tuple(tuple(row) for row in held["rows"]))


def _holds_figures(column: Sequence[str]) -> bool:
    """At least one figure, and nothing longer than what stands where one is hidden."""
    found = [FIGURE.fullmatch(cell) is not None for cell in column]
    others = (cell for cell, is_figure in zip(column, found, strict=True) if not is_figure)
    return any(found) and all(len(cell.split()) <= LONGEST_MARK for cell in others)


@dataclass(frozen=True)
class Picture:
    """A chart as it was drawn: wide, narrow, and what it shows in words."""

    wide: str
    narrow: str
    words: str


@dataclass(frozen=True)
class ShownBlock:
    """Figures with their finding as title, what they mean, and where they come from.

    `trouble` says why they should not go out as they stand; empty when nothing is wrong. `mends` is the name of the
    page on which somebody can put it right, with its arguments.
    """

    kind: str
    title: str
    sentences: tuple[str, ...]
    source: str
    tables: tuple[ShownTable, ...] = ()
    picture: Picture | None = None
    trouble: str = ""
    mends: tuple[str, ...] = field(default=(), compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Title, sentences and every cell of its tables."""
        cells = (cell for table in self.tables for row in table.rows for cell in row)
        return (self.title, *self.sentences, *cells)

    def as_json(self) -> dict[str, Any]:
        """What is frozen: everything but the way to a page of today."""
        held = asdict(self)
        del held["mends"]
        return held

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Self:
        """The block that `as_json` was made from."""
        return cls(
            kind=held["kind"],
            title=held["title"],
            sentences=tuple(held["sentences"]),
            source=held["source"],
            tables=tuple(ShownTable.of_json(one) for one in held["tables"]),
            picture=Picture(**held["picture"]) if held["picture"] else None,
            trouble=held["trouble"],
        )


def table_of(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> ShownTable:
    """A table from any rows."""
    return ShownTable(caption, tuple(headings), tuple(tuple(row) for row in rows))
