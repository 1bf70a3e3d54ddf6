"""The pictures: what they say in words, and how they are drawn."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from trefoil.extracts.pictures.journey import Step, journey_picture
from trefoil.extracts.pictures.ratios import Ratio, ratio_picture, times
from trefoil.extracts.pictures.tiles import Tile, step_of, tile_grid


def test_journey_picture_tells_every_stage_and_draws_bars_by_count() -> None:
    steps = [Step("Contacts", 200), Step("Referrals", 50, "Contacts", Decimal("1.0")), Step("Plans", None, "Referrals")]
    drawn = ET.fromstring(journey_picture(steps, title="A & B"))  # noqa: S314  our own drawing
    assert drawn.get("aria-label") == (
        "A & B. Contacts: 200. Referrals: 50, median 1 working day after contacts. Plans: not in this extract."
    )
    wide, quarter, unknown = drawn.findall("rect")
    assert int(quarter.get("width", "")) * 4 == pytest.approx(int(wide.get("width", "")), abs=4)
    assert unknown.get("fill") == "none"


def test_tile_grid_names_each_tile_and_escapes_what_it_is_given() -> None:
    tiles = [Tile("North <b>", Decimal(1), "1"), Tile("South", Decimal(9), "9"), Tile("West", None, "–")]
    drawn = ET.fromstring(tile_grid(tiles, title="Referrals", in_a_row=2))  # noqa: S314  our own drawing
    assert drawn.get("aria-label") == "Referrals. North <b>: 1; South: 9; West: –."
    fills = [one.get("fill") for one in drawn.findall("rect")]
    assert len(set(fills)) == 3
    assert drawn.get("viewBox") == "0 0 308 200"


@pytest.mark.parametrize(("value", "step"), [(0, 0), (19, 0), (20, 1), (99, 4), (100, 4)])
def test_step_of_is_a_fifth_of_the_way(value: int, step: int) -> None:
    assert step_of(Decimal(value), Decimal(0), Decimal(100)) == step
    assert step_of(Decimal(5), Decimal(5), Decimal(5)) == 2


def test_ratio_picture_tells_every_group_and_fills_the_dot_of_one_that_differs() -> None:
    ratios = [
        Ratio("Black & more", Decimal("3.2"), Decimal("2.2"), Decimal("4.5")),
        Ratio("White", Decimal("0.9"), Decimal("0.7"), Decimal("1.2")),
        Ratio("Other"),
    ]
    drawn = ET.fromstring(ratio_picture(ratios, title="Referrals"))  # noqa: S314  our own drawing
    assert drawn.get("aria-label") == (
        "Referrals. Black & more: 3.2 times (2.2 to 4.5); White: 0.90 times (0.70 to 1.20); Other: too few to say."
    )
    differs, alike = drawn.findall("circle")
    assert (differs.get("fill") == alike.get("fill"), alike.get("fill")) == (False, "#ffffff")
    assert float(differs.get("cx", "")) > 230 + (690 - 230) / 2 > float(alike.get("cx", ""))
    narrow = ET.fromstring(ratio_picture(ratios, title="Referrals", narrow=True))  # noqa: S314  our own drawing
    assert "Other: too few to say" in [one.text for one in narrow.findall("text")]


@pytest.mark.parametrize(
    ("number", "said"),
    [("1", "1.00"), ("0.998", "0.9980"), ("1.004", "1.0040"), ("1.04", "1.04"), ("2.34", "2.3"), ("12.6", "13")],
)
def test_times_never_shows_a_difference_as_none(number: str, said: str) -> None:
    assert times(Decimal(number)) == said
