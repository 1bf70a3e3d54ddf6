"""What every chart shares: figures in words, a rounded axis, labels that do not touch, and the plain look."""

import math
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from trefoil.design.palette import CONTEXT, GRID, TEXT

Figure = Decimal | int
ChartTable = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
Spec = dict[str, Any]

WIDE, NARROW = 640, 340
"""Whole width of a picture in its own units: wide for paper and desktop, narrow for a phone at its natural size."""
FONT = "Liberation Sans"
FONT_SIZE = 13
LINE_HEIGHT = 16


class Chart(Protocol):
    """What a page or a document may ask of any chart."""

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        ...

    @property
    def subtitle(self) -> str:
        """Measure, area and period."""
        ...

    def vega_lite(self, *, narrow: bool = False) -> Spec:
        """The Vega-Lite specification as a plain dict."""
        ...

    def table(self) -> ChartTable:
        """Headings and rows of text: every figure that the picture shows."""
        ...

    def description(self) -> str:
        """The picture in sentences."""
        ...


def say(value: Figure | None, unit: str = "", missing: str = "No figure") -> str:
    """A figure as text: `1,234`, `82.8%`. A unit of more than a sign stands in the subtitle, not after a figure."""
    if value is None:
        return missing
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return text + ("%" if unit == "%" else "")


def axis_domain(values: Sequence[Figure], *, from_zero: bool, unit: str = "") -> tuple[float, float]:
    """Low and high end of an axis on round steps; from zero when asked; percentages never beyond 100."""
    numbers = [float(value) for value in values] or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:  # figures of 100% stand at the top of their axis; there is nothing above them
        low, high = (low - 1, high) if unit == "%" and low >= 100 else (low, low + 1)
    rough = (high - low) / 6
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return (low, min(high, 100.0) if unit == "%" and max(numbers) <= 100 else high)


def spread(places: Sequence[float], sizes: Sequence[float], end: float) -> list[float]:
    """Move label centres apart so that labels of these sizes do not touch and stay between 0 and `end`.

    The order of `places` is kept. When all the labels are larger than the space they overlap evenly no more than
    they must.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    edge = 0.0
    for index in order:
        moved[index] = max(moved[index], edge + sizes[index] / 2)
        edge = moved[index] + sizes[index] / 2
    edge = end
    for index in reversed(order):
        moved[index] = min(moved[index], edge - sizes[index] / 2)
        edge = moved[index] - sizes[index] / 2
    return moved


def wrapped(text: str, characters: int) -> list[str]:
    """Text in lines of at most so many characters, never cutting a word shorter than a line."""
    return textwrap.wrap(text, characters) or [""]


def balanced(text: str, characters: int) -> list[str]:
    """Text in as many lines as `wrapped` takes, of about one length: no line holds a lone last number."""
    lines = wrapped(text, characters)
    while characters > 1 and len(narrower := wrapped(text, characters - 1)) == len(lines) and _whole(narrower, text):
        lines, characters = narrower, characters - 1
    return lines


def _whole(lines: list[str], text: str) -> bool:
    """Whether no word was cut."""
    return " ".join(lines) == " ".join(text.split())


def framed(layers: list[Spec], *, width: int, height: int, config: Spec | None = None) -> Spec:
    """A layered specification in the house look: no legend, no frame, grey grid, text that carries 4.5 to 1."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "background": "white",
        "padding": 4,
        "autosize": {"type": "pad", "contains": "padding"},
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": FONT_SIZE,
                "labelColor": CONTEXT,
                "gridColor": GRID,
                "domainColor": CONTEXT,
                "tickColor": CONTEXT,
                "title": None,
            },
            "text": {"fontSize": FONT_SIZE, "color": TEXT, "lineHeight": LINE_HEIGHT},
            "legend": {"disable": True},
            **(config or {}),
        },
    }


def layer(data: list[Spec], mark: Spec, encoding: Spec) -> Spec:
    """One layer with its own rows; marks carry no interaction."""
    return {"data": {"values": data}, "mark": {"tooltip": None, "aria": False, **mark}, "encoding": encoding}


def fixed(value: str | float) -> Spec:
    """An encoding with one value for every row."""
    return {"value": value}
