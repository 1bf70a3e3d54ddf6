"""A priority of the plan as a paper: set as PDF. Knows no database: it is handed words and pictures."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typst

from trefoil.design.charts.rendering import FONTS

TEMPLATE = Path(__file__).parent / "priority.typ"
SECONDS_A_DAY = 24 * 3600


@dataclass(frozen=True)
class Finding:
    """One piece of evidence: its title, the action it speaks of, what it shows; `svg` is its chart, `alt` in words."""

    title: str
    action: str
    words: str
    svg: str = ""
    alt: str = ""


@dataclass(frozen=True)
class PriorityPaper:
    """The words of the paper. `rows` are (came from, recommendation, action, agency and status, impact); `judgements`
    are (action, verdict, why, who and when)."""

    partnership: str
    title: str
    lead: str
    made: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str, str, str, str]]
    findings: Sequence[Finding]
    judgements: Sequence[tuple[str, str, str, str]]


def write_paper(paper: PriorityPaper, *, on: date) -> bytes:
    """The paper as PDF. The same words on the same day give the same bytes."""
    made = typst.compile(
        TEMPLATE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True)},
        timestamp=(on - date(1970, 1, 1)).days * SECONDS_A_DAY,
    )
    if not isinstance(made, bytes):
        raise TypeError("the document came in more than one piece")
    return made
