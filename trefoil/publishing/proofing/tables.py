"""Tables that contradict themselves: totals that are not the sum of their rows, shares not those of the amounts.

Pure. A table with a hidden figure is left alone: its sum cannot be known.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..blocks.shown import ShownBlock, ShownTable
from .fault import Fault, Looked, Whole

NUMBER = re.compile(r"([−-]?)£?([\d,]+(?:\.\d+)?)%?")
FEWEST_PARTS = 2
HALF = Decimal("0.5")
BASE = 5
"""What counts are rounded to where small numbers are hidden."""
CURE = "Put it right in the records that the table comes from, then look again."


def sums(whole: Whole) -> Iterator[Fault]:
    """Rows called a total that are not the sum of the rows above them."""
    for section, block, table in _tables(whole):
        for place, total in _totals(table):
            for column in range(1, len(table.headings)):
                if said := _sum_fault(table, table.rows[:place], total, column, is_rounded=_is_rounded(block)):
                    yield Fault("sum", section.pk, f"{table.caption}: {said}", CURE, blocks=True)


def shares(whole: Whole) -> Iterator[Fault]:
    """Percentages that are not those of the amounts to their left."""
    for section, block, table in _tables(whole):
        for place, total in _totals(table):
            for amounts, percents in pairwise(range(1, len(table.headings))):
                if _is_share(total, amounts, percents):
                    for said in _share_faults(table.rows[:place], total, amounts, percents, _is_rounded(block)):
                        yield Fault("share", section.pk, f"{table.caption}: {said}", CURE, blocks=True)


def number_of(cell: str) -> Decimal | None:
    """The figure of a cell; None for words, also for those that stand where a figure is hidden."""
    found = NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    value = Decimal(found[2].replace(",", ""))
    return -value if found[1] else value


def _tables(whole: Whole) -> Iterator[tuple[Looked, ShownBlock, ShownTable]]:
    return ((section, block, table) for section in whole for block in section.blocks for table in block.tables)


def _totals(table: ShownTable) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((place, row) for place, row in enumerate(table.rows) if row[0].lower().split()[:1] == ["total"])


def _is_rounded(block: ShownBlock) -> bool:
    return any("rounded" in sentence for sentence in block.sentences)


def _sum_fault(
    table: ShownTable, above: Sequence[tuple[str, ...]], total: tuple[str, ...], column: int, *, is_rounded: bool
) -> str:
    parts, stated = [number_of(row[column]) for row in above], number_of(total[column])
    known = [part for part in parts if part is not None]
    if stated is None or len(known) < len(parts) or len(known) < FEWEST_PARTS:
        return ""
    is_percent = total[column].endswith("%")
    each = HALF * _unit(total[column]) if is_percent else Decimal(BASE) / 2 if is_rounded else Decimal(0)
    if abs(stated - sum(known)) <= each * (len(known) + 1):
        return ""
    return f"{table.headings[column]} says {total[column]} in all, and its rows make {sum(known):,}."


def _is_share(total: tuple[str, ...], amounts: int, percents: int) -> bool:
    return total[percents].endswith("%") and not total[amounts].endswith("%") and bool(number_of(total[amounts]))


def _share_faults(
    above: Sequence[tuple[str, ...]], total: tuple[str, ...], amounts: int, percents: int, is_rounded: bool
) -> Iterator[str]:
    whole = number_of(total[amounts]) or Decimal(1)
    for row in above:
        amount, stated = number_of(row[amounts]), number_of(row[percents])
        if amount is None or stated is None:
            continue
        worked_out = 100 * amount / whole
        loose = 100 * Decimal(BASE) / whole if is_rounded else Decimal(0)
        if abs(stated - worked_out) > HALF * _unit(row[percents]) + loose:
            yield f"{row[0]} says {row[percents]}, and {row[amounts]} of {total[amounts]} is {worked_out:.1f}%."


def _unit(cell: str) -> Decimal:
    """One step of a figure's last decimal place: 1 for `56%`, 0.1 for `56.2%`."""
    _, dot, decimals = cell.rstrip("%").partition(".")
    return Decimal(1).scaleb(-len(decimals)) if dot else Decimal(1)
