"""From a chart's specification to SVG and PNG, without a browser and without a network.

Vega-Lite is drawn by vl-convert with the fonts that Trefoil ships. The SVG is then made fit for a page with a
strict Content Security Policy: no style, script or link, names of parts that are unique on the page, and one
accessible name. Pictures are kept by the SHA-256 of their specification, so a page draws each chart once.
"""

import hashlib
import json
import re
from collections import OrderedDict
from functools import cache as once
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from xml.etree import ElementTree as ET

import vl_convert
from defusedxml.ElementTree import fromstring

from trefoil.design.charts.figures import Chart, Spec

FONTS = Path(__file__).parents[1] / "fonts"
SVG = "http://www.w3.org/2000/svg"
LARGEST_KEPT = 200_000
"""Pictures of more characters than this are drawn again each time, so that the cache stays small."""
KEPT_SECONDS = 7 * 24 * 3600
_KEPT_ATTRIBUTES = re.compile(r"^(?!aria-|role$|class$|style$|tabindex$)")


class Cache(Protocol):
    """The part of Django's cache that is used here."""

    def get(self, key: str) -> Any:
        """What was kept under the key, or None."""
        ...

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        """Keep a value for so many seconds."""
        ...


class MemoryCache:
    """The latest pictures of this process, up to a number; for documents and commands without Django's cache."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Any:
        """What was kept under the key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def set(self, key: str, value: Any, timeout: int | None) -> None:  # noqa: ARG002 - the protocol has it
        """Keep a value; the one unused for longest goes first."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


_PROCESS_CACHE = MemoryCache()


def render_svg(chart: Chart, *, narrow: bool = False, cache: Cache | None = None) -> str:
    """The chart as an SVG element for inlining; it fills its container and keeps its proportions."""
    spec, label = chart.vega_lite(narrow=narrow), chart.description()
    kept = _PROCESS_CACHE if cache is None else cache
    digest = _digest(spec, label)
    key = f"chart-svg-{digest}"
    found = kept.get(key)
    if isinstance(found, str):
        return found
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    svg = _fit_for_page(drawn, label, digest[:10])
    if len(svg) <= LARGEST_KEPT:
        kept.set(key, svg, KEPT_SECONDS)
    return svg


def render_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """The chart as PNG for documents, at twice its size so that it prints sharp."""
    _register_fonts()
    return vl_convert.vegalite_to_png(chart.vega_lite(), scale=scale, allowed_base_urls=[])


def png_of_svg(svg: str, *, scale: float = 2.0) -> bytes:
    """An SVG that `render_svg` made, as PNG for documents that take no SVG."""
    _register_fonts()
    _, _, width, height = fromstring(svg).get("viewBox", "").split()
    sized = svg.replace('width="100%"', f'width="{width}" height="{height}"', 1)
    return vl_convert.svg_to_png(sized, scale=scale)


@once
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _digest(spec: Spec, label: str) -> str:
    text = json.dumps([spec, label], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _fit_for_page(drawn: str, label: str, prefix: str) -> str:
    """Clean what Vega drew: one image to assistive technology, unique names, no fixed size, no styles."""
    root = fromstring(drawn)
    for element in root.iter():
        element.attrib = {
            name: value.replace("url(#", f"url(#c{prefix}-")
            for name, value in element.attrib.items()
            if _KEPT_ATTRIBUTES.match(name)
        }
        if "id" in element.attrib:
            element.set("id", f"c{prefix}-{element.attrib['id']}")
        if "font-family" in element.attrib:
            element.set("font-family", "Arial, Helvetica, 'Liberation Sans', sans-serif")
    root.set("width", "100%")
    root.attrib.pop("height", None)
    root.set("role", "img")
    root.set("aria-label", label)
    root.set("focusable", "false")
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")
