"""The one interface of every shape."""

from dataclasses import dataclass
from typing import Protocol

from ...money import MoneyRow
from ...rows import FigureRow, Finding
from ..context import Context
from ..sheets import Sheet


@dataclass(frozen=True, slots=True)
class Read:
    """What a shape made of a sheet: figures, or sums of money, and what is wrong with its rows."""

    rows: tuple[FigureRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    money: tuple[MoneyRow, ...] = ()


class Shape(Protocol):
    """A layout of file: `name` for short, `title` for readers, `marks` the columns that tell it apart."""

    @property
    def name(self) -> str:
        """Its short name, kept with what was stored."""

    @property
    def title(self) -> str:
        """What a reader calls it."""

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns it cannot do without."""

    def recognises(self, headings: tuple[str, ...]) -> bool:
        """Whether these headings are of this layout, even if one is missing."""

    def read(self, sheet: Sheet, context: Context) -> Read:
        """Every row of the sheet, checked one by one."""
