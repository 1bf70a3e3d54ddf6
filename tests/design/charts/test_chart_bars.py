"""Bars from zero, with what they are compared with."""

from typing import Any

from trefoil.design.charts import Bar, BarChart
from trefoil.design.palette import ACCENT, CONTEXT_FILL

BARS = (Bar("Police", 412, 380), Bar("Schools", 233, None), Bar("Probation", None, 9, "Fewer than 6"))
CHART = BarChart("Most contacts come from the police", "Contacts, January", "children", BARS, "This year", "Last year")


def drawn(chart: BarChart, kind: str) -> list[list[dict[str, Any]]]:
    return [one["data"]["values"] for one in chart.vega_lite()["layer"] if one["mark"]["type"] == kind]


def test_table_holds_every_figure() -> None:
    headings, rows = CHART.table()
    assert headings == ("Category", "This year", "Last year")
    assert rows == (("Police", "412", "380"), ("Schools", "233", "No figure"), ("Probation", "Fewer than 6", "9"))


def test_missing_figure_has_no_bar_and_keeps_its_row_and_words() -> None:
    assert [row["value"] for row in drawn(CHART, "rect")[0]] == [412.0, 233.0]
    figures = drawn(CHART, "text")[1]
    assert [row["words"] for row in figures] == ["412", "233", "Fewer than 6"]


def test_bars_start_at_zero() -> None:
    bars = next(one for one in CHART.vega_lite()["layer"] if one["mark"]["type"] == "rect")
    assert bars["encoding"]["x"]["scale"]["domain"][0] == 0
    assert {row["zero"] for row in bars["data"]["values"]} == {0}


def test_comparison_is_a_tick_on_each_row_and_named_once() -> None:
    assert [row["comparison"] for row in drawn(CHART, "rule")[0]] == [380.0, 9.0]
    names = [one for one in CHART.vega_lite()["layer"] if one["encoding"].get("text") == {"value": "Last year"}]
    assert [len(one["data"]["values"]) for one in names] == [1]


def test_highlight_leaves_the_others_grey() -> None:
    chart = BarChart("t", "s", "", BARS, highlight="Schools")
    colours = {row["words"]: row["colour"] for row in drawn(chart, "rect")[0]}
    assert colours == {"412": CONTEXT_FILL, "233": ACCENT}


def test_description_says_every_figure() -> None:
    assert CHART.description() == (
        "Bar chart. Most contacts come from the police. Contacts, January. Police: 412 (Last year 380). "
        "Schools: 233 (Last year No figure). Probation: Fewer than 6 (Last year 9)."
    )


def test_rows_of_long_names_are_taller() -> None:
    short = BarChart("t", "s", "", (Bar("Police", 1),))
    tall = BarChart("t", "s", "", (Bar("Schools and every other provider of education in the borough", 1),))
    assert tall.vega_lite(narrow=True)["height"] > short.vega_lite(narrow=True)["height"]
