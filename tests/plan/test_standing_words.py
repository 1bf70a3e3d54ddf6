"""How a priority and a year stand, in sentences."""

import pytest

from trefoil.plan.queries import Tally
from trefoil.plan.standing_words import overview_words, tally_words


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(), "No action yet."),
        (Tally(proposed=1), "1 action: 1 waiting for an answer."),
        (
            Tally(proposed=2, working=6, overdue=2),
            "8 actions: 2 waiting for an answer and 6 being worked on. 2 of them are overdue.",
        ),
        (Tally(closed=3, shown=3), "3 actions: 3 closed with impact shown."),
        (
            Tally(refused=1, done=1, closed=2, shown=1, working=1, overdue=1),
            "5 actions: 1 refused, 1 being worked on, 1 done but not closed and 2 closed (1 with impact shown). 1 of "
            "them is overdue.",
        ),
    ],
)
def test_tally_words(tally: Tally, words: str) -> None:
    assert tally_words(tally) == words


@pytest.mark.parametrize(
    ("tallies", "words"),
    [
        ([], "This year has no priority yet."),
        ([Tally()], "1 priority and no actions."),
        ([Tally(working=1)], "1 priority and 1 action. None is closed yet. None is overdue."),
        (
            [Tally(working=2, overdue=2), Tally(closed=2, shown=1)],
            "2 priorities and 4 actions. 2 have been closed, 1 with impact shown. 2 are overdue.",
        ),
    ],
)
def test_overview_words(tallies: list[Tally], words: str) -> None:
    assert overview_words(tallies) == words
