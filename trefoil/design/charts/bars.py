"""Figures of categories beside each other, each with an optional figure to compare with."""

from dataclasses import dataclass

from trefoil.design.charts.figures import (
    LINE_HEIGHT,
    NARROW,
    WIDE,
    ChartTable,
    Figure,
    Spec,
    axis_domain,
    balanced,
    fixed,
    framed,
    layer,
    say,
)
from trefoil.design.palette import ACCENT, CONTEXT_FILL, TEXT

BAR, ROOM = 22, 14
CHARACTER = 7


@dataclass(frozen=True)
class Bar:
    """One category. `comparison` is marked on its row; `note` says why a figure is missing ("fewer than 6")."""

    label: str
    value: Figure | None
    comparison: Figure | None = None
    note: str = ""


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from zero, in the order given.

    `comparison_name` names the mark on each row. With `highlight` (a label) one bar carries the accent and the
    others are grey; without it all carry the accent.
    """

    title: str
    subtitle: str
    unit: str
    bars: tuple[Bar, ...]
    name: str = "Figure"
    comparison_name: str = ""
    highlight: str = ""

    def table(self) -> ChartTable:
        """Category, figure and, where there is one, what it is compared with."""
        rows = []
        for bar in self.bars:
            row = [bar.label, say(bar.value, self.unit, bar.note or "No figure")]
            if self.comparison_name:
                row.append(say(bar.comparison, self.unit))
            rows.append(tuple(row))
        extra = (self.comparison_name,) if self.comparison_name else ()
        return ("Category", self.name, *extra), tuple(rows)

    def description(self) -> str:
        """Title and every figure in sentences."""
        words = [f"Bar chart. {self.title}. {self.subtitle}."]
        for row in self.table()[1]:
            compared = f" ({self.comparison_name} {row[2]})" if self.comparison_name else ""
            words.append(f"{row[0]}: {row[1]}{compared}.")
        return " ".join(words)

    def vega_lite(self, *, narrow: bool = False) -> Spec:
        """Category names at the left, bars from zero, figures at their ends, ticks for the comparison."""
        lines = [balanced(bar.label, 14 if narrow else 26) for bar in self.bars]
        left = max((len(line) for label in lines for line in label), default=0) * CHARACTER + 14
        width = (NARROW if narrow else WIDE) - left - 76
        rows, foot = [], 0
        for bar, label in zip(self.bars, lines, strict=True):
            tall = max(BAR, len(label) * LINE_HEIGHT) + ROOM
            rows.append(self._row(bar, label, foot + tall / 2))
            foot += tall
        values = [value for bar in self.bars for value in (bar.value, bar.comparison) if value is not None]
        domain = axis_domain(values, from_zero=True, unit=self.unit)
        across = {
            "field": "value",
            "type": "quantitative",
            "scale": {"domain": list(domain), "nice": False},
            "axis": None,
        }
        layers = [_bars(rows, across), _names(rows), _figures(rows, across)]
        return framed(layers + self._comparison(rows, across), width=width, height=foot)

    def _row(self, bar: Bar, label: list[str], middle: float) -> Spec:
        plain = self.highlight and bar.label != self.highlight
        known = [float(value) for value in (bar.value, bar.comparison) if value is not None]
        return {
            "label": label,
            "value": None if bar.value is None else float(bar.value),
            "comparison": None if bar.comparison is None else float(bar.comparison),
            "end": max(known, default=0.0),
            "top": middle - BAR / 2,
            "foot": middle + BAR / 2,
            "head": middle - BAR / 2 - 4,
            "middle": middle,
            "text_top": middle - (len(label) - 1) * LINE_HEIGHT / 2,
            "words": say(bar.value, self.unit, bar.note or "No figure"),
            "colour": CONTEXT_FILL if plain else ACCENT,
            "weight": "bold" if bar.label == self.highlight else "normal",
        }

    def _comparison(self, rows: list[Spec], across: Spec) -> list[Spec]:
        """A dark tick on each row that has a comparison; its name stands above the first."""
        marked = [one for one in rows if one["comparison"] is not None]
        if not (self.comparison_name and marked):
            return []
        x = {**across, "field": "comparison"}
        tick = {"type": "rule", "color": TEXT, "strokeWidth": 3}
        mark = layer(marked, tick, {"x": x, "y": pixels("head"), "y2": {"field": "foot"}})
        name = {"type": "text", "baseline": "bottom", "align": "center"}
        text = layer(marked[:1], name, {"x": x, "y": pixels("head"), "text": fixed(self.comparison_name)})
        return [mark, text]


def pixels(field: str) -> Spec:
    """A vertical place given in pixels, not in figures."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _bars(rows: list[Spec], across: Spec) -> Spec:
    known = [row for row in rows if row["value"] is not None]
    zero = [{**row, "zero": 0} for row in known]
    colour = {"field": "colour", "type": "nominal", "scale": None}
    encoding = {
        "x": {**across, "field": "zero"},
        "x2": {"field": "value"},
        "y": pixels("top"),
        "y2": {"field": "foot"},
    }
    return layer(zero, {"type": "rect", "opacity": 1}, {**encoding, "color": colour})


def _names(rows: list[Spec]) -> Spec:
    encoding = {"x": fixed(-8), "y": pixels("text_top"), "text": {"field": "label", "type": "nominal"}}
    mark = {"type": "text", "align": "right", "baseline": "middle", "fontWeight": {"expr": "datum.weight"}}
    return layer(rows, mark, encoding)


def _figures(rows: list[Spec], across: Spec) -> Spec:
    """The figure after the bar, or after the comparison's tick where that reaches further."""
    encoding = {
        "x": {**across, "field": "end"},
        "y": pixels("middle"),
        "text": {"field": "words", "type": "nominal"},
    }
    mark = {"type": "text", "align": "left", "dx": 8, "baseline": "middle", "fontWeight": {"expr": "datum.weight"}}
    return layer(rows, mark, encoding)
