"""Colours carry enough contrast, and the stylesheet repeats the palette exactly."""

import re
from pathlib import Path

import pytest

from trefoil.design import palette

CSS = (Path(palette.__file__).parent / "static/design/trefoil.css").read_text(encoding="utf-8")
TEXT_COLOURS = ["CONTEXT", "ACCENT", "GOOD", "WATCH", "ACT", "TEXT"]


def test_contrast_of_black_and_white_is_21() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_a_known_pair_is_as_the_published_examples() -> None:
    assert palette.contrast("#767676", palette.WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", palette.PARTNERSHIP_COLOURS)
def test_white_text_reads_on_every_partnership_colour(name: str) -> None:
    assert palette.contrast(palette.WHITE, palette.PARTNERSHIP_COLOURS[name]) >= 4.5


@pytest.mark.parametrize("name", TEXT_COLOURS)
@pytest.mark.parametrize("ground", [palette.WHITE, palette.BAND])
def test_text_colours_read_on_white_and_on_the_usual_range(name: str, ground: str) -> None:
    assert palette.contrast(getattr(palette, name), ground) >= 4.5


@pytest.mark.parametrize("fill", palette.BANDS)
def test_either_white_or_dark_text_reads_on_every_band(fill: str) -> None:
    assert max(palette.contrast(palette.WHITE, fill), palette.contrast(palette.TEXT, fill)) >= 4.5


def test_stylesheet_holds_the_same_partnership_colours() -> None:
    found = dict(re.findall(r"\.partnership-colour-(\w+) \{ --partnership-colour: (#[0-9a-f]{6}); \}", CSS))
    assert found == palette.PARTNERSHIP_COLOURS


def test_stylesheet_holds_the_same_meanings() -> None:
    root = CSS[CSS.index(":root {") : CSS.index("}")]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", root))
    names = ["CONTEXT", "CONTEXT_FILL", "BAND", "GRID", "ACCENT", "GOOD", "WATCH", "ACT"]
    assert found == {name.lower().replace("_", "-"): getattr(palette, name) for name in names}


def test_sparkline_template_draws_in_the_palette() -> None:
    folder = Path(palette.__file__).parent / "templates/design/components"
    used = set(re.findall(r"#[0-9a-f]{6}", (folder / "sparkline.html").read_text(encoding="utf-8")))
    assert used == {palette.CONTEXT, palette.ACCENT, palette.ACT, palette.WHITE}
