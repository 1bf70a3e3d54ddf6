"""The parts that a document is made of, whatever it is given out as. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ..blocks.shown import ShownTable

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Run:
    """Words that look the same, and where they lead if they are a link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading below its section's own, which is of level 1."""

    runs: tuple[Run, ...]
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `quiet` is for sources and notes."""

    runs: tuple[Run, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Listing:
    """A list; each item is parts of its own. `start` is the first number of one that is ordered."""

    ordered: bool
    start: int
    items: tuple[tuple["Part", ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table of a block."""

    table: ShownTable


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG, and what it shows in words."""

    svg: str
    words: str


Part = Heading | Paragraph | Listing | Grid | Drawing


@dataclass(frozen=True)
class PaperSection:
    """A heading of level 1 with what stands under it."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paper:
    """The whole. `mark` stands on every page, in capitals (`DRAFT`); `notice` is what its reader must know."""

    title: str
    partnership: str
    about: str
    mark: str
    notice: tuple[str, ...]
    footer: str
    on: date
    sections: tuple[PaperSection, ...]

    @property
    def words(self) -> Iterator[str]:
        """Every piece of text in the order in which it is read; for tests that the three ways say the same."""
        for section in self.sections:
            yield section.title
            for part in section.parts:
                yield from _words(part)


def _words(part: Part) -> Iterator[str]:
    match part:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield "".join(run.text for run in runs)
        case Listing(items=items):
            for item in items:
                for one in item:
                    yield from _words(one)
        case Grid(table=table):
            yield from (table.caption, *table.headings, *(cell for row in table.rows for cell in row if cell))
        case Drawing(words=words):
            yield words


def as_data(part: Part) -> dict[str, Any]:
    """A part as plain JSON with the name of what it is, for the setting of PDF."""
    held = asdict(part)
    if isinstance(part, Listing):
        held["items"] = [[as_data(one) for one in item] for item in part.items]
    if isinstance(part, Grid):
        held["figures"] = list(part.table.figures)
    return {"is": type(part).__name__.lower(), **held}
