"""Every check across figures, and the one function that runs them. Pure."""

from collections.abc import Iterable

from ..rows import FigureRow, Finding, Severity
from .check import Check
from .lookup import Definitions, Figures
from .over_time import FALLS, JUMP, RESTATED
from .percentages import CUMULATIVE, PERCENTAGE, POSSIBLE, SHARES, VALUE
from .rates import RATES
from .same_things import SAME
from .totals import BREAKDOWNS, MARGINS, OUTSIDE, PART_DENOMINATOR, PARTS, WITHIN
from .variances import VARIANCE

CHECKS: tuple[Check, ...] = (
    PARTS,
    PART_DENOMINATOR,
    MARGINS,
    BREAKDOWNS,
    OUTSIDE,
    WITHIN,
    PERCENTAGE,
    VALUE,
    POSSIBLE,
    SHARES,
    CUMULATIVE,
    VARIANCE,
    SAME,
    RATES,
    RESTATED,
    JUMP,
    FALLS,
)
_ORDER = {Severity.ERROR: 0, Severity.FAULT: 1, Severity.NOTE: 2}


def check_figures(
    rows: Iterable[FigureRow], definitions: Definitions, earlier_rows: Iterable[FigureRow] = ()
) -> list[Finding]:
    """What the figures say against one another.

    `earlier_rows` are figures already held. Findings come worst first, then by row; they do not depend on the order of
    `rows`.
    """
    figures = Figures(rows, definitions, earlier_rows)
    findings = [finding for check in CHECKS for finding in check.find(figures)]
    return sorted(
        findings, key=lambda f: (_ORDER[f.severity], f.place.row, f.rule, f.indicator, f.breakdown, f.message)
    )


def instruction_for(rule: str) -> str:
    """The instruction of a rule in plain words, or "" when the rule is not one of these checks."""
    return next((check.instruction for check in CHECKS if check.rule == rule), "")
