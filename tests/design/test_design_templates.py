"""No template of the design app needs an exception from a strict Content Security Policy."""

import re
from pathlib import Path

import pytest

import trefoil.design.apps

APP = Path(trefoil.design.apps.__file__).parent
TEMPLATES = sorted([*APP.glob("templates/**/*.html"), *APP.glob("form_templates/**/*.html")])
FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "event attribute": r"\son[a-z]+\s*=",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "script address": r"javascript:",
    "address of another site": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "brand words": r"GOV\.UK|GDS Transport",
}


def test_templates_are_found() -> None:
    assert len(TEMPLATES) > 35


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APP)))
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


def test_own_stylesheet_and_script_fetch_nothing_from_elsewhere() -> None:
    for name in ("trefoil.css", "trefoil.js"):
        text = (APP / "static/design" / name).read_text(encoding="utf-8")
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text
        assert "eval(" not in text
