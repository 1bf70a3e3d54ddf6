"""The usual range of a row of figures and what stands out of it, worked out once for the same figures."""

from collections.abc import Sequence
from decimal import Decimal

from ..calculation.polarity import Polarity
from ..calculation.xmr import Chart, Kind, Point, xmr
from ..catalogue.vocabulary import Unit
from ..periods import Period
from .kept import kept
from .observations import Observation
from .readings import Reading


def chart_of(series: Sequence[Observation], reading: Reading) -> Chart:
    """The usual range and signals of a row of figures. Worked out once by this process for the same figures.

    A figure that counts up since April rises every month and falls in the next: it has no usual range, and a rise of it
    is no signal.
    """
    if reading.adds_up_since_april:
        points = tuple(Point(item.period, item.value) for item in series if item.value is not None)
        return Chart(points, (), (), unjudged="counted up since April, so no usual range")
    return _chart(tuple((item.period, item.value) for item in series), reading.polarity, kind_of(reading.unit))


@kept(4096)
def _chart(figures: tuple[tuple[Period, Decimal | None], ...], polarity: Polarity, kind: Kind) -> Chart:
    return xmr(figures, polarity=polarity, kind=kind)


def kind_of(unit: Unit) -> Kind:
    """What limits figures of a unit can have."""
    if unit is Unit.PERCENT:
        return Kind.PERCENTAGE
    return Kind.COUNT
