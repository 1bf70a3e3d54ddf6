"""The control chart of an indicator with the day of a change on it: what was usual before, and what is since."""

from dataclasses import dataclass

from trefoil.design.charts import Figure, LineChart, say
from trefoil.design.charts.figures import Spec, axis_domain, layer
from trefoil.design.palette import BAND, CONTEXT, CONTEXT_FILL, TEXT


@dataclass(frozen=True)
class Stretch:
    """What was usual between two labels, both included. `carried`: worked out from earlier figures than those here."""

    first: str
    last: str
    low: Figure
    centre: Figure
    high: Figure
    carried: bool = False


@dataclass(frozen=True)
class ShiftChart(LineChart):
    """A line with a usual range for each stretch, and an upright line where something changed.

    `changed` is the label of the first period since the change, empty when none has come; `change_words` stand at it.
    """

    stretches: tuple[Stretch, ...] = ()
    changed: str = ""
    change_words: str = ""

    def description(self) -> str:
        """As of every line chart, with the change and the ranges in sentences."""
        words = [super().description()]
        if self.changed:
            words.append(f"{self.change_words}, drawn at {self.changed}.")
        words += [self._said(stretch) for stretch in self.stretches]
        return " ".join(words)

    def _said(self, stretch: Stretch) -> str:
        carried = " (carried on from before)" if stretch.carried else ""
        usual = f"{say(stretch.low)} to {say(stretch.high, self.unit)}, level {say(stretch.centre, self.unit)}"
        return f"Usual range {usual}, from {stretch.first} to {stretch.last}{carried}."

    def _domain(self) -> tuple[float, float]:
        values = [point.value for point in self.points if point.value is not None]
        values += [value for one in self.stretches for value in (one.low, one.high)]
        return axis_domain(values, from_zero=self.zero_based, unit=self.unit)

    def _backdrop(self, axes: Spec) -> list[Spec]:
        layers = [drawn for one in self.stretches for drawn in self._stretch(one, axes)]
        return [*layers, *self._change(axes)] if self.changed else layers

    def _stretch(self, one: Stretch, axes: Spec) -> list[Spec]:
        row = {"label": one.first, "last": one.last, "value": float(one.centre)}
        band = row | {"value": float(one.low), "high": float(one.high)}
        across = {**axes, "x2": {"field": "last"}}
        fill: Spec = {"type": "rect", "fill": BAND, "opacity": 0.55 if one.carried else 1}
        line: Spec = {"type": "rule", "color": CONTEXT_FILL, "strokeDash": [5, 4] if one.carried else [1, 0]}
        return [layer([band], fill, {**across, "y2": {"field": "high"}}), layer([row], line, across)]

    def _change(self, axes: Spec) -> list[Spec]:
        """The upright line stands at the first period since the change."""
        low, high = self._domain()
        row = {"label": self.changed, "value": low, "high": high, "words": self.change_words}
        labels = [point.label for point in self.points]
        late = labels.index(self.changed) * 2 > len(labels)
        mark: Spec = {"type": "rule", "color": TEXT, "strokeWidth": 1.5, "strokeDash": [3, 3]}
        side: Spec = {"align": "right", "dx": -6} if late else {"align": "left", "dx": 6}
        text: Spec = {"type": "text", "color": CONTEXT, "baseline": "top", "dy": 2, "fontWeight": "bold", **side}
        at_top = {**axes, "y": {**axes["y"], "field": "high"}, "text": {"field": "words", "type": "nominal"}}
        return [layer([row], mark, {**axes, "y2": {"field": "high"}}), layer([row], text, at_top)]
