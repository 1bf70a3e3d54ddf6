"""The trend: its figures reach the table and the drawing; gaps, signals and limits are said and shown."""

from decimal import Decimal
from typing import Any

import pytest

from trefoil.design.charts import Comparator, LineChart, Point, UsualRange

POINTS = (
    Point("Jan", Decimal("90.1")),
    Point("Feb", Decimal("91.4")),
    Point("Mar", None, note="Not sent"),
    Point("Apr", Decimal("88.0")),
    Point("May", Decimal("76.5"), signal="Below the usual range"),
)
FULL = LineChart(
    title="Visits in time fell below their usual range in May",
    subtitle="Visits in time, Fairmead, January to May",
    unit="%",
    points=POINTS,
    name="Fairmead",
    target=Decimal(95),
    usual_range=UsualRange(Decimal(80), Decimal(87), Decimal(94)),
    comparators=(Comparator("England", (Decimal(85), Decimal(86), Decimal(85), None, Decimal(84))),),
)


def layers(chart: LineChart, kind: str, **mark: Any) -> list[dict[str, Any]]:
    found = [one for one in chart.vega_lite()["layer"] if one["mark"]["type"] == kind]
    return [one for one in found if all(one["mark"].get(name) == value for name, value in mark.items())]


def rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return list(layer["data"]["values"])


def test_table_holds_every_figure_of_the_points_and_comparators() -> None:
    headings, body = FULL.table()
    assert headings == ("Period", "Fairmead", "England", "Note")
    assert body == (
        ("Jan", "90.1%", "85%", ""),
        ("Feb", "91.4%", "86%", ""),
        ("Mar", "No figure", "85%", "Not sent"),
        ("Apr", "88.0%", "No figure", ""),
        ("May", "76.5%", "84%", "Below the usual range"),
    )


def test_drawn_figures_are_those_of_the_points() -> None:
    own = layers(FULL, "line", strokeWidth=2.5)[0]
    assert [(row["label"], row["value"]) for row in rows(own)] == [
        (point.label, float(point.value)) for point in POINTS if point.value is not None
    ]


def test_missing_period_breaks_the_line_and_keeps_its_place_on_the_axis() -> None:
    own = layers(FULL, "line", strokeWidth=2.5)[0]
    assert [row["run"] for row in rows(own)] == [0, 0, 1, 1]
    assert own["encoding"]["detail"]["field"] == "run"
    assert own["encoding"]["x"]["scale"]["domain"] == ["Jan", "Feb", "Mar", "Apr", "May"]


def test_comparator_alone_between_gaps_is_a_dot() -> None:
    england = (None, Decimal(86), None, None, Decimal(84))
    chart = LineChart("t", "s", "%", POINTS, "Fairmead", comparators=(Comparator("England", england),))
    dots = [one for one in layers(chart, "point") if one["mark"]["color"] == "#5b6368"]
    assert [row["label"] for row in rows(dots[0])] == ["Feb", "May"]


def test_target_is_dashed_and_at_its_figure() -> None:
    target = next(one for one in layers(FULL, "rule") if "strokeDash" in one["mark"])
    assert rows(target) == [{"value": 95.0}]


def test_usual_range_is_a_band() -> None:
    (band,) = layers(FULL, "rect")
    assert (rows(band)[0]["low"], rows(band)[0]["high"]) == (80.0, 94.0)


def test_signal_is_a_diamond_with_words() -> None:
    (diamond,) = layers(FULL, "point", shape="diamond")
    assert [row["label"] for row in rows(diamond)] == ["May"]
    assert any(row.get("words") == ["Below the usual", "range"] for one in layers(FULL, "text") for row in rows(one))


def test_labels_stand_in_the_picture_instead_of_a_legend() -> None:
    spec = FULL.vega_lite()
    assert spec["config"]["legend"] == {"disable": True}
    said = {" ".join(row["words"]) for row in rows(spec["layer"][-1])}
    assert said == {"Fairmead 76.5%", "England 84%", "Target 95%", "Usual range 80 to 94%"}


def test_axis_starts_at_zero_unless_the_chart_says_otherwise() -> None:
    assert layers(FULL, "line")[0]["encoding"]["y"]["scale"]["domain"] == [0.0, 100.0]
    cut = LineChart("t", "s", "%", POINTS, "Fairmead", zero_based=False)
    assert layers(cut, "line")[0]["encoding"]["y"]["scale"]["domain"][0] > 0
    assert "The axis does not start at zero." in cut.description()
    words = [one["encoding"]["text"].get("value") for one in layers(cut, "text")]
    assert "The axis does not start at zero" in words


def test_description_says_what_the_picture_shows() -> None:
    assert FULL.description() == (
        "Line chart. Visits in time fell below their usual range in May. Visits in time, Fairmead, January to May. "
        "Fairmead: 90.1% in Jan, 76.5% in May. Lowest 76.5% in May, highest 91.4% in Feb. Target 95%. "
        "Usual range 80 to 94%. May: Below the usual range. No figure for Mar."
    )


def test_narrow_drawing_is_narrower_and_names_fewer_periods() -> None:
    many = LineChart("t", "s", "", tuple(Point(f"Period {n}", n) for n in range(24)), "Fairmead")
    wide, narrow = many.vega_lite(), many.vega_lite(narrow=True)
    assert narrow["width"] < 300 < wide["width"]
    named = [len(spec["layer"][0]["encoding"]["x"]["axis"]["values"]) for spec in (wide, narrow)]
    assert named == [6, 3]


def test_comparator_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="England has 1 figures for 5 periods"):
        LineChart("t", "s", "%", POINTS, "Fairmead", comparators=(Comparator("England", (1,)),))


def test_chart_without_any_figure_can_still_be_described_and_specified() -> None:
    empty = LineChart("Nothing was sent", "s", "%", (Point("Jan", None),), "Fairmead")
    assert empty.description() == "Line chart. Nothing was sent. s. No figure for Jan."
    assert empty.vega_lite()["layer"]
