"""The rule for entries that seem the same or contradict each other."""

from datetime import date, time
from time import perf_counter

from trefoil.reviews.chronology.alike import MOST_A_DAY, Told, pairs_of

DAY = date(2025, 3, 3)
VISIT = "The health visitor called at the family home and nobody answered the door"


def told(key: int, *, agency: int, what: str = VISIT, **named: object) -> Told:
    given = {"day": DAY, "at": None, "place": "", "seen": "not_said", **named}
    return Told(key=key, agency=agency, what=what, **given)


def found(*entries: Told) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(one.first, one.second, one.unlike) for one in pairs_of(entries)[0]]


def test_alike_words_of_two_agencies_on_one_day_are_a_pair() -> None:
    other = told(2, agency=8, what="Health visitor called at family home; nobody answered.")
    assert found(told(1, agency=7), other) == [(1, 2, ())]
    assert found(told(1, agency=7), told(2, agency=7)) == []
    assert found(told(1, agency=7), told(2, agency=8, day=date(2025, 3, 4))) == []
    assert found(told(1, agency=7), told(2, agency=8, what="A letter from the school about attendance.")) == []


def test_few_shared_words_prove_nothing() -> None:
    one, other = told(1, agency=7, what="Seen at home"), told(2, agency=8, what="Seen at home")
    assert found(one, other) == []


def test_seen_and_not_seen_contradict_each_other() -> None:
    one, other = told(1, agency=7, seen="seen"), told(2, agency=8, seen="not_seen")
    assert found(one, other) == [(1, 2, ("One says that the child was seen, the other that they were not.",))]
    assert found(one, told(2, agency=8)) == [(1, 2, ())]


def test_same_minute_at_two_places_contradicts_whatever_the_words() -> None:
    at = time(14, 30)
    one = told(1, agency=7, what="Brought in by ambulance", at=at, place="Fairmead hospital")
    other = told(2, agency=8, what="Officers spoke with the aunt", at=at, place="At home")
    assert found(one, other) == [(1, 2, ("They name different places.",))]
    assert found(one, told(2, agency=8, what="Officers came", at=at, place="Hospital, Fairmead")) == []
    assert found(one, told(2, agency=8, what="Officers came", at=time(14, 31), place="At home")) == []


def test_crowded_day_is_named_and_compared_in_part() -> None:
    many = [told(key, agency=key % 2) for key in range(MOST_A_DAY + 1)]
    pairs, crowded = pairs_of(many)
    assert crowded == [DAY]
    assert len(pairs) == (MOST_A_DAY // 2) ** 2


def test_four_thousand_entries_are_compared_in_bounded_time() -> None:
    words = ["visit", "home", "school", "letter", "mother", "father", "doctor", "clinic", "police", "called", "bruise"]
    many = [
        told(
            key,
            agency=key % 5,
            day=date(2024, 1 + key % 12, 1 + key % 28),
            what=" ".join(words[(key * step) % len(words)] for step in (1, 3, 5, 7, 11)),
        )
        for key in range(4_000)
    ]
    begun = perf_counter()
    pairs_of(many)
    assert perf_counter() - begun < 20
