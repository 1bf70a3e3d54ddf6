from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.accumulate import months_between
from trefoil.indicators.calculation.change import Direction
from trefoil.indicators.calculation.numerals import in_words
from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.calculation.runs import Side
from trefoil.indicators.calculation.sentences import (
    Streak,
    Summary,
    chart_title,
    is_older,
    newest_end,
    page_sentences,
    row_words,
    streak,
)
from trefoil.indicators.calculation.targets import Rag
from trefoil.indicators.calculation.xmr import Kind, xmr
from trefoil.indicators.periods import Period, month, reporting_year

MONTHS = months_between(month(2018, 3), month(2019, 12))
START = [10, 12] * 5


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([9, 8, 7, 6], Streak(3, Side.LOW)),
        ([1, 9, 8, 9], Streak(1, Side.HIGH)),
        ([5, 5], Streak(0, Side.HIGH)),
        ([3, 4, 4], Streak(0, Side.HIGH)),
        ([1, 2, None, 3, 4], Streak(1, Side.HIGH)),
        ([1, 2, None], Streak(0, Side.HIGH)),
        ([5], Streak(0, Side.HIGH)),
        ([], Streak(0, Side.HIGH)),
    ],
)
def test_streak(values: list[int | None], expected: Streak) -> None:
    assert streak([None if value is None else Decimal(value) for value in values]) == expected


@given(st.lists(st.integers(0, 9).map(Decimal), max_size=12))
def test_streak_turns_over_with_the_values(values: list[Decimal]) -> None:
    found, turned = streak(values), streak([-value for value in values])
    assert found.steps == turned.steps
    assert found.steps == 0 or found.side is not turned.side


@pytest.mark.parametrize(
    ("polarity", "rag", "steps", "side", "expected"),
    [
        (Polarity.HIGHER, Rag.RED, 7, Side.LOW, "below target, and falling for seven months"),
        (Polarity.HIGHER, Rag.RED, 3, Side.HIGH, "below target, but rising for three months"),
        (Polarity.HIGHER, Rag.AMBER, 4, Side.LOW, "close to target, and falling for four months"),
        (Polarity.HIGHER, Rag.GREEN, 13, Side.LOW, "on target, but falling for 13 months"),
        (Polarity.HIGHER, Rag.GREEN, 3, Side.HIGH, "on target, and rising for three months"),
        (Polarity.LOWER, Rag.RED, 5, Side.HIGH, "above target, and rising for five months"),
        (Polarity.LOWER, Rag.RED, 5, Side.LOW, "above target, but falling for five months"),
        (Polarity.LOWER, Rag.GREEN, 5, Side.LOW, "on target, and falling for five months"),
        (Polarity.HIGHER, Rag.RED, 2, Side.LOW, "below target"),
        (Polarity.MONITOR, Rag.NONE, 6, Side.HIGH, "rising for six months"),
        (Polarity.MONITOR, Rag.NONE, 1, Side.HIGH, ""),
    ],
)
def test_row_words(polarity: Polarity, rag: Rag, steps: int, side: Side, expected: str) -> None:
    assert row_words(Summary("Visits in time", polarity, rag, Streak(steps, side))) == expected


def test_row_words_for_quarters_and_for_nothing_returned() -> None:
    falling = Summary("Visits in time", Polarity.HIGHER, Rag.RED, Streak(3, Side.LOW))
    assert row_words(falling, period="quarter") == "below target, and falling for three quarters"
    assert row_words(Summary("Visits in time", Polarity.HIGHER, missing=True)) == "no figure returned"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([*START, 1], "Visits in time fell below the usual range in January 2019"),
        ([*START, 40], "Visits in time rose above the usual range in January 2019"),
        ([*START, 11], "Visits in time stayed within the usual range in January 2019"),
        (
            [*START, 10, *[12, 13] * 4],
            "Visits in time stayed above the usual level eight times in a row to September 2019",
        ),
        (
            [*START, 12, *[10, 9] * 4],
            "Visits in time stayed below the usual level eight times in a row to September 2019",
        ),
        (
            [*START, 14, 13, 12, 11, 10, 9],
            "Visits in time fell steadily over six figures in a row to June 2019",
        ),
        (
            [*START, 8, 9, 10, 11, 12, 13],
            "Visits in time rose steadily over six figures in a row to June 2019",
        ),
        ([*START, 15, 11, 15], "Visits in time came close to the top of the usual range in March 2019"),
        ([*START, 7, 11, 7], "Visits in time came close to the bottom of the usual range in March 2019"),
        ([1, 2], "Visits in time: too few figures to say what is usual"),
        ([], "Visits in time: no figures yet"),
    ],
)
def test_chart_title(values: list[int], title: str) -> None:
    figures = [(MONTHS[at], Decimal(value)) for at, value in enumerate(values)]
    chart = xmr(figures, polarity=Polarity.HIGHER, kind=Kind.OTHER, baseline=10)
    assert chart_title("Visits in time", chart) == title


