"""One specification of a chart for screen and document.

A chart is a frozen dataclass: its finding, its figures and what they are compared with. It gives a Vega-Lite
specification, the table behind it and its description in words. The title (the finding) and subtitle (measure,
area, period) are not drawn inside the picture: a page prints them as a heading, a document as its own heading, so
that they wrap, scale and are read like all other text. The picture's accessible name is the description.
"""

from trefoil.design.charts.bands import Band, Distribution, DistributionRow
from trefoil.design.charts.bars import Bar, BarChart
from trefoil.design.charts.dots import Dot, DotPlot
from trefoil.design.charts.figures import Chart, ChartTable, Figure, say
from trefoil.design.charts.lines import Comparator, LineChart, Point, UsualRange
from trefoil.design.charts.rendering import Cache, render_png, render_svg

__all__ = [
    "Band",
    "Bar",
    "BarChart",
    "Cache",
    "Chart",
    "ChartTable",
    "Comparator",
    "Distribution",
    "DistributionRow",
    "Dot",
    "DotPlot",
    "Figure",
    "LineChart",
    "Point",
    "UsualRange",
    "render_png",
    "render_svg",
    "say",
]
