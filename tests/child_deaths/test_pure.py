"""What needs no database: the hierarchy, what gives a child away, what is alike, age groups, pooled tables."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.child_deaths.ages import age_group
from trefoil.child_deaths.anonymity import gives_away
from trefoil.child_deaths.enums import AgeGroup, Likeness
from trefoil.child_deaths.figures import Block, Notification, Review, blocks_until, table_of
from trefoil.child_deaths.hierarchy import UNSURE, categories, category_of, criteria, explained, steps
from trefoil.child_deaths.sameness import likenesses, sound_of
from trefoil.indicators.suppression.publication import prepare_for_publication
from trefoil.indicators.suppression.published import Mark

BORN, DIED = date(2025, 1, 10), date(2026, 3, 4)


def test_category_is_the_highest_that_applies() -> None:
    assert [one.number for one in categories()] == list(range(1, 11))
    assert category_of([10, 3, 9]).number == 3
    assert explained([3]) == "Category 3 is the only one that applies."
    assert "so it is 3, and 9, 10 stay on record" in explained([9, 10, 3])
    assert (len(criteria()), len(steps())) == (5, 5)
    for wrong in ([], [0], [11, 1]):
        with pytest.raises(ValueError, match="one to ten"):
            category_of(wrong)


@settings(max_examples=20)
@given(st.sets(st.integers(1, 10), min_size=1))
def test_category_is_never_lower_than_another_that_applies(numbers: set[int]) -> None:
    assert category_of(numbers).number in numbers
    assert all(category_of(numbers).number <= one for one in numbers)
    assert str(category_of(numbers).number) in explained(numbers)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Linnet was seen twice.", "a part of the child’s name"),
        ("The LINNET’s mother", "a part of the child’s name"),
        ("The Pike family", "a part of the child’s name"),
        ("Zoë had a cold.", "a part of the child’s name"),
        ("Born 2025-01-10.", "the date of birth"),
        ("Born 10/1/25.", "the date of birth"),
        ("Born 01.10.2025.", "the date of birth"),
        ("Born on the 10th of January 2025.", "the date of birth"),
        ("Born on January 10, 2025.", "the date of birth"),
        ("Born 10 Jan 25.", "the date of birth"),
        ("Number 943-476 5919.", "a number that the child is known by"),
        ("Lived at ZZ94QT.", "the postcode"),
    ],
)
def test_gives_away_finds_what_says_who_the_child_was(text: str, what: str) -> None:
    names = {"name": "Zoe Linnet Ashgrove-Pike", "born_on": BORN, "numbers": "NHS 943 476 5919"}
    found = gives_away(f"A line before.\n{text}", address="2 Mill Lane, ZZ9 4QT", **names)
    assert [(one.what, one.line) for one in found] == [(what, 2)]
    assert text not in str(found[0])


def test_gives_away_leaves_other_words_and_days_alone() -> None:
    text = "Seen on 10 January 2024 and 11/01/2025. The linnets sang. Aged 14 months, 943 476 times."
    assert gives_away(text, name="Linnet Ashgrove-Pike", born_on=BORN, numbers="943 476 5919") == []
    assert gives_away("Born 10 January 2025.", name="Linnet", born_on=None) == []


def alike(one: str, other: str, born: date | None = BORN, other_born: date | None = BORN) -> list[Likeness]:
    first, second = set(likenesses(one, born, DIED)), set(likenesses(other, other_born, DIED))
    return [likeness for likeness in Likeness if likeness in {kind for kind, _ in first & second}]


def test_likenesses_of_two_notifications() -> None:
    assert alike("Linnet Pike", "PIKE, Linnét")[0] == Likeness.SAME
    assert alike("Catherine Smyth", "Katharine Smith") == [Likeness.BORN]  # the first letter is kept as it is
    assert alike("Linnet Pike", "Linet Pyke") == [Likeness.SOUND, Likeness.BORN]
    assert alike("Linnet Pike", "Linnet Pike", date(2025, 1, 10), date(2025, 10, 1)) == [Likeness.TURNED, Likeness.NAME]
    assert alike("Linnet Pike", "Linnet Pike", BORN, None) == [Likeness.NAME]
    assert alike("Linnet Pike", "Robin Wren", BORN, date(2025, 1, 11)) == []
    assert list(likenesses("?", BORN, DIED)) == []
    assert [sound_of(one) for one in ("robert", "rupert", "tymczak", "pfister")] == ["r163", "r163", "t522", "p236"]


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (None, AgeGroup.UNKNOWN),
        (date(2026, 2, 5), AgeGroup.NEONATAL),
        (date(2026, 2, 4), AgeGroup.INFANT),
        (date(2025, 3, 4), AgeGroup.ONE_TO_FOUR),
        (date(2008, 3, 5), AgeGroup.FIFTEEN_TO_SEVENTEEN),
    ],
)
def test_age_group_by_hand(born: date | None, group: AgeGroup) -> None:
    assert age_group(born, DIED) == group


def test_age_group_of_an_adult_is_refused() -> None:
    with pytest.raises(ValueError, match="18"):
        age_group(date(2008, 3, 4), DIED)


def test_blocks_do_not_overlap_and_are_whole() -> None:
    assert [str(one) for one in blocks_until(date(2026, 4, 1))] == [
        "April 2023 to March 2026",
        "April 2020 to March 2023",
    ]
    assert blocks_until(date(2026, 3, 31)) == [Block(2020)]
    assert blocks_until(date(2023, 3, 31)) == []


def test_table_of_a_block_hides_small_numbers_and_what_would_give_them_away() -> None:
    infant = Notification(AgeGroup.INFANT.label, "Female", "White", "Expected", has_response=False, in_time=True)
    older = Notification(AgeGroup.FIVE_TO_NINE.label, "Male", "White", "Expected", has_response=True, in_time=True)
    review = Review(
        str(categories()[7]), is_modifiable=True, has_key_worker=True, meeting_in_time=True, panel_in_time=False
    )
    shown = prepare_for_publication(table_of([infant] * 18 + [older] * 2, [review] * 12))
    assert shown.cells["Notified: all"].text == "20"
    assert shown.cells["Age: 5 to 9 years"].mark == Mark.FEWER
    assert shown.cells["Age: 28 days to under 1 year"].mark == Mark.WITHHELD
    assert shown.cells[f"Category: {categories()[7]}"].text == "10"
    assert shown.shares["Modifiable factors"].text == "100"
    small = prepare_for_publication(table_of([infant] * 4, [review] * 8))
    assert small.cells["Notified: all"].mark == Mark.FEWER
    assert [key for key, one in small.cells.items() if one.value] == ["Closed: all"]


def test_unsure_says_which_names_were_not_seen_in_print() -> None:
    numbers = [str(one.number) for one in categories() if not one.source]
    assert f"categories {', '.join(numbers[:-1])} and {numbers[-1]}," in UNSURE
