"""A table of counts of children as it goes in, with the sums that hold between its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class TableError(ValueError):
    """A table that contradicts itself. The message names the cell or the sum."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of children, episodes or events.

    `key` names the same fact in every publication. Cells that may overlap between publications say what they
    count: the `measure`, and the smallest pieces the cell `covers` (months, ages, wards), so that a wider and
    a narrower cell can be told apart.
    """

    key: str
    count: int
    measure: str = ""
    covers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage or a rate to be shown: `numerator` over `denominator`, for every `per`, to `places`
    decimals.

    The denominator is another cell, or a public number such as a mid-year population.
    """

    key: str
    numerator: str
    denominator: str | int
    per: int = 100
    places: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells, sums and shares that are published together.

    Raises TableError when they do not fit each other.
    """

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()

    def __post_init__(self) -> None:
        counts = self.counts
        if len(counts) != len(self.cells):
            raise TableError("two cells of the table have the same key")
        for cell in self.cells:
            if cell.count < 0:
                raise TableError(f"“{cell.key}” is {cell.count}; a count cannot be negative")
        for each in self.sums:
            _check_sum(each, counts)
        for share in self.shares:
            _check_share(share, counts)

    @property
    def counts(self) -> dict[str, int]:
        """Each cell's count by its key."""
        return {cell.key: cell.count for cell in self.cells}


def one_way(name: str, counts: Mapping[str, int]) -> Table:
    """A list of categories with their total. Keys are `name: category` and `name: all`."""
    cells = [Cell(f"{name}: {category}", count) for category, count in counts.items()]
    total = Cell(f"{name}: all", sum(counts.values()))
    return Table((*cells, total), (Sum(total.key, tuple(cell.key for cell in cells)),))


def two_way(name: str, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> Table:
    """Rows by columns with a total for each row, each column and the whole. Keys are `name: row / column`."""

    def key(row: str, column: str) -> str:
        return f"{name}: {row} / {column}"

    full = [[*line, sum(line)] for line in counts]
    full.append([sum(line[at] for line in full) for at in range(len(columns) + 1)])
    all_rows, all_columns = [*rows, "all"], [*columns, "all"]
    cells = tuple(
        Cell(key(row, column), count)
        for row, line in zip(all_rows, full, strict=True)
        for column, count in zip(all_columns, line, strict=True)
    )
    across = [Sum(key(row, "all"), tuple(key(row, column) for column in columns)) for row in all_rows]
    down = [Sum(key("all", column), tuple(key(row, column) for row in rows)) for column in all_columns]
    return Table(cells, (*across, *down))


def _check_sum(each: Sum, counts: Mapping[str, int]) -> None:
    for key in (each.total, *each.parts):
        if key not in counts:
            raise TableError(f"the sum “{each.total}” names “{key}”, which is not in the table")
    if each.total in each.parts or len(set(each.parts)) != len(each.parts):
        raise TableError(f"the sum “{each.total}” names a cell twice")
    added = sum(counts[part] for part in each.parts)
    if added != counts[each.total]:
        raise TableError(f"the parts of “{each.total}” add up to {added}, not {counts[each.total]}")


def _check_share(share: Share, counts: Mapping[str, int]) -> None:
    for key in (share.numerator, share.denominator):
        if isinstance(key, str) and key not in counts:
            raise TableError(f"the share “{share.key}” names “{key}”, which is not in the table")
