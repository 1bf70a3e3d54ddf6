"""What comes out: only what a reader may see. No exact count is kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trefoil.indicators.calculation.ratios import rate_per

from .tables import Share

SMALL = 5
BASE = 5


class Mark(StrEnum):
    """How a cell is shown. WITHHELD may stand for any number, a small one and zero included."""

    SHOWN = "shown"
    FEWER = "fewer than 6"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as a reader sees it: `value` is 0 or a multiple of five, and None when the cell is hidden."""

    key: str
    mark: Mark
    value: int | None

    @property
    def text(self) -> str:
        """What stands in the table."""
        return self.mark.value if self.value is None else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A percentage or rate as a reader sees it, worked out from rounded counts.

    Without a value it is `withheld` because one of its counts is hidden, or its denominator is zero.
    """

    key: str
    value: Decimal | None
    withheld: bool

    @property
    def text(self) -> str:
        """What stands in the table."""
        if self.value is not None:
            return f"{self.value:,}"
        return Mark.WITHHELD.value if self.withheld else "not applicable"


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """The cells and shares that may be shown, and the notes that must stand beneath them."""

    cells: Mapping[str, ShownCell]
    shares: Mapping[str, ShownShare]
    notes: tuple[str, ...]


def rounded(count: int) -> int:
    """The multiple of five nearest to `count`."""
    return (count + BASE // 2) // BASE * BASE


def show_cell(key: str, count: int, mark: Mark) -> ShownCell:
    """Round a shown count to the nearest five; drop a hidden one."""
    if mark is not Mark.SHOWN:
        return ShownCell(key, mark, None)
    return ShownCell(key, mark, rounded(count))


def show_share(share: Share, cells: Mapping[str, ShownCell]) -> ShownShare:
    """Work a share out from what is shown and nothing else, so that it can give nothing more away."""
    below = share.denominator
    numerator = cells[share.numerator].value
    denominator = cells[below].value if isinstance(below, str) else below
    value = rate_per(numerator, denominator, share.per, share.places)
    return ShownShare(share.key, value, numerator is None or denominator is None)


def notes_for(cells: Mapping[str, ShownCell]) -> tuple[str, ...]:
    """The sentences that explain what a reader sees, as few as the table needs."""
    marks = {cell.mark for cell in cells.values()}
    notes = []
    if any(cell.value for cell in cells.values()):
        notes.append("Counts are rounded to the nearest 5, so parts may not add up to their total.")
    if Mark.FEWER in marks:
        notes.append("“Fewer than 6” stands for 1 to 5.")
    if Mark.WITHHELD in marks:
        notes.append("“Withheld” stands for any number, kept back so that a small one cannot be worked out.")
    return tuple(notes)
