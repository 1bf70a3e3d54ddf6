"""The checks of one row, each with its rule id. Pure.

A row that fails one of these stops the whole file. A value that disagrees with its own numerator and denominator is
not among them: that is a contradiction between well-formed figures, which `trefoil.indicators.checks` finds.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from ..catalogue.references import split_breakdown
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..periods import Period, PeriodError, parse_period
from ..rows import FigureRow, Finding, Place, Severity
from .context import Context
from .sheets import Sheet, error, short
from .suggestions import IndicatorSuggester, nearest

_WHOLE_NUMBERS = {Unit.COUNT, Unit.PERCENT, Unit.PER_1000, Unit.PER_10000, Unit.PER_100000}
_FRACTIONS_OF_POSTS = ("full-time equivalent", "whole-time equivalent", "fte", "wte")
_HUNDRED = Decimal(100)

_LONGEST_BREAKDOWN = 160
_LONGEST_PERIOD = 20
_YEARS = range(1900, 2200)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """Read a period, and refuse years that are a slip of the hand. Raises PeriodError."""
    if len(text) > _LONGEST_PERIOD:
        raise PeriodError(f"“{short(text)}” is too long to be a period")
    try:
        found = parse_period(text)
        in_our_time = found.start.year in _YEARS and found.end.year in _YEARS
    except PeriodError:
        raise
    except ValueError:  # the year 0 is no date at all
        in_our_time = False
    if not in_our_time:
        raise PeriodError(f"“{text}” is not a period of our time")
    return found


def check_columns(sheet: Sheet, needed: Sequence[str], known: Sequence[str]) -> list[Finding]:
    """Columns that are missing, and columns that nobody asked for."""
    findings = [
        error(
            "column-missing",
            sheet.place(column=name),
            ", ".join(sheet.headings),
            f"a column {name}",
            f"The column “{name}” is missing"
            + (f"; “{near}” looks like it." if (near := nearest(name, sheet.headings)) else "."),
        )
        for name in needed
        if name not in sheet.headings
    ]
    findings += [
        error(
            "column-unknown",
            sheet.place(column=name),
            name,
            ", ".join(known),
            f"The column “{name}” is not known"
            + (f"; did you mean “{near}”?" if (near := nearest(name, known)) else "; delete it."),
        )
        for name in sheet.headings
        if name not in known
    ]
    return findings


def check_indicator(
    text: str, context: Context, place: Place, suggester: IndicatorSuggester
) -> tuple[Definition | None, list[Finding]]:
    """The definition of the indicator that a row names, or why there is none."""
    definition = context.definitions.get(text)
    if definition is None:
        near = suggester.suggest(text) if text else ""
        message = f"“{short(text)}” is not an indicator of the dictionary" if text else "The row names no indicator"
        message += f"; did you mean {near}?" if near else "."
        return None, [error("indicator-unknown", place, text, near or "an id such as FD01", message)]
    if context.asked is not None and text not in context.asked:
        who = context.agency or "this agency"
        message = f"{text} ({definition.title}) is not asked of {who}. Delete the row."
        return None, [error("indicator-not-asked", place, text, f"an indicator asked of {who}", message)]
    return definition, []


def check_period(text: str, context: Context, place: Place, *, inside: bool) -> tuple[Period | None, list[Finding]]:
    """The period of a row.

    `inside` asks that it lies within the return's, or is a quarter, term or year that ends in it. Otherwise it must not
    begin after it: a pack prints earlier months beside the latest, and a quarter or a year that is still running.
    """
    try:
        period = read_period(text)
    except PeriodError as wrong:
        message = f"{str(wrong)[:1].upper()}{str(wrong)[1:]}."
        return None, [error("period-unreadable", place, text, "a period such as 2019-02", message)]
    if context.today and period.start > context.today:
        message = f"The period {period.code} has not begun; there can be no figure for it yet."
        return None, [error("period-ahead", place, text, f"a period that began by {context.today}", message)]
    mine = context.period
    if mine is None or _fits(period, mine, inside):
        return period, []
    expected = mine.code if inside else f"a period that begins by {mine.end:%Y-%m}"
    message = f"The period {period.code} is not within this return, which is for {mine.label}."
    return None, [error("period-outside", place, text, expected, message)]


def _fits(period: Period, mine: Period, inside: bool) -> bool:
    if inside:
        return mine.start <= period.end <= mine.end and (mine.start <= period.start or _is_longer_kind(period))
    return period.start <= mine.end


def _is_longer_kind(period: Period) -> bool:
    """A quarter, a school term (to July or December) or a year: it stands in the return of its last month."""
    is_term = period.months == 4 and period.end.month in {7, 12}
    return period.kind in {"quarter", "year"} or is_term


def check_breakdown(text: str, definition: Definition, place: Place) -> list[Finding]:
    """The breakdown of a row must be one the definition has, with a category it has."""
    if len(text) > _LONGEST_BREAKDOWN:
        message = f"The breakdown has {len(text)} letters; at most {_LONGEST_BREAKDOWN} are taken."
        return [error("breakdown-too-long", place, text, f"at most {_LONGEST_BREAKDOWN} letters", message)]
    try:
        parts = split_breakdown(text)
    except ValueError as wrong:
        message = f"{str(wrong)[:1].upper()}{str(wrong)[1:]}."
        return [error("breakdown-unreadable", place, text, "for instance “age: under 1”", message)]
    findings = []
    for dimension, category in parts:
        breakdown = definition.breakdown(dimension)
        if breakdown is None:
            known = [b.dimension for b in definition.breakdowns]
            findings.append(_unknown_part("dimension", dimension, known, definition, place))
        elif not breakdown.accepts(category):
            findings.append(_unknown_part("category", category, breakdown.categories, definition, place))
    return findings


def _unknown_part(kind: str, found: str, known: Sequence[str], definition: Definition, place: Place) -> Finding:
    near = nearest(found, known)
    message = f"“{found}” is not a {kind} of {definition.id}" + (
        f"; did you mean “{near}”?" if near else f"; known: {', '.join(known)}." if known else "; it has none."
    )
    return error(f"breakdown-{kind}-unknown", place, found, near or ", ".join(known) or "no breakdown", message)


def check_amounts(row: FigureRow, definition: Definition) -> list[Finding]:
    """Counts are whole and not negative; a part is not more than its whole; a percentage is from 0 to 100."""
    findings = _count_findings(row, definition)
    numerator, denominator = row.numerator, row.denominator
    percent = definition.unit is Unit.PERCENT
    if numerator is not None and denominator is not None:
        if denominator == 0 and numerator > 0:
            found = f"{numerator} of 0"
            message = f"The denominator is 0 but the numerator is {numerator}; one of them is wrong."
            findings.append(_at(row, "denominator-zero", ("denominator", found, "above 0"), message))
        elif percent and numerator > denominator:
            found = f"{numerator} of {denominator}"
            message = f"The numerator {numerator} is more than the denominator {denominator}: over 100%."
            expected = f"at most {denominator}"
            findings.append(_at(row, "numerator-above", ("numerator", found, expected), message))
    share = percent or bool(row.breakdown and definition.unit is Unit.COUNT and numerator is not None)
    if share and row.value is not None and not 0 <= row.value <= _HUNDRED:
        message = f"{row.value} is not a percentage; it must lie from 0 to 100."
        findings.append(_at(row, "percentage-range", ("value", str(row.value), "0 to 100"), message))
    return findings


def _count_findings(row: FigureRow, definition: Definition) -> list[Finding]:
    words = f"{definition.numerator} {definition.denominator}".casefold()
    whole = definition.unit in _WHOLE_NUMBERS and not any(word in words for word in _FRACTIONS_OF_POSTS)
    findings = []
    amounts = [("numerator", row.numerator), ("denominator", row.denominator)]
    if definition.unit is Unit.COUNT and row.numerator is None and not row.breakdown:
        amounts.append(("value", row.value))
    for column, amount in amounts:
        if amount is None:
            continue
        if amount < 0:
            message = f"The {column} is {amount}; a count cannot be negative."
            findings.append(_at(row, "count-negative", (column, str(amount), "0 or more"), message))
        elif whole and amount != amount.to_integral_value():
            message = f"The {column} is {amount}; a count is a whole number."
            findings.append(_at(row, "count-not-whole", (column, str(amount), "a whole number"), message))
    return findings


def check_missing(row: FigureRow) -> list[Finding]:
    """A row gives a figure, or else the reason why there is none; never both, never neither."""
    given = row.numerator is not None or row.value is not None
    if given and row.missing_reason:
        message = "A figure is given and also a reason for its being missing; keep one of the two."
        return [_at(row, "reason-with-value", ("missing_reason", row.missing_reason, "a blank cell"), message)]
    if given or row.missing_reason:
        return []
    message = "No figure is given. Fill it in, say why it is missing in missing_reason, or delete the row."
    return [_at(row, "figure-missing", ("numerator", "a blank cell", "a figure or a reason"), message)]


def check_duplicates(rows: Iterable[FigureRow]) -> list[Finding]:
    """The same figure twice: an error that names both rows and says whether they agree."""
    first: dict[tuple[str, str, Period], FigureRow] = {}
    findings = []
    for row in sorted(rows, key=lambda row: row.place.row):
        earlier = first.setdefault(row.key, row)
        if earlier is not row:
            findings.append(_duplicate(earlier, row))
    return findings


def _duplicate(earlier: FigureRow, row: FigureRow) -> Finding:
    same = _content(earlier) == _content(row)
    what = f"{row.indicator}{f' ({row.breakdown})' if row.breakdown else ''} for {row.period.code}"
    how = "with the same content" if same else "with different figures"
    return Finding(
        severity=Severity.ERROR,
        rule="row-twice" if same else "row-contradicts",
        place=row.place,
        found=f"rows {earlier.place.row} and {row.place.row}",
        expected="one row for each figure",
        message=f"Rows {earlier.place.row} and {row.place.row} both give {what}, {how}. Keep one.",
        indicator=row.indicator,
        breakdown=row.breakdown,
        period=row.period,
    )


def _content(row: FigureRow) -> tuple[object, ...]:
    return (row.numerator, row.denominator, row.value, row.missing_reason, row.note)


def _at(row: FigureRow, rule: str, said: tuple[str, str, str], message: str) -> Finding:
    """A finding in a row; `said` is the column, what was found and what is expected."""
    column, found, expected = said
    place = Place(row=row.place.row, column=column, sheet=row.place.sheet)
    what = (row.indicator, row.breakdown, row.period)
    return Finding(Severity.ERROR, rule, place, found, expected, message, *what)
