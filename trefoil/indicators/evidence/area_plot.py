"""The picture of a comparison: authorities by their figure, and region, England and an invented borough beside them."""

from dataclasses import dataclass, field

from trefoil.design.charts import ChartTable, Dot, DotPlot, say
from trefoil.design.charts import Figure as Number

from .areas import AreaFigure, Comparison, Scope
from .published import Setting

MOST_NAMED = 40


@dataclass(frozen=True)
class AreaPlot(DotPlot):
    """A dot plot whose median and table are the comparison's own: region and England carry no rank."""

    median: Number | None = None
    rows: tuple[tuple[str, ...], ...] = field(default=())
    rank_name: str = "Rank"

    def middle(self) -> Number | None:
        """The median of those the page names, not of every dot."""
        return self.median

    def table(self) -> ChartTable:
        """Area, figure, rank, quarter of the ranking and year."""
        return ("Area", "Figure", self.rank_name, "Quarter", "Year"), self.rows

    def description(self) -> str:
        """Title, the ends, the median and the reader's own row in sentences."""
        ranked = self.ranked()
        words = [f"Dot plot of {len(ranked)} areas. {self.title}. {self.subtitle}."]
        if ranked:
            high, low = ranked[0], ranked[-1]
            words.append(f"Highest {high.label}, {say(high.value, self.unit)}.")
            words.append(f"Lowest {low.label}, {say(low.value, self.unit)}.")
        if self.median is not None:
            words.append(f"{self.median_name} {say(self.median, self.unit)}.")
        words += [f"{row[0]}: {row[1]}, {row[2]}." for row in self.rows if row[0] == self.highlight]
        return " ".join(words)


def plot_of(comparison: Comparison) -> AreaPlot:
    """The dot plot; an invented borough's figure is labelled so. Of more than 40 authorities only the own is named."""
    reading, own = comparison.reading, comparison.own
    everyone = len(comparison.authorities) > MOST_NAMED
    dots = [_dot(one, comparison) for one in comparison.authorities]
    dots += [] if everyone else [_dot(one, comparison) for one in comparison.aside if one.value is not None]
    invented = comparison.invented_figure
    label = invented_label(comparison.setting)
    if invented and invented.value is not None:
        dots.append(Dot(label, reading.rounded(invented.value)))
    middle = comparison.middle.median
    year = comparison.year.period_label if comparison.year else ""
    return AreaPlot(
        title=finding_of(comparison),
        subtitle=f"{comparison.definition.title}, {reading.unit_name}, {year}",
        unit="%" if reading.unit_name == "%" else reading.unit_name,
        dots=tuple(dots),
        highlight=own.name if own else label,
        median_name=f"{whose(comparison)} median",
        median=None if middle is None else reading.rounded(middle, middle=True),
        rows=table_rows(comparison),
        rank_name="Rank, 1st is best" if reading.polarity.judges else "Rank, 1st is highest",
    )


def invented_label(setting: Setting) -> str:
    """`Fairmead (invented)`."""
    return f"{setting.area.name} (invented)"


def whose(comparison: Comparison) -> str:
    """Of whom the median is."""
    return {
        Scope.NEIGHBOURS: "Neighbours’",
        Scope.REGION: f"{comparison.setting.region[1]} authorities’",
        Scope.ENGLAND: "English authorities’",
    }[comparison.scope]


def finding_of(comparison: Comparison) -> str:
    """The finding as a sentence without its full stop: where the area stands, and on which side of the median."""
    own, middle = comparison.own, comparison.middle.median
    if own is None:
        return f"How {comparison.middle.used} authorities stood"
    if own.value is None or own.rank is None:
        return f"{own.name} has no published figure for this year"
    stood = f"{own.name} was {own.rank.words}"
    if middle is None:
        return stood
    side = "above" if own.value > middle else "below" if own.value < middle else "at"
    return f"{stood}, {side} {_median_of(comparison)}"


def _median_of(comparison: Comparison) -> str:
    if comparison.scope is Scope.NEIGHBOURS:
        return "the median of its neighbours"
    return (
        f"the median of {comparison.setting.region[1] if comparison.scope is Scope.REGION else 'England'}’s authorities"
    )


def table_rows(comparison: Comparison) -> tuple[tuple[str, ...], ...]:
    """Authorities by rank, then those without a figure in words, then region, England and an invented borough."""
    year = comparison.year.period_label if comparison.year else ""
    ranked = sorted(comparison.authorities, key=lambda one: (one.rank.position if one.rank else 999, one.name))
    rows = [_row(one, comparison, year) for one in ranked]
    rows += [_row(one, comparison, year) for one in comparison.aside]
    if found := comparison.invented_figure:
        figure = comparison.reading.say(found.value)
        rows.append((invented_label(comparison.setting), figure, "not ranked", "", found.period_label))
    return tuple(rows)


def _row(one: AreaFigure, comparison: Comparison, year: str) -> tuple[str, ...]:
    figure = comparison.reading.say(one.value) or one.why_missing.capitalize()
    return (one.name, figure, one.rank.words if one.rank else "not ranked", str(one.quartile or ""), year)


def _dot(one: AreaFigure, comparison: Comparison) -> Dot:
    value = None if one.value is None else comparison.reading.rounded(one.value)
    return Dot(one.name, value, note=one.why_missing)
