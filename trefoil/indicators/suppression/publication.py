"""The one way to publication. Nothing marked for publication may reach a reader by another."""

from collections.abc import Sequence

from .audit import ANYTHING, FEWER, LARGE, Span
from .choice import Choice, choose
from .differencing import DifferencingRefused, EarlierPublication, refuse_differences, together
from .published import SMALL, Mark, PublishedTable, notes_for, show_cell, show_share
from .tables import Table


def prepare_for_publication(table: Table, *, earlier: Sequence[EarlierPublication] = ()) -> PublishedTable:
    """What of `table` may be shown, given everything published before it.

    Counts of 1 to 5 become "fewer than 6"; further cells are withheld until no hidden one can be worked out
    from the shown ones, the sums and `earlier`; the rest are rounded to the nearest five; shares are worked
    out from the rounded counts and hidden with them. Raises DifferencingRefused, naming the cells, when an
    earlier publication would give a hidden number away whatever is hidden now.
    """
    choice = _choice(table, earlier)
    exposed = choose(choice)
    if exposed is not None:
        raise DifferencingRefused((exposed,), "what was published before gives away")
    cells = {cell.key: show_cell(cell.key, cell.count, choice.mark(cell.key)) for cell in table.cells}
    shares = {share.key: show_share(share, cells) for share in table.shares}
    published = PublishedTable(cells, shares, notes_for(cells))
    refuse_differences(table, published, earlier)
    return published


def _choice(table: Table, earlier: Sequence[EarlierPublication]) -> Choice:
    """Nothing hidden but what was hidden before, which stays as it was; what was shown before stays shown."""
    joined = together(table, earlier)
    hidden = {key: _span(mark, joined.counts[key]) for key, mark in joined.before.items()}
    free = frozenset(table.counts) - joined.pinned - frozenset(hidden)
    return Choice(joined.counts, joined.sums, free, hidden)


def _span(mark: Mark, count: int) -> Span:
    """What a mark of an earlier table tells; of a withheld cell, the narrower of the two that fit."""
    if mark is Mark.FEWER:
        return FEWER
    return LARGE if count > SMALL else ANYTHING
