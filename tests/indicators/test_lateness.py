"""How late a return was, in words."""

from datetime import date

import pytest

from trefoil.indicators.lateness import lateness_words

DUE = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("day", "closes_on", "words"),
    [
        (date(2026, 11, 10), None, ""),
        (date(2026, 11, 11), None, "1 day after it was due"),
        (date(2026, 11, 15), date(2026, 11, 15), "5 days after it was due"),
        (date(2026, 11, 16), date(2026, 11, 15), "6 days after it was due and 1 day after it closed"),
    ],
)
def test_lateness_counts_from_the_day_after(day: date, closes_on: date | None, words: str) -> None:
    assert lateness_words(day, due_on=DUE, closes_on=closes_on) == words