def summary(name: str, meaning: Direction | None = None, *, missing: bool = False) -> Summary:
    return Summary(name, Polarity.HIGHER, better_or_worse=meaning, missing=missing)


def test_page_sentences_name_what_moved_and_what_is_missing() -> None:
    found = page_sentences(
        [
            summary("Visits in time", Direction.WORSE),
            summary("Reviews on time", Direction.WORSE),
            summary("CSE episodes", Direction.BETTER),
            summary("Dental checks", missing=True),
            summary("Contacts", Direction.UP),
        ]
    )
    assert found == (
        "Better than last time: CSE episodes.",
        "Worse than last time: visits in time and reviews on time.",
        "Missing: dental checks.",
    )


def test_page_sentences_count_what_they_do_not_name() -> None:
    four = [summary(f"Measure {n}", Direction.BETTER) for n in "abcd"]
    five = [*four, summary("Measure e", Direction.BETTER)]
    assert page_sentences(four)[0] == "Better than last time: measure a, measure b, measure c and one other."
    assert page_sentences(five)[0] == "Better than last time: measure a, measure b, measure c and two others."


def test_page_sentences_when_there_is_nothing_to_name() -> None:
    assert page_sentences([summary("Contacts")]) == (
        "No measure is better than last time.",
        "No measure is worse than last time.",
        "No figure is missing.",
    )
    assert page_sentences([])[2] == "No figures are expected here."


def test_a_missing_measure_is_neither_better_nor_worse() -> None:
    found = page_sentences([summary("Contacts", Direction.WORSE, missing=True)])
    assert found[1] == "No measure is worse than last time."


OF_2025 = reporting_year(2025)
OF_2019 = month(2019, 2)


def dated(name: str, period: Period, meaning: Direction | None = None, *, missing: bool = False) -> Summary:
    return replace(summary(name, meaning, missing=missing), period=period)


def test_page_sentences_say_of_when_the_figures_are() -> None:
    assert page_sentences([dated("Contacts", OF_2025)])[0] == "The latest figures are of 2024-25."
    two = [dated("Contacts", OF_2025), dated("Visits", month(2025, 1))]
    assert page_sentences(two)[0] == "The latest figures are of periods that end between January 2025 and March 2025."
    both = [dated("Contacts", OF_2025), dated("Visits", month(2025, 3))]
    assert page_sentences(both)[0] == "The latest figures are of periods that end in March 2025."


def test_page_sentences_do_not_count_years_together() -> None:
    found = page_sentences(
        [
            dated("Contacts", OF_2025, Direction.BETTER),
            dated("Visits in time", OF_2019, Direction.BETTER),
            dated("Reviews on time", OF_2019, Direction.WORSE),
            dated("Dental checks", month(2019, 1), missing=True),
            dated("Plans", reporting_year(2024), Direction.WORSE),
            dated("Summer holidays", month(2020, 8)),
        ]
    )
    assert found == (
        "The latest figures are of 2024-25.",
        "Better than last time: contacts.",
        "No measure is worse than last time.",
        "No figure is missing.",
        "Older, and not counted above: one measure of 2023-24, one worse than before.",
        "Older, and not counted above: one measure of August 2020.",
        "Older, and not counted above: three measures of 2018-19, one better than before, one worse than before and "
        "one missing.",
    )


MONTHS_OF_TEN_YEARS = st.builds(month, st.integers(2015, 2025), st.integers(1, 12))


@given(st.lists(st.tuples(MONTHS_OF_TEN_YEARS, st.sampled_from(Direction)), max_size=9))
def test_page_sentences_count_each_older_measure_once(moves: list[tuple[Period, Direction]]) -> None:
    found = [dated(f"Measure {number}", period, meaning) for number, (period, meaning) in enumerate(moves)]
    newest = newest_end(found)
    older = [one for one in found if is_older(one.ends_on, newest)]
    sentences = [one for one in page_sentences(found) if one.startswith("Older")]
    numbers = {in_words(number): number for number in range(13)}
    assert sum(numbers[sentence.split(": ")[1].split()[0]] for sentence in sentences) == len(older)
