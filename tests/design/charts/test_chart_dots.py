"""Areas in order, with the median."""

from decimal import Decimal

import pytest

from trefoil.design.charts import Dot, DotPlot

DOTS = (Dot("Ash", Decimal("310.2")), Dot("Birch", Decimal("280.5")), Dot("Elm", Decimal("310.2")), Dot("Oak", None))
PLOT = DotPlot("Birch is lowest", "Rate, 2024", "per 10,000", DOTS, highlight="Birch", median_name="Neighbours’ median")


def test_table_ranks_areas_and_equal_figures_share_a_rank() -> None:
    assert PLOT.table()[1] == (
        ("Ash", "310.2", "1"),
        ("Elm", "310.2", "1"),
        ("Birch", "280.5", "3"),
        ("Oak", "No figure", ""),
    )


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        (("1.5", "2.5", "9.0"), Decimal("2.5")),
        (("1.5", "2.0"), Decimal("1.8")),
        (("10", "13"), Decimal(12)),
    ],
)
def test_median_has_as_many_decimals_as_the_figures(values: tuple[str, ...], middle: Decimal) -> None:
    plot = DotPlot("t", "s", "", tuple(Dot(value, Decimal(value)) for value in values))
    assert plot.middle() == middle


def test_description_says_the_ends_the_median_and_the_place() -> None:
    assert PLOT.description() == (
        "Dot plot of 3 areas. Birch is lowest. Rate, 2024. Highest Ash, 310.2. Lowest Birch, 280.5. "
        "Neighbours’ median 310.2. Birch: 280.5, rank 3 from the highest."
    )


def test_areas_without_a_figure_are_not_drawn() -> None:
    dots = next(one for one in PLOT.vega_lite()["layer"] if one["mark"]["type"] == "point")
    assert {row["label"] for row in dots["data"]["values"]} == {"Ash", "Elm", "Birch"}
    assert dots["data"]["values"][-1]["label"] == "Birch", "the reader's own area is drawn last, on top"


def test_of_many_areas_only_the_highlighted_one_is_named() -> None:
    many = DotPlot("t", "s", "", tuple(Dot(f"Area {n}", n) for n in range(150)), highlight="Area 7")
    texts = [one["data"]["values"] for one in many.vega_lite()["layer"] if one["mark"]["type"] == "text"]
    assert {row["label"] for row in texts[1] if row["label"]} == {"Area 7"}
    assert many.vega_lite()["height"] < 500


def test_plot_without_figures_says_so() -> None:
    empty = DotPlot("Nothing is published", "s", "", (Dot("Ash", None, "Not published"),), highlight="Ash")
    assert empty.middle() is None
    assert empty.description() == "Dot plot of 0 areas. Nothing is published. s. Ash: Not published."
    assert empty.vega_lite()["layer"]
