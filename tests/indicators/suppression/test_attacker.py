"""The attacker must be able to break a badly hidden table, or its silence would prove nothing."""

from tests.indicators.suppression.attacker import possible_values, what_is_shown
from trefoil.indicators.suppression.published import Mark, ShownCell
from trefoil.indicators.suppression.tables import Sum

SUMS = (Sum("all", ("a", "b")),)


def shown(**marks: int | Mark) -> dict[str, ShownCell]:
    return {
        key: ShownCell(key, Mark.SHOWN, mark) if isinstance(mark, int) else ShownCell(key, mark, None)
        for key, mark in marks.items()
    }


def test_attacker_takes_a_single_hidden_cell_from_its_total() -> None:
    cells = shown(a=Mark.FEWER, b=20, all=25)
    exact = what_is_shown(cells, {"a": 3, "b": 20, "all": 23})
    assert possible_values(exact, SUMS, "a") == {3}


def test_attacker_breaks_rounding_of_six_and_one() -> None:
    # b is 6 or 7 and so is the total, so a, which is at least 1, must be 1.
    assert possible_values(what_is_shown(shown(a=Mark.FEWER, b=5, all=5)), SUMS, "a") == {1}


def test_attacker_breaks_a_pair_at_its_minimum() -> None:
    cells = shown(a=Mark.FEWER, b=Mark.FEWER, all=2)
    assert possible_values(what_is_shown(cells, {"a": 1, "b": 1, "all": 2}), SUMS, "b") == {1}


def test_attacker_breaks_twelve_ones_under_a_rounded_twelve() -> None:
    parts = tuple(f"p{n}" for n in range(12))
    cells = shown(**dict.fromkeys(parts, Mark.FEWER), all=10)
    assert possible_values(what_is_shown(cells), (Sum("all", parts),), "p0") == {1}


def test_attacker_leaves_a_well_hidden_pair_alone() -> None:
    cells = shown(a=Mark.FEWER, b=Mark.WITHHELD, all=25)
    assert possible_values(what_is_shown(cells), SUMS, "a", enough=9) == {1, 2, 3, 4, 5}


def test_attacker_solves_a_cross_of_sums() -> None:
    # x + y = 9, x + z = 8, y + z = 7: only 5, 4 and 3 fit.
    sums = (Sum("t", ("x", "y")), Sum("u", ("x", "z")), Sum("v", ("y", "z")))
    cells = shown(x=Mark.WITHHELD, y=Mark.WITHHELD, z=Mark.WITHHELD, t=9, u=8, v=7)
    bounds = what_is_shown(cells, {"t": 9, "u": 8, "v": 7})
    assert [possible_values(bounds, sums, key) for key in "xyz"] == [{5}, {4}, {3}]
