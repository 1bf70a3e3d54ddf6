"""A figure over time, with its target, usual range, signals and comparators."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.design.charts.figures import (
    LINE_HEIGHT,
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
    spread,
    wrapped,
)
from trefoil.design.palette import ACCENT, ACT, BAND, CONTEXT, TEXT

HEIGHT = 260
CHARACTER = 7
"""Usual width of a character at the label size, for room at the right."""


@dataclass(frozen=True)
class Point:
    """One period. `signal` says in a few words why the figure is more than noise; `note` why it is missing."""

    label: str
    value: Figure | None
    signal: str = ""
    note: str = ""


@dataclass(frozen=True)
class UsualRange:
    """The range that noise alone explains, and its centre."""

    low: Figure
    centre: Figure
    high: Figure


@dataclass(frozen=True)
class Comparator:
    """Another area or group; one figure per period, in the order of the chart's own points."""

    label: str
    values: tuple[Figure | None, ...]


@dataclass(frozen=True)
class LineChart:
    """A trend. `unit` is "%" or words such as "children"; `name` labels the line (the reader's own area).

    `zero_based` is right for counts and percentages; a chart that is not says so beneath its axis. Raises ValueError
    when a comparator has another number of periods.
    """

    title: str
    subtitle: str
    unit: str
    points: tuple[Point, ...]
    name: str
    target: Figure | None = None
    usual_range: UsualRange | None = None
    comparators: tuple[Comparator, ...] = ()
    zero_based: bool = True

    def __post_init__(self) -> None:
        """Refuse comparators that do not fit the periods."""
        for other in self.comparators:
            if len(other.values) != len(self.points):
                raise ValueError(f"{other.label} has {len(other.values)} figures for {len(self.points)} periods.")

    def table(self) -> ChartTable:
        """Period, own figure, comparators, and what is said of the period."""
        headings = ("Period", self.name, *(other.label for other in self.comparators), "Note")
        rows = tuple(
            (
                point.label,
                say(point.value, self.unit),
                *(say(other.values[place], self.unit) for other in self.comparators),
                point.signal or point.note,
            )
            for place, point in enumerate(self.points)
        )
        return headings, rows

    def description(self) -> str:
        """Title, ends, extremes, target, usual range, signals and gaps in sentences."""
        words = [f"Line chart. {self.title}. {self.subtitle}."]
        known = [(point.value, point.label) for point in self.points if point.value is not None]
        if known:
            (first, first_label), (last, last_label) = known[0], known[-1]
            words.append(
                f"{self.name}: {say(first, self.unit)} in {first_label}, {say(last, self.unit)} in {last_label}."
            )
            (low, low_label), (high, high_label) = min(known, key=_value), max(known, key=_value)
            words.append(
                f"Lowest {say(low, self.unit)} in {low_label}, highest {say(high, self.unit)} in {high_label}."
            )
        if self.target is not None:
            words.append(f"Target {say(self.target, self.unit)}.")
        if self.usual_range:
            words.append(self._range_words() + ".")
        words += [f"{point.label}: {point.signal}." for point in self.points if point.signal]
        if not self.zero_based:
            words.append("The axis does not start at zero.")
        if gaps := [point.label for point in self.points if point.value is None]:
            words.append(f"No figure for {', '.join(gaps)}.")
        return " ".join(words)

    def vega_lite(self, *, narrow: bool = False) -> Spec:
        """Band, target, comparators, own line with gaps, signals as diamonds, and labels at the right."""
        labels = self._labels(12 if narrow else 18)
        right = max((len(line) for _, lines, _, _ in labels for line in lines), default=0) * CHARACTER + 14
        width = (NARROW if narrow else WIDE) - right - 50
        domain = self._domain()
        axes = self._axes(domain, ticks=3 if narrow else 7)
        layers = [*self._backdrop(axes), *self._series(axes), *self._signals(axes)]
        layers.append(_label_layer(labels, domain, width))
        if not self.zero_based:
            layers.append(_NOT_FROM_ZERO)
        return framed(layers, width=width, height=HEIGHT)

    def _domain(self) -> tuple[float, float]:
        values = [point.value for point in self.points if point.value is not None]
        values += [value for other in self.comparators for value in other.values if value is not None]
        values += [self.target] if self.target is not None else []
        values += [self.usual_range.low, self.usual_range.high] if self.usual_range else []
        return axis_domain(values, from_zero=self.zero_based, unit=self.unit)

    def _axes(self, domain: tuple[float, float], ticks: int) -> Spec:
        labels = [point.label for point in self.points]
        step = max(1, -(-len(labels) // ticks))
        shown = labels[::-1][::step][::-1]
        sign = "%" if self.unit == "%" else ""
        return {
            "x": {
                "field": "label",
                "type": "ordinal",
                "sort": None,
                "scale": {"type": "point", "domain": labels, "padding": 0.3},
                "axis": {"values": shown, "labelAngle": 0, "grid": False, "labelPadding": 6},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": list(domain), "nice": False, "zero": False},
                "axis": {
                    "tickCount": 5,
                    "domain": False,
                    "ticks": False,
                    "labelExpr": f"format(datum.value, ',') + '{sign}'",
                },
            },
        }

    def _backdrop(self, axes: Spec) -> list[Spec]:
        """The usual range and the target, behind everything else."""
        layers = []
        if self.usual_range:
            usual = self.usual_range
            row = {"low": float(usual.low), "high": float(usual.high), "value": float(usual.centre)}
            band = {"y": {**axes["y"], "field": "low"}, "y2": {"field": "high"}}
            layers.append(layer([row], {"type": "rect", "fill": BAND, "opacity": 1}, band))
            layers.append(layer([row], {"type": "rule", "color": "#b8bfc4"}, {"y": axes["y"]}))
        if self.target is not None:
            mark = {"type": "rule", "color": TEXT, "strokeDash": [6, 4], "strokeWidth": 1.5}
            layers.append(layer([{"value": float(self.target)}], mark, {"y": axes["y"]}))
        return layers

    def _series(self, axes: Spec) -> list[Spec]:
        """Comparators in grey, each with its own dashes, then the own line in the accent."""
        dashes = ([1, 0], [2, 3], [8, 3], [8, 3, 2, 3])
        layers = []
        for place, other in enumerate(self.comparators):
            mark = {"type": "line", "color": CONTEXT, "strokeWidth": 1.5, "strokeDash": dashes[place % 4]}
            layers += _line(self._rows(other.values), mark, axes, dots=False)
        own = {"type": "line", "color": ACCENT, "strokeWidth": 2.5}
        return layers + _line(self._rows([point.value for point in self.points]), own, axes, dots=True)

    def _rows(self, values: Sequence[Figure | None]) -> list[Spec]:
        """Rows of a line; the run number changes at a gap, so that the line breaks there."""
        rows, run = [], 0
        for point, value in zip(self.points, values, strict=True):
            if value is None:
                run += 1
            else:
                rows.append({"label": point.label, "value": float(value), "run": run})
        return rows

    def _signals(self, axes: Spec) -> list[Spec]:
        """A diamond for each signal; the words of the latest one stand beside it."""
        rows: list[Spec] = [
            {"label": point.label, "value": float(point.value), "words": wrapped(point.signal, 18)}
            for point in self.points
            if point.signal and point.value is not None
        ]
        if not rows:
            return []
        mark = {"type": "point", "shape": "diamond", "size": 190, "filled": True, "color": ACT, "opacity": 1}
        diamonds = layer(rows, {**mark, "stroke": "white", "strokeWidth": 1.5}, dict(axes))
        early = [point.label for point in self.points].index(str(rows[-1]["label"])) * 2 < len(self.points)
        known = [float(point.value) for point in self.points if point.value is not None]
        high = rows[-1]["value"] > sum(known) / len(known)
        # On the side away from the rest of the line, so that they do not lie on it.
        tall = (len(rows[-1]["words"]) - 1) * LINE_HEIGHT
        side = {"dy": -14 - tall, "baseline": "bottom"} if high else {"dy": 14, "baseline": "top"}
        words: Spec = {"type": "text", "color": ACT, "fontWeight": "bold", **side}
        words |= {"align": "left", "dx": -6} if early else {"align": "right", "dx": 8}
        text = {**axes, "text": {"field": "words", "type": "nominal"}}
        return [diamonds, layer([rows[-1]], words, text)]

    def _range_words(self) -> str:
        usual = self.usual_range
        return f"Usual range {say(usual.low)} to {say(usual.high, self.unit)}" if usual else ""

    def _labels(self, characters: int) -> list[tuple[Figure, list[str], str, bool]]:
        """Labels at the right: place on the axis, lines of text, colour, whether bold."""
        found: list[tuple[Figure, str, str, bool]] = []
        own = [point.value for point in self.points if point.value is not None]
        if own:
            found.append((own[-1], f"{self.name} {say(own[-1], self.unit)}", ACCENT, True))
        for other in self.comparators:
            known = [value for value in other.values if value is not None]
            if known:
                found.append((known[-1], f"{other.label} {say(known[-1], self.unit)}", CONTEXT, False))
        if self.target is not None:
            found.append((self.target, f"Target {say(self.target, self.unit)}", TEXT, False))
        if self.usual_range:
            found.append((self.usual_range.centre, self._range_words(), CONTEXT, False))
        return [(value, wrapped(text, characters), colour, bold) for value, text, colour, bold in found]


_NOT_FROM_ZERO = layer(
    [{}],
    {"type": "text", "align": "left", "baseline": "top", "color": CONTEXT, "fontStyle": "italic"},
    {"x": fixed(0), "y": fixed(HEIGHT + 28), "text": fixed("The axis does not start at zero")},
)


def _value(pair: tuple[Figure, str]) -> Figure:
    return pair[0]


def _line(rows: list[Spec], mark: Spec, axes: Spec, *, dots: bool) -> list[Spec]:
    """A broken line, and dots where asked or where a period stands alone between gaps."""
    lone = [row for row in rows if [other["run"] for other in rows].count(row["run"]) == 1]
    line = layer(rows, mark, {**axes, "detail": {"field": "run", "type": "nominal"}})
    dot = {"type": "point", "filled": True, "size": 36, "color": mark["color"], "opacity": 1}
    marked = rows if dots else lone
    return [line, layer(marked, dot, dict(axes))] if marked else [line]


def _label_layer(labels: list[tuple[Figure, list[str], str, bool]], domain: tuple[float, float], width: int) -> Spec:
    """Labels in pixels right of the plot, moved apart where they would touch."""
    low, high = domain
    places = [HEIGHT * (1 - (float(value) - low) / (high - low)) for value, _, _, _ in labels]
    moved = spread(places, [len(lines) * LINE_HEIGHT + 3 for _, lines, _, _ in labels], HEIGHT)
    rows = [
        {
            "place": place - (len(lines) - 1) * LINE_HEIGHT / 2,
            "words": lines,
            "colour": colour,
            "weight": "bold" if bold else "normal",
        }
        for place, (_, lines, colour, bold) in zip(moved, labels, strict=True)
    ]
    encoding = {
        "x": fixed(width + 10),
        "y": {"field": "place", "type": "quantitative", "scale": None},
        "text": {"field": "words", "type": "nominal"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontWeight": {"expr": "datum.weight"}}
    return layer(rows, mark, encoding)
