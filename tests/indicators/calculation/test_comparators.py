from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.comparators import neighbours, ordinal, quartiles, ranks
from trefoil.indicators.calculation.polarity import Polarity

values = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.none() | st.decimals(0, 50, places=0), max_size=15
)


def test_neighbours_mean_and_median_differ() -> None:
    found = neighbours([Decimal(1), Decimal(2), None, Decimal(9), Decimal(20)])
    # Mean (1 + 2 + 9 + 20) / 4 = 8; median (2 + 9) / 2 = 5.5.
    assert (found.mean, found.median, found.used, found.missing) == (8, Decimal("5.5"), 4, 1)
    assert found.words == "4 of 5 neighbours"


def test_neighbours_odd_number_has_a_middle() -> None:
    found = neighbours([Decimal(30), Decimal(10), Decimal(11)])
    assert (found.mean, found.median) == (17, 11)
    assert found.words == "3 neighbours"


def test_neighbours_without_figures() -> None:
    found = neighbours([None])
    assert (found.mean, found.median, found.words) == (None, None, "0 of 1 neighbour")
    assert neighbours([]).used == 0


@given(st.lists(st.none() | st.decimals(0, 100, places=2), min_size=1, max_size=12), st.randoms())
def test_neighbours_lie_within_the_values_in_any_order(found: list[Decimal | None], random: Random) -> None:
    summary = neighbours(found)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert neighbours(shuffled) == summary
    available = [value for value in found if value is not None]
    assert summary.used + summary.missing == len(found)
    if available:
        assert summary.mean is not None
        assert summary.median is not None
        assert min(available) <= summary.median <= max(available)
        assert min(available) - Decimal("1e-20") <= summary.mean <= max(available) + Decimal("1e-20")


def test_ranks_share_a_place() -> None:
    found = ranks({"a": Decimal(95), "b": Decimal(80), "c": Decimal(80), "d": Decimal(10), "e": None}, Polarity.HIGHER)
    assert {name: place and (place.position, place.words) for name, place in found.items()} == {
        "a": (1, "1st of 4"),
        "b": (2, "joint 2nd of 4"),
        "c": (2, "joint 2nd of 4"),
        "d": (4, "4th of 4"),
        "e": None,
    }


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (Polarity.LOWER, ["3rd of 3", "2nd of 3", "1st of 3"]),
        (Polarity.CONTEXT, ["highest of 3", "2nd highest of 3", "3rd highest of 3"]),
        (Polarity.MONITOR, ["highest of 3", "2nd highest of 3", "3rd highest of 3"]),
    ],
)
def test_rank_words_follow_polarity(polarity: Polarity, words: list[str]) -> None:
    found = ranks({"a": Decimal(30), "b": Decimal(20), "c": Decimal(10)}, polarity)
    assert [place.words for place in found.values() if place] == words


@given(values)
def test_ranks_do_not_depend_on_order(found: dict[str, Decimal | None]) -> None:
    backwards = dict(reversed(found.items()))
    assert ranks(backwards, Polarity.HIGHER) == ranks(found, Polarity.HIGHER)


@given(values)
def test_distinct_values_make_every_place_once_and_mirror(found: dict[str, Decimal | None]) -> None:
    distinct = {name: value for name, value in found.items() if value is not None}
    distinct = {name: value + index * 1000 for index, (name, value) in enumerate(distinct.items())}
    high, low = ranks(distinct, Polarity.HIGHER), ranks(distinct, Polarity.LOWER)
    assert sorted(place.position for place in high.values() if place) == list(range(1, len(distinct) + 1))
    for name in distinct:
        best, worst = high[name], low[name]
        assert best is not None
        assert worst is not None
        assert best.position + worst.position == len(distinct) + 1


def test_quartiles_of_ten_and_of_eleven() -> None:
    ten = quartiles({str(n): Decimal(n) for n in range(10)}, Polarity.LOWER)
    # 4(p-1)/10 + 1 rounded down for places 1 to 10.
    assert list(ten.values()) == [1, 1, 1, 2, 2, 3, 3, 3, 4, 4]
    eleven = quartiles({str(n): Decimal(n) for n in range(11)}, Polarity.HIGHER)
    assert list(eleven.values()) == [4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1]


def test_quartiles_of_three_are_not_given() -> None:
    assert set(quartiles({"a": Decimal(1), "b": Decimal(2), "c": Decimal(3), "d": None}, Polarity.HIGHER).values()) == {
        None
    }


@given(values)
def test_quartile_never_falls_as_rank_rises(found: dict[str, Decimal | None]) -> None:
    places, parts = ranks(found, Polarity.HIGHER), quartiles(found, Polarity.HIGHER)
    ordered = sorted((place.position, parts[name]) for name, place in places.items() if place)
    parts_in_order = [part for _, part in ordered if part is not None]
    assert parts_in_order == sorted(parts_in_order)
    assert set(parts_in_order) <= {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
        (153, "153rd"),
    ],
)
def test_ordinal(number: int, words: str) -> None:
    assert ordinal(number) == words
