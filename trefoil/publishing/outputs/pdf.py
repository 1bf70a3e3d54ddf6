"""A document as tagged PDF (PDF/UA-1), set by Typst with the fonts that Trefoil ships and nothing from the network."""

import json
from datetime import date
from pathlib import Path

import typst

from trefoil.design.charts.rendering import FONTS

from .tree import Paper, as_data

TEMPLATE = Path(__file__).parent / "document.typ"
SECONDS_A_DAY = 24 * 3600


def write_pdf(paper: Paper) -> bytes:
    """The document as PDF/UA-1. The same document of the same day gives the same bytes."""
    held = {
        "title": paper.title,
        "partnership": paper.partnership,
        "about": paper.about,
        "mark": paper.mark,
        "notice": paper.notice,
        "footer": paper.footer,
        "sections": [{"title": one.title, "parts": list(map(as_data, one.parts))} for one in paper.sections],
    }
    made = typst.compile(
        TEMPLATE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(held, ensure_ascii=False, sort_keys=True)},
        pdf_standards="ua-1",
        timestamp=(paper.on - date(1970, 1, 1)).days * SECONDS_A_DAY,
    )
    if not isinstance(made, bytes):
        raise TypeError("the document came in more than one piece")
    return made
