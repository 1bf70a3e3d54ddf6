"""Real drawing by vl-convert: well-formed SVG fit for a strict page, PNG, and the cache."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import caches
from django.template import Context, Template

from tests.design.markup import read_markup
from trefoil.design.charts import (
    Band,
    Bar,
    BarChart,
    Chart,
    Distribution,
    DistributionRow,
    Dot,
    DotPlot,
    LineChart,
    Point,
    render_png,
    render_svg,
)
from trefoil.design.charts.rendering import MemoryCache

HOSTILE = 'A & B <script>alert("x")</script>'
LINE = LineChart("It fell", "Visits", "%", (Point("Jan", 90), Point("Feb", None), Point("Mar", 70, "Low")), "Here", 80)
CHARTS: list[Chart] = [
    LINE,
    BarChart("t", "s", "", (Bar("Police", 3, 4), Bar(HOSTILE, 5)), comparison_name="Last year"),
    DotPlot("t", "s", "", (Dot("Ash", 1), Dot("Elm", 2), Dot("Oak", 3)), highlight="Elm"),
    Distribution("t", "s", "", (Band("Low"), Band("High")), (DistributionRow("2024", (1, 2)),)),
]


class Counting(MemoryCache):
    """Counts what was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self.kept.append(key)
        super().set(key, value, timeout)


def tree(chart: Chart, *, narrow: bool = False) -> Element:
    return fromstring(render_svg(chart, narrow=narrow, cache=MemoryCache()))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_svg_is_one_labelled_image_without_style_or_script(chart: Chart, narrow: bool) -> None:
    root = tree(chart, narrow=narrow)
    assert (root.get("role"), root.get("aria-label")) == ("img", chart.description())
    assert root.get("viewBox")
    assert (root.get("width"), root.get("height")) == ("100%", None)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"style", "script", "a", "image", "foreignObject"}
        assert not {name for name in element.attrib if name in {"style", "class", "href"} or name.startswith("on")}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize(("narrow", "most"), [(False, 660), (True, 375)], ids=["wide", "narrow"])
def test_drawing_keeps_to_its_width(chart: Chart, narrow: bool, most: int) -> None:
    view = (tree(chart, narrow=narrow).get("viewBox") or "").split()
    assert most * 0.7 < float(view[2]) <= most


def test_text_in_the_drawing_is_escaped_and_shown() -> None:
    words = " ".join(text for text in tree(CHARTS[1]).itertext())
    assert "<script>" in words


def test_names_of_parts_differ_between_charts_on_one_page() -> None:
    found = [{element.get("id") for element in tree(chart).iter() if element.get("id")} for chart in CHARTS]
    assert all(not first & second for place, first in enumerate(found) for second in found[place + 1 :])


def test_png_is_a_picture_at_twice_its_size() -> None:
    picture = render_png(LINE)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") > 1100


def test_same_chart_is_drawn_once() -> None:
    kept = Counting()
    assert render_svg(LINE, cache=kept) == render_svg(LINE, cache=kept)
    assert len(kept.kept) == 1
    render_svg(LINE, narrow=True, cache=kept)
    assert len(set(kept.kept)) == 2


def test_memory_cache_forgets_what_was_unused_for_longest() -> None:
    kept = MemoryCache(most=2)
    kept.set("a", 1, None)
    kept.set("b", 2, None)
    assert kept.get("a") == 1
    kept.set("c", 3, None)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_chart_tag_shows_the_finding_both_drawings_and_the_table() -> None:
    caches["charts"].clear()
    shown = read_markup(Template("{% load design %}{% chart figure 3 %}").render(Context({"figure": LINE})))
    assert shown.one("h3").words() == "It fell"
    assert len(shown.all("svg", role="img")) == 2
    body = [[cell.words() for cell in row.children] for row in shown.one("tbody").all("tr")]
    assert body == [list(row) for row in LINE.table()[1]]
