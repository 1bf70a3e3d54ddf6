"""What an earlier publication gives away together with a new one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .published import SMALL, Mark, PublishedTable
from .tables import Cell, Sum, Table


class DifferencingRefused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A table that must not be published beside an earlier one.

    `cells` are the keys; the message names them.
    """

    def __init__(self, cells: tuple[str, ...], reason: str) -> None:
        super().__init__(f"{reason}: {', '.join(f'“{key}”' for key in cells)}")
        self.cells = cells


@dataclass(frozen=True, slots=True)
class EarlierPublication:
    """What was published before and the counts behind it. The counts never leave the partnership."""

    table: Table
    published: PublishedTable


@dataclass(frozen=True, slots=True)
class Together:
    """A new table and the earlier ones as one system of sums.

    A cell with the same key and the same count is one cell. One whose count was restated is two: the old
    one's key gets the number of its publication. `pinned` are cells shown before, which hiding now would not
    hide. `before` is how the hidden cells of the earlier tables were marked.
    """

    counts: Mapping[str, int]
    sums: Sequence[Sum]
    pinned: frozenset[str]
    before: Mapping[str, Mark]


def together(table: Table, earlier: Sequence[EarlierPublication]) -> Together:
    """Join the new table with what was published before it."""
    counts, sums = dict(table.counts), list(table.sums)
    pinned: set[str] = set()
    before: dict[str, Mark] = {}
    for number, publication in enumerate(earlier, start=1):
        names = {
            cell.key: cell.key if counts.get(cell.key, cell.count) == cell.count else f"{cell.key} ({number})"
            for cell in publication.table.cells
        }
        counts |= {names[cell.key]: cell.count for cell in publication.table.cells}
        sums += [Sum(names[each.total], tuple(names[part] for part in each.parts)) for each in publication.table.sums]
        for key, shown in publication.published.cells.items():
            if shown.mark is Mark.SHOWN:
                pinned.add(names[key])
            else:
                before[names[key]] = shown.mark
    return Together(counts, sums, frozenset(pinned), before)


def refuse_differences(table: Table, published: PublishedTable, earlier: Sequence[EarlierPublication]) -> None:
    """Raise DifferencingRefused when shown cells, new and earlier, leave 1 to 5 between them.

    A wider cell less narrower ones of the same measure that do not overlap each other is the count of what is
    left. At least one cell must be new and one earlier: sums within one table are the audit's work.
    """
    new = _shown(table, published)
    old = _shown_before(earlier)
    for wider in [*new, *old]:
        for family in _families(wider, [*new, *old]):
            if any(cell in new for cell in family):
                keys = tuple(cell.key for cell in family)
                raise DifferencingRefused(keys, "the difference between these would show a small number")


def refuse_moved_windows(table: Table, published: PublishedTable, earlier: Sequence[EarlierPublication]) -> None:
    """Raise DifferencingRefused when a window of time, moved on, differs by 1 to 5 from one that was shown before.

    For counts over the last twelve months: two that overlap differ by what came in less what dropped out, and whoever
    knows one of these, for a rare thing often none, has the other.
    """
    old = _shown_before(earlier)
    for cell in _shown(table, published):
        for before in old:
            overlap = cell.covers & before.covers and cell.covers != before.covers
            if cell.measure == before.measure and overlap and 1 <= abs(cell.count - before.count) <= SMALL:
                raise DifferencingRefused((cell.key, before.key), "between these only a small number has changed")


def _shown(table: Table, published: PublishedTable) -> list[Cell]:
    """The cells that are shown as numbers and say what they cover."""
    return [cell for cell in table.cells if published.cells[cell.key].mark is Mark.SHOWN and cell.covers]


def _shown_before(earlier: Sequence[EarlierPublication]) -> list[Cell]:
    return [cell for publication in earlier for cell in _shown(publication.table, publication.published)]


def _families(wider: Cell, shown: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The wider cell with narrower ones whose counts leave 1 to 5 of it, and some of what it covers."""
    inside = sorted(
        (cell for cell in shown if cell.measure == wider.measure and cell.covers < wider.covers),
        key=lambda cell: -cell.count,
    )

    def search(start: int, left: int, uncovered: frozenset[str], family: list[Cell]) -> Iterator[list[Cell]]:
        if len(family) > 1 and 1 <= left <= SMALL and uncovered:
            yield family
        if left - sum(cell.count for cell in inside[start:]) > SMALL:
            return
        for at, cell in enumerate(inside[start:], start=start):
            if cell.covers <= uncovered and cell.count <= left:
                yield from search(at + 1, left - cell.count, uncovered - cell.covers, [*family, cell])

    return search(0, wider.count, wider.covers, [wider])
