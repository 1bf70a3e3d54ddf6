"""Recommendations worded alike are found, those that share only their frame are not, and thousands take seconds."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.tasks.xray import invented as invented_many
from tests.plan.xray.made import TODAY
from tests.plan.xray.recommendations import ALIKE, APART, HARD
from trefoil.plan.xray.looking import look
from trefoil.plan.xray.rows import PlanRows, RecommendationRow
from trefoil.plan.xray.similar import Alike, alike, score_words
from trefoil.plan.xray.vocabulary import Check, Limits
from trefoil.plan.xray.wording import telling_words

THRESHOLD = Limits().alike
EARLIER, LATER = ALIKE[0]


def row(key: int, words: str, year: int, closed: date | None = None) -> RecommendationRow:
    return RecommendationRow(key, words, f"review {key}", date(year, 3, 1), closed, actions=1)


def invented() -> list[RecommendationRow]:
    """The pairs (earlier even, closed; later odd) and the rest, all in one partnership."""
    rows = []
    for number, (earlier, later) in enumerate(ALIKE):
        rows.append(row(2 * number, earlier, 2022, date(2023, 6, 1)))
        rows.append(row(2 * number + 1, later, 2026))
    first = 2 * len(ALIKE)
    return rows + [row(first + number, words, 2022 + number % 4) for number, words in enumerate(APART)]


def test_alike_finds_each_pair_and_no_other() -> None:
    found = {(pair.earlier.key, pair.later.key) for pair in alike(invented(), threshold=THRESHOLD)}
    assert found == {(2 * number, 2 * number + 1) for number in range(len(ALIKE))}


def test_alike_leaves_the_frame_alone() -> None:
    rows = [row(number, words, 2020 + number % 6) for number, words in enumerate(APART)]
    assert alike(rows, threshold=THRESHOLD) == []


@pytest.mark.parametrize("pair", ALIKE)
def test_alike_finds_a_pair_by_itself(pair: tuple[str, str]) -> None:
    rows = [row(1, pair[0], 2022), row(2, pair[1], 2026)]
    assert [found.earlier.key for found in alike(rows, threshold=THRESHOLD)] == [1]


def test_alike_finds_half_of_what_is_worded_otherwise() -> None:
    found = [pair for pair in HARD if alike([row(1, pair[0], 2022), row(2, pair[1], 2026)], threshold=THRESHOLD)]
    assert len(found) >= 3


def test_alike_takes_the_closed_one_before_the_open_one() -> None:
    rows = [row(1, EARLIER, 2021, date(2022, 1, 1)), row(2, EARLIER, 2024), row(3, LATER, 2026)]
    pairs = {pair.later.key: pair for pair in alike(rows, threshold=THRESHOLD)}
    assert pairs[3].earlier.key == 1
    assert pairs[3].earlier_was_closed


def test_alike_leaves_out_what_was_withdrawn() -> None:
    rows = [replace(row(1, EARLIER, 2022), is_withdrawn=True), row(2, LATER, 2026)]
    assert alike(rows, threshold=THRESHOLD) == []


def test_look_shows_both_texts_and_how_alike_they_are() -> None:
    rows = PlanRows(recommendations=(row(1, EARLIER, 2022, date(2023, 6, 1)), row(2, LATER, 2026)))
    (found,) = look(rows, today=TODAY)
    assert (found.check, found.subject, found.beside) == (Check.SAME_AGAIN, "recommendation:2", "recommendation:1")
    assert (found.title, found.quote) == (LATER, EARLIER)
    assert found.reason == "It asks for nearly the same as one made on 1 March 2022 (review 1), closed on 1 June 2023."


@pytest.mark.parametrize(
    ("earlier_closed", "later_closed", "checks"),
    [
        (None, None, [Check.SAME_TWICE]),
        (date(2026, 3, 1), None, [Check.SAME_AGAIN]),
        (date(2026, 3, 2), None, []),
        (date(2023, 6, 1), date(2026, 4, 1), []),
    ],
)
def test_look_tells_again_from_twice(
    earlier_closed: date | None, later_closed: date | None, checks: list[Check]
) -> None:
    rows = (row(1, EARLIER, 2022, earlier_closed), row(2, LATER, 2026, later_closed))
    assert [found.check for found in look(PlanRows(recommendations=rows), today=TODAY)] == checks


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (100, "asks for the same as"),
        (97, "asks for the same as"),
        (90, "asks for nearly the same as"),
        (78, "asks for much the same as"),
    ],
)
def test_score_words(score: int, words: str) -> None:
    assert score_words(score) == words


def test_telling_words_drops_the_frame_and_joins_forms() -> None:
    assert telling_words("The partnership should seek assurance that agencies' staff are trained.") == ("train",)
    assert telling_words("Attendance at conferences") == telling_words("attendances at the conference")


def test_alike_takes_seconds_for_thousands() -> None:
    rows = invented_many(5000)
    started = time.perf_counter()
    found = alike(rows, threshold=THRESHOLD)
    assert time.perf_counter() - started < 20
    repeated = sum(pair.later.key % 10 == 9 for pair in found)
    assert repeated > 450
    assert len(found) - repeated < 50


texts = st.lists(st.sampled_from([*"abcdef", "police", "school", "neglect", "children", "ensure"]), max_size=9)


@settings(max_examples=30)
@given(st.lists(st.tuples(texts.map(" ".join), st.integers(2015, 2026)), max_size=12), st.integers(50, 100))
def test_alike_pairs_each_with_an_earlier_one(made: list[tuple[str, int]], threshold: int) -> None:
    rows = [row(number, words, year) for number, (words, year) in enumerate(made)]
    found = alike(rows, threshold=threshold)
    assert len({pair.later.key for pair in found}) == len(found)
    for pair in found:
        assert isinstance(pair, Alike)
        assert (pair.earlier.made_on, pair.earlier.key) < (pair.later.made_on, pair.later.key)
        assert threshold <= pair.score <= 100
        assert set(telling_words(pair.earlier.words)) & set(telling_words(pair.later.words))
