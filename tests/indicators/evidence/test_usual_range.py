"""Figures that count up since April are drawn and not judged."""

from decimal import Decimal

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.observations import Observation, Origin
from trefoil.indicators.evidence.readings import published_reading, reading_of
from trefoil.indicators.evidence.usual_range import chart_of
from trefoil.indicators.periods import month

RISING = [
    Observation(month(2025 + place // 12, place % 12 + 1), Decimal(10 * place), Origin.RETURNED) for place in range(14)
]


def test_cumulative_figures_have_no_usual_range_and_no_signal():
    chart = chart_of(RISING, reading_of(catalogue()["CP03"]))
    assert len(chart.points) == 14
    assert (chart.limits, chart.signals) == ((), ())
    assert chart.words == "counted up since April, so no usual range"


def test_figures_of_a_month_that_rise_steadily_are_a_signal():
    assert chart_of(RISING, reading_of(catalogue()["FD01"])).latest_signals


def test_published_years_of_a_cumulative_measure_are_judged():
    assert not published_reading(catalogue()["CP03"]).adds_up_since_april
    assert chart_of(RISING, published_reading(catalogue()["CP03"])).limits
