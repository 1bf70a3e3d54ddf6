"""A block as a reader sees it, and as it is frozen: plain words, tables and a picture. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class ShownTable:
    """A table: its caption, headings, and rows of as many cells."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> Self:
        return cls(held["caption"], tuple(held["headings"]), tuple(tuple(row) for row in held["rows"]))


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
