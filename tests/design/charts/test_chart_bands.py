"""Shares of a whole."""

from decimal import Decimal

import pytest

from trefoil.design.charts import Band, Distribution, DistributionRow

BANDS = (Band("Under a year"), Band("1 to 2 years"), Band("Over 2 years"))
CHART = Distribution(
    "Few plans last over two years",
    "Length of plan",
    "children",
    BANDS,
    (DistributionRow("2023", (60, 30, 10)), DistributionRow("2024", (1, 1, 1)), DistributionRow("2025", (0, 0, None))),
)


def test_table_holds_every_count_and_share() -> None:
    headings, rows = CHART.table()
    assert headings[:3] == ("Group", "Under a year", "Under a year, share")
    assert rows == (
        ("2023", "60", "60%", "30", "30%", "10", "10%"),
        ("2024", "1", "33%", "1", "33%", "1", "33%"),
        ("2025", "0", "0%", "0", "0%", "No figure", "0%"),
    )


def test_table_of_percentages_does_not_say_them_twice() -> None:
    chart = Distribution("t", "s", "%", BANDS, (DistributionRow("2023", (Decimal(60), Decimal(30), Decimal(10))),))
    assert chart.table() == (("Group", *(band.label for band in BANDS)), (("2023", "60%", "30%", "10%"),))


def test_bands_of_a_row_fill_its_width_without_gap() -> None:
    pieces = CHART.vega_lite()["layer"][0]["data"]["values"][:3]
    assert pieces[0]["start"] == 0
    assert [piece["end"] for piece in pieces[:2]] == [piece["start"] for piece in pieces[1:]]
    assert pieces[-1]["end"] == pytest.approx(CHART.vega_lite()["width"])


def test_share_is_printed_only_where_there_is_room() -> None:
    chart = Distribution("t", "s", "", BANDS, (DistributionRow("2023", (95, 3, 2)),))
    assert [piece["words"] for piece in chart.vega_lite()["layer"][1]["data"]["values"]] == ["95%", "", ""]


def test_every_band_is_named_in_the_picture() -> None:
    names = CHART.vega_lite()["layer"][-1]["data"]["values"]
    assert [" ".join(row["label"]) for row in names] == [band.label for band in BANDS]


def test_six_bands_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 5 bands"):
        Distribution("t", "s", "", tuple(Band(str(n)) for n in range(6)), ())


def test_uneven_row_is_refused() -> None:
    with pytest.raises(ValueError, match="one figure for each band"):
        Distribution("t", "s", "", BANDS, (DistributionRow("2023", (1, 2)),))


def test_description_says_every_share() -> None:
    assert "2023: Under a year 60%, 1 to 2 years 30%, Over 2 years 10%." in CHART.description()
