"""Areas in order of one figure, with the reader's own area marked and the median drawn."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from trefoil.design.charts.bars import pixels
from trefoil.design.charts.figures import (
    NARROW,
    WIDE,
    ChartTable,
    Figure,
    Spec,
    axis_domain,
    fixed,
    framed,
    layer,
    say,
)
from trefoil.design.palette import ACCENT, CONTEXT, GRID, TEXT

ROW, TIGHT_ROW = 22, 3
MOST_NAMED = 40
CHARACTER = 7


@dataclass(frozen=True)
class Dot:
    """One area and its figure; `note` says why it has none."""

    label: str
    value: Figure | None
    note: str = ""


@dataclass(frozen=True)
class DotPlot:
    """Areas from highest to lowest figure; those without one stand last in the table and are not drawn.

    `highlight` is the label of the reader's own area. Up to 40 areas are named, of more only the highlighted one.
    `median_name` says of whom the median is ("Neighbours' median").
    """

    title: str
    subtitle: str
    unit: str
    dots: tuple[Dot, ...]
    highlight: str = ""
    median_name: str = "Median"
    zero_based: bool = True

    def ranked(self) -> tuple[Dot, ...]:
        """The areas with a figure, highest first; equal figures in order of name."""
        known = [(dot.value, dot) for dot in self.dots if dot.value is not None]
        return tuple(dot for _, dot in sorted(known, key=lambda pair: (-pair[0], pair[1].label)))

    def middle(self) -> Figure | None:
        """The median of the areas that have a figure, to their own decimals, or None without any."""
        values = [Decimal(dot.value) for dot in self.dots if dot.value is not None]
        if not values:
            return None
        finest = min((value for value in values), key=_exponent)
        return median(values).quantize(Decimal(1).scaleb(_exponent(finest)), ROUND_HALF_UP)

    def table(self) -> ChartTable:
        """Rank, area and figure. Equal figures share a rank."""
        ranked = self.ranked()
        values = [dot.value for dot in ranked]
        rows = [(dot.label, say(dot.value, self.unit), str(values.index(dot.value) + 1)) for dot in ranked]
        rows += [(dot.label, dot.note or "No figure", "") for dot in self.dots if dot.value is None]
        return ("Area", "Figure", "Rank, highest first"), tuple(rows)

    def description(self) -> str:
        """Title, the ends, the median and the highlighted area's place in sentences."""
        words = [f"Dot plot of {len(self.ranked())} areas. {self.title}. {self.subtitle}."]
        ranked = self.ranked()
        if ranked:
            high, low = ranked[0], ranked[-1]
            words.append(f"Highest {high.label}, {say(high.value, self.unit)}.")
            words.append(f"Lowest {low.label}, {say(low.value, self.unit)}.")
            words.append(f"{self.median_name} {say(self.middle(), self.unit)}.")
        for label, figure, rank in self.table()[1]:
            if label == self.highlight:
                words.append(f"{label}: {figure}" + (f", rank {rank} from the highest." if rank else "."))
        return " ".join(words)

    def vega_lite(self, *, narrow: bool = False) -> Spec:
        """One row an area, a dot on a light line, the median as a dashed line with its name at the top."""
        ranked = self.ranked()
        named = len(ranked) <= MOST_NAMED
        shown = [dot.label for dot in ranked if named or dot.label == self.highlight]
        longest = 20 if narrow else 34
        left = min(max((len(label) for label in shown), default=0), longest) * CHARACTER + 14
        width = (NARROW if narrow else WIDE) - left - 60
        step = ROW if named else TIGHT_ROW
        rows = [self._row(dot, place * step + step / 2, named, longest) for place, dot in enumerate(ranked)]
        domain = axis_domain(
            [dot.value for dot in ranked if dot.value is not None], from_zero=self.zero_based, unit=self.unit
        )
        across = _across(domain, self.unit)
        layers = [*self._median(across), *_dots(rows, across, width, named=named)]
        return framed(layers, width=width, height=max(step * len(rows), ROW))

    def _row(self, dot: Dot, middle: float, named: bool, longest: int) -> Spec:
        own = dot.label == self.highlight
        label = dot.label if len(dot.label) <= longest else dot.label[: longest - 1] + "…"
        return {
            "label": label if named or own else "",
            "value": float(dot.value or 0),
            "middle": middle,
            "words": say(dot.value, self.unit) if named or own else "",
            "colour": ACCENT if own else CONTEXT,
            "size": 150 if own else (60 if named else 14),
            "weight": "bold" if own else "normal",
            "order": int(own),
        }

    def _median(self, across: Spec) -> list[Spec]:
        """A dashed line at the median, named above the plot."""
        middle = self.middle()
        if middle is None:
            return []
        row = [{"value": float(middle)}]
        rule = {"type": "rule", "color": TEXT, "strokeDash": [6, 4]}
        name = {"type": "text", "baseline": "bottom", "align": "center", "dy": -6}
        words = fixed(f"{self.median_name} {say(middle, self.unit)}")
        return [layer(row, rule, {"x": across}), layer(row, name, {"x": across, "y": fixed(0), "text": words})]


def _exponent(value: Decimal) -> int:
    """How many places after the point, as a power of ten: -1 for 12.5."""
    return min(int(value.as_tuple().exponent), 0)


def _across(domain: tuple[float, float], unit: str) -> Spec:
    sign = "%" if unit == "%" else ""
    axis = {
        "tickCount": 4,
        "grid": False,
        "labelExpr": f"format(datum.value, ',') + '{sign}'",
        "orient": "bottom",
    }
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _dots(rows: list[Spec], across: Spec, width: int, *, named: bool) -> list[Spec]:
    """Guide lines, dots (the own area's last, on top), names and figures."""
    ordered = sorted(rows, key=lambda row: int(row["order"]))
    y = pixels("middle")
    weight = {"expr": "datum.weight"}
    lines = layer(rows, {"type": "rule", "color": GRID}, {"x": fixed(0), "x2": fixed(width), "y": y})
    dots = layer(
        ordered,
        {"type": "point", "filled": True, "opacity": 1, "stroke": "white", "strokeWidth": 1},
        {
            "x": across,
            "y": y,
            "size": {"field": "size", "type": "quantitative", "scale": None},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    )
    names = layer(
        rows,
        {"type": "text", "align": "right", "baseline": "middle", "fontWeight": weight},
        {"x": fixed(-8), "y": y, "text": {"field": "label", "type": "nominal"}},
    )
    figures = layer(
        rows,
        {"type": "text", "align": "left", "baseline": "middle", "fontWeight": weight},
        {"x": fixed(width + 10), "y": y, "text": {"field": "words", "type": "nominal"}},
    )
    return [lines, dots, names, figures] if named else [dots, names, figures]
