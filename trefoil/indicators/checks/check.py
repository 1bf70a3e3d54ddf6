"""What a check is: a rule id, an instruction in plain words, and a function that finds what breaks it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..rows import FigureRow, Finding, Place, Severity
from .lookup import Figures

Said = tuple[str, str, str]
"""The column, what was found there, what is expected."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check across figures. `instruction` says what must hold, for the reader of a finding."""

    rule: str
    instruction: str
    find: Callable[[Figures], Iterable[Finding]]


def fault(rule: str, row: FigureRow, said: Said, message: str) -> Finding:
    """A contradiction between well-formed figures, at the row it shows in."""
    return _finding(Severity.FAULT, rule, row, said, message)


def note(rule: str, row: FigureRow, said: Said, message: str) -> Finding:
    """Something worth knowing that contradicts nothing."""
    return _finding(Severity.NOTE, rule, row, said, message)


def named(row: FigureRow) -> str:
    """`CP01 (age: under 1) for 2019-02`."""
    return f"{row.indicator}{f' ({row.breakdown})' if row.breakdown else ''} for {row.period.code}"


def _finding(severity: Severity, rule: str, row: FigureRow, said: Said, message: str) -> Finding:
    column, found, expected = said
    place = Place(row=row.place.row, column=column, sheet=row.place.sheet)
    what = (row.indicator, row.breakdown, row.period)
    return Finding(severity, rule, place, found, expected, message, *what)
