"""From contents to a tagged PDF, by Typst, with the fonts that Trefoil ships and nothing from the network."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

from trefoil.design.charts.rendering import FONTS, Cache

TEMPLATE = Path(__file__).parent / "pack.typ"
KEPT_SECONDS = 24 * 3600
SECONDS_A_DAY = 24 * 3600


def write_pdf(contents: dict[str, Any], *, on: date, cache: Cache | None = None) -> bytes:
    """The document as PDF/UA-1. The same contents give the same bytes, and are set once when there is a `cache`."""
    text = json.dumps(contents, ensure_ascii=False, sort_keys=True)
    key = f"pack-{hashlib.sha256(TEMPLATE.read_bytes() + text.encode()).hexdigest()}"
    kept = cache.get(key) if cache else None
    if isinstance(kept, bytes):
        return kept
    made = typst.compile(
        TEMPLATE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"pack": text},
        pdf_standards="ua-1",
        timestamp=(on - date(1970, 1, 1)).days * SECONDS_A_DAY,
    )
    if not isinstance(made, bytes):
        raise TypeError("the document came in more than one piece")
    if cache:
        cache.set(key, made, KEPT_SECONDS)
    return made
