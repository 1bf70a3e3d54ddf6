from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.suppression.published import Mark, notes_for, rounded, show_cell, show_share
from trefoil.indicators.suppression.tables import Share


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)])
def test_rounded_to_the_nearest_five(count: int, shown: int) -> None:
    assert rounded(count) == shown


@given(st.integers(0, 100_000))
def test_rounded_is_a_multiple_of_five_at_most_two_away(count: int) -> None:
    assert rounded(count) % 5 == 0
    assert abs(rounded(count) - count) <= 2


def test_a_hidden_cell_keeps_nothing_of_its_count() -> None:
    assert show_cell("a", 3, Mark.FEWER) == show_cell("a", 5, Mark.FEWER)
    assert show_cell("a", 3, Mark.WITHHELD) == show_cell("a", 900, Mark.WITHHELD)


def test_text_of_cells() -> None:
    texts = [show_cell("a", 1234, mark).text for mark in Mark]
    assert texts == ["1,235", "fewer than 6", "withheld"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "text"),
    [
        # 57 and 62 are shown as 55 and 60; 55 / 60 = 91.67%, where 57 / 62 would be 91.94%.
        (("n", 57, Mark.SHOWN), ("d", 62, Mark.SHOWN), Decimal("91.7"), "91.7"),
        (("n", 0, Mark.SHOWN), ("d", 62, Mark.SHOWN), Decimal("0.0"), "0.0"),
        (("n", 3, Mark.FEWER), ("d", 62, Mark.SHOWN), None, "withheld"),
        (("n", 57, Mark.SHOWN), ("d", 62, Mark.WITHHELD), None, "withheld"),
        (("n", 0, Mark.SHOWN), ("d", 0, Mark.SHOWN), None, "not applicable"),
    ],
)
def test_share_is_worked_out_from_what_is_shown(
    numerator: tuple[str, int, Mark], denominator: tuple[str, int, Mark], value: Decimal | None, text: str
) -> None:
    cells = {"n": show_cell(*numerator), "d": show_cell(*denominator)}
    share = show_share(Share("s", "n", "d", places=1), cells)
    assert (share.value, share.text) == (value, text)


def test_rate_divides_by_a_public_population() -> None:
    cells = {"n": show_cell("n", 327, Mark.SHOWN)}
    # 327 is shown as 325; 325 / 96,000 for every 10,000 = 33.854...
    assert show_share(Share("s", "n", 96_000, per=10_000, places=1), cells).value == Decimal("33.9")


def test_notes_explain_only_what_the_table_shows() -> None:
    zero, count = show_cell("z", 0, Mark.SHOWN), show_cell("c", 40, Mark.SHOWN)
    fewer, withheld = show_cell("f", 2, Mark.FEWER), show_cell("w", 20, Mark.WITHHELD)
    assert notes_for({"z": zero}) == ()
    assert [note.split()[0] for note in notes_for({"c": count, "f": fewer, "w": withheld})] == [
        "Counts",
        "“Fewer",
        "“Withheld”",
    ]
