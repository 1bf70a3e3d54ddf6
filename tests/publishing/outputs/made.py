"""A document's content with every kind of part in it, and hostile words."""

from datetime import date
from typing import Any

from trefoil.design.charts import LineChart, render_svg
from trefoil.design.charts.lines import Point
from trefoil.publishing.outputs.paper import Standing, paper_of
from trefoil.publishing.outputs.tree import Paper

UNSETTLING = '#panic("no") $x$ <script>alert(1)</script> "quoted" \\ ] } @who </w> =cmd() & more'
PROSE = f"""The year began **well** and _ended_ better; see [the plan](https://plan.example/a?b=1&c=2).

# What we asked

1. First

   with a second paragraph
2. Second
   - deeper

And again:

1. Anew
2. and on

{UNSETTLING}
"""


def chart() -> dict[str, str]:
    points = tuple(Point(f"{year}", value) for year, value in zip(range(2021, 2026), (60, 62, 65, 70, 83), strict=True))
    drawn = LineChart("Decisions in a day: 83% in 2025", "Decisions, Fairmead", "%", points, "Fairmead")
    return {"wide": render_svg(drawn), "narrow": render_svg(drawn, narrow=True), "words": drawn.description()}


def content(*, picture: bool = True) -> dict[str, Any]:
    """As `content_of` makes it."""
    block = {
        "kind": "indicator",
        "title": "Decisions in a day: 83% in 2025",
        "sentences": ["How soon a child’s worry is decided."],
        "source": "Figures that agencies returned.",
        "tables": [
            {
                "caption": "Decisions",
                "headings": ["Period", "Figure", "Why"],
                "rows": [["2024", "70%", "Evenings"], ["2025", "83%", ""]],
            }
        ],
        "picture": chart() if picture else None,
        "trouble": "",
    }
    line = {"key": "YR18-M1", "words": "What was done", "found": "present", "reason": "", "section": "The year"}
    stands = {
        **line,
        "key": "small:1:ab",
        "why": "“3 children” is said.",
        "found": "overruled",
        "reason": "Of a nation.",
    }
    left_out = {**line, "key": "YR18-M2", "found": "overruled", "reason": "Nothing took effect in this year."}
    return {
        "partnership": "Fairmead Safeguarding Children Partnership",
        "kind": "Yearly report",
        "title": "What changed & why",
        "starts_on": "2025-04-01",
        "ends_on": "2026-03-31",
        "law": "Working Together 2023",
        "sections": [
            {"key": "summary", "title": "The year", "prose": PROSE, "blocks": [block]},
            {"key": "next", "title": "Next year", "prose": "", "blocks": []},
        ],
        "check": [line, left_out, stands],
    }


def paper(*, mark: str = "", picture: bool = True) -> Paper:
    facts = () if mark else (("Hash (SHA-256)", "abc123"),)
    notice = ("This is a draft of 3 March 2027.",) if mark else ()
    return paper_of(
        content(picture=picture), Standing(mark, notice, "What changed, edition 1", date(2027, 3, 3), facts)
    )
