"""How a priority, and a whole year's plan, stands: sentences made from the numbers of actions. Pure: no database."""

from collections.abc import Sequence

from .queries import Tally
from .words import counted, listed


def tally_words(tally: Tally) -> str:
    """`8 actions: 5 being worked on and 3 closed with impact shown. 2 of them are overdue.`"""
    if not tally.total:
        return "No action yet."
    parts = [
        (tally.proposed, f"{tally.proposed:,} waiting for an answer"),
        (tally.refused, f"{tally.refused:,} refused"),
        (tally.working, f"{tally.working:,} being worked on"),
        (tally.done, f"{tally.done:,} done but not closed"),
        (tally.closed, closed_words(tally)),
    ]
    said = f"{counted(tally.total, 'action')}: {listed([words for number, words in parts if number])}."
    if not tally.overdue:
        return said
    return f"{said} {tally.overdue:,} {'of them is' if tally.overdue == 1 else 'of them are'} overdue."


def closed_words(tally: Tally) -> str:
    """`3 closed, 2 of them with impact shown`."""
    if tally.shown == tally.closed:
        return f"{tally.closed:,} closed with impact shown"
    return f"{tally.closed:,} closed ({tally.shown:,} with impact shown)"


def overview_words(tallies: Sequence[Tally]) -> str:
    """The whole year in one or two sentences: how much is done, how much of it changed something, what is late."""
    if not tallies:
        return "This year has no priority yet."
    total = sum(tally.total for tally in tallies)
    closed, shown = sum(tally.closed for tally in tallies), sum(tally.shown for tally in tallies)
    overdue = sum(tally.overdue for tally in tallies)
    said = f"{counted(len(tallies), 'priority', 'priorities')} and {counted(total, 'action')}."
    if not total:
        return said
    late = f" {overdue:,} {'is' if overdue == 1 else 'are'} overdue." if overdue else " None is overdue."
    return f"{said} {_closed_of(closed, shown)}{late}"


def _closed_of(closed: int, shown: int) -> str:
    if not closed:
        return "None is closed yet."
    have = "has" if closed == 1 else "have"
    impact = "each with impact shown" if closed == shown else f"{shown:,} with impact shown"
    return f"{closed:,} {have} been closed, {impact}."
