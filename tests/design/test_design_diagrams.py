"""The governance chart: boxes that do not overlap, lines, and the same as a list."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.design.markup import read_markup
from trefoil.design.diagrams import Line, Node, organisation_chart, organisation_list

SVG = "{http://www.w3.org/2000/svg}"
NODES = [
    Node("p", "Safeguarding partners", "Council, ICB & police", stressed=True),
    Node("b", "Partnership board"),
    Node("q", "Quality and performance group"),
    Node("r", "Rapid review panel"),
]
LINES = [Line("p", "b"), Line("b", "q"), Line("b", "r"), Line("p", "r")]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    found = fromstring(svg).iter(f"{SVG}rect")
    return [(float(r.get("x")), float(r.get("y")), float(r.get("width")), float(r.get("height"))) for r in found]


def test_every_node_is_a_box_and_its_words_are_shown() -> None:
    svg = organisation_chart(NODES, LINES)
    assert len(boxes(svg)) == 4
    words = " ".join(fromstring(svg).itertext())
    assert "Council, ICB & police" in words
    assert "Partnership board" in words


def test_lower_nodes_stand_lower() -> None:
    top, board, quality, _ = boxes(organisation_chart(NODES, LINES))
    assert top[1] < board[1] < quality[1]


def test_second_line_upwards_is_dashed() -> None:
    paths = list(fromstring(organisation_chart(NODES, LINES)).iter(f"{SVG}path"))
    assert [bool(path.get("stroke-dasharray")) for path in paths].count(True) == 1


def test_chart_is_one_image_described_in_words() -> None:
    root = fromstring(organisation_chart(NODES, LINES))
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "Governance chart. To Safeguarding partners report: Partnership board. "
        "To Partnership board report: Quality and performance group, Rapid review panel."
    )


def test_list_says_the_same_and_the_second_line() -> None:
    shown = read_markup(organisation_list(NODES, LINES))
    outer = shown.children[0]
    assert len(outer.children) == 1
    assert [item.words() for item in outer.all("ul")[2].children] == [
        "Quality and performance group",
        "Rapid review panel (also reports to Safeguarding partners)",
    ]


def test_names_are_escaped() -> None:
    hostile = [Node("a", "<script>x</script>")]
    assert "<script>" not in organisation_chart(hostile, []) + organisation_list(hostile, [])


def test_line_to_an_unknown_node_is_refused() -> None:
    with pytest.raises(ValueError, match="leads to no node"):
        organisation_chart(NODES, [Line("p", "x")])


def test_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        organisation_list(NODES, [Line("b", "q"), Line("q", "b")])


def test_no_nodes_give_an_empty_picture() -> None:
    assert boxes(organisation_chart([], [])) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 20), max_size=14), st.integers(1, 60))
def test_boxes_never_overlap_and_stay_inside(uppers: list[int], length: int) -> None:
    nodes = [Node("0", "Top"), *(Node(str(n), "Group " * (length // 6 + n % 3 + 1)) for n in range(1, len(uppers) + 1))]
    lines = [Line(str(upper % place), str(place)) for place, upper in enumerate(uppers, start=1)]
    svg = organisation_chart(nodes, lines)
    width, height = (float(part) for part in (fromstring(svg).get("viewBox") or "").split()[2:])
    placed = boxes(svg)
    for index, (x, y, w, h) in enumerate(placed):
        assert x >= 0
        assert y >= 0
        assert x + w <= width + 1
        assert y + h <= height + 1
        for other_x, other_y, other_w, other_h in placed[index + 1 :]:
            assert x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y
