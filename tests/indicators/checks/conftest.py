"""Figures to check, against the real dictionary."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import FigureRow, Finding, Place


@pytest.fixture(scope="session")
def figure() -> Callable[..., FigureRow]:
    """One figure: `figure("CP01", 173, row=5)`; `value="37.1"` is a published value."""

    def make(indicator, numerator=None, breakdown="", *, period="2019-02", row=2, value=None, **more) -> FigureRow:
        amounts = {name: None if given is None else Decimal(str(given)) for name, given in more.items()}
        return FigureRow(
            place=Place(row=row),
            indicator=indicator,
            period=parse_period(period),
            breakdown=breakdown,
            numerator=None if numerator is None else Decimal(str(numerator)),
            value=None if value is None else Decimal(str(value)),
            **amounts,
        )

    return make


@pytest.fixture(scope="session")
def found() -> Callable[..., list[Finding]]:
    """What the checks find in these figures."""

    def make(*rows: FigureRow, earlier=()) -> list[Finding]:
        return check_figures(rows, catalogue(), earlier)

    return make
