import pytest

from trefoil.indicators.suppression import audit
from trefoil.indicators.suppression.audit import ANYTHING, FEWER, LARGE, Audit, Span
from trefoil.indicators.suppression.tables import Sum

SUMS = (Sum("all", ("a", "b")),)


def exposed(pair: tuple[int, int], **hidden: Span) -> str | None:
    a, b = pair
    return Audit({"a": a, "b": b, "all": a + b}, SUMS, hidden).exposed()


def test_a_single_hidden_cell_is_exposed() -> None:
    assert exposed((3, 20), a=FEWER) == "a"
    assert exposed((3, 20), all=LARGE) == "all"


def test_a_pair_is_protected_when_three_values_fit() -> None:
    # b must stay 6 or more, so of 8 only 1 + 7 and 2 + 6 fit; of 9 also 3 + 6.
    assert exposed((1, 7), a=FEWER, b=LARGE) == "a"
    assert exposed((1, 8), a=FEWER, b=LARGE) is None


def test_a_pair_at_its_minimum_is_exposed() -> None:
    assert exposed((1, 1), a=FEWER, b=FEWER) == "a"
    assert exposed((5, 5), a=FEWER, b=FEWER) == "a"
    assert exposed((1, 1), a=FEWER, b=FEWER, all=ANYTHING) is None


def test_nothing_hidden_is_nothing_exposed() -> None:
    assert exposed((3, 20)) is None


def test_several_cells_may_share_a_gap() -> None:
    # Below 1 no part may go, so a can rise from 1 to 3 only if two of the others fall from 2 to 1.
    counts = {"a": 1, "b": 2, "c": 2, "d": 2, "all": 7}
    found = Audit(counts, (Sum("all", ("a", "b", "c", "d")),), dict.fromkeys("abcd", FEWER))
    assert found.exposed() is None
    assert max(found.seen["a"]) >= 3


def test_a_search_that_gives_up_calls_the_cell_exposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "STEPS", 1)
    assert exposed((3, 20), a=FEWER, b=LARGE) == "a"
