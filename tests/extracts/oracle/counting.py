"""The figures of an area: every indicator, period and group, counted row by row."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from . import (
    assessments,
    care,
    care_due,
    early_help,
    front_door,
    missing,
    need,
    protection,
    section_47,
    stays,
    young_people,
)
from .area import Area, Row
from .calendar import ONE_DAY, add_months, last_of_month
from .definitions import Asked
from .language import holds
from .people import age_in_month_of, described

Span = tuple[date, date]
# By first and last day, breakdown and group: numerator and denominator.
Figures = dict[tuple[date, date, str, str], tuple[int, int | None]]

EVENTS: dict[str, Callable[[Area], list[Row]]] = {
    **front_door.EVENTS,
    **early_help.EVENTS,
    **section_47.EVENTS,
    **assessments.EVENTS,
    **missing.EVENTS,
    **need.EVENTS,
    **protection.EVENTS,
    **stays.EVENTS,
    **care_due.EVENTS,
}
STATES: dict[str, Callable[[Area, date], list[Row]]] = {
    **early_help.STATES,
    **missing.STATES,
    **need.STATES,
    **protection.STATES,
    **care.STATES,
    **care_due.STATES,
    **young_people.STATES,
}
BREAKDOWNS = {
    "locality": "locality",
    "team": "team",
    "age_band": "age_band",
    "sex": "sex",
    "ethnicity": "ethnic_group",
    "disability": "disabled",
}
# A conference is of a meeting, and not of one child.
ONLY_BY_TEAM = ("conferences",)
# Lists of our own: an area that has sent none has no figures.
ONLY_WHERE_ANY: dict[str, tuple[str, ...]] = {
    "early_help_requests": ("EARLY_HELP",),
    "exploitation": ("CSE", "GANGS", "CRIMINAL"),
    "exploitation_begun": ("CSE", "GANGS", "CRIMINAL"),
    "nrm_referrals": ("NRM",),
    "panel_referrals": ("PANEL",),
    "youth_justice": ("YOUTH_JUSTICE",),
    "private_fostering": ("PRIVATE_FOSTERING",),
    "private_fostering_visited": ("PRIVATE_FOSTERING",),
}
# States that the extract has for its own day alone.
LAST_MONTH_ONLY = ("care_leavers", "private_fostering_visited")
# Months before a period for which reviews must be in the extract: the two longest intervals between reviews.
REVIEWS_FOR_MONTHS = {"cp_plans_reviewed": 18, "cp_review_conferences": 0, "care_reviews_due": 6}


def month_ends(as_at: date, months: int) -> list[date]:
    """The last days of the `months` months that end with the last whole month by `as_at`."""
    last = last_of_month(as_at.year, as_at.month)
    if last > as_at:
        last = as_at.replace(day=1) - ONE_DAY
    return [_end_of(add_months(last.replace(day=1), -back)) for back in range(months)]


def _end_of(first: date) -> date:
    return last_of_month(first.year, first.month)


def periods(as_at: date, months: int) -> set[Span]:
    """Months, quarters, years, years to date and twelve months, wholly within the last `months` months."""
    ends = month_ends(as_at, months)
    earliest = ends[-1].replace(day=1)
    found: set[Span] = set()
    for end in ends:
        first = end.replace(day=1)
        found |= {(first, end), (add_months(first, -11), end), (_april_before(end), end)}
        if end.month in (3, 6, 9, 12):
            found.add((add_months(first, -2), end))
    return {span for span in found if span[0] >= earliest}


def _april_before(day: date) -> date:
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def count(area: Area, asked: Asked, spans: Iterable[Span], breakdowns: Sequence[str]) -> Figures:
    """Every figure of an indicator that the area's extract can give, as a whole, in its own and these breakdowns.

    Groups that nobody is in are left out, but for the categories of `parts`.
    """
    if asked.subject in ONLY_WHERE_ANY and not _any_of(area, ONLY_WHERE_ANY[asked.subject]):
        return {}
    last_month = month_ends(area.as_at, 1)[0]
    figures: Figures = {}
    for first, last in spans:
        if last > last_month or (asked.subject in LAST_MONTH_ONLY and last < last_month):
            continue
        begin = add_months(last.replace(day=1), -11) if asked.window else first
        if asked.subject in REVIEWS_FOR_MONTHS and _before_reviews(area, asked.subject, begin, last):
            continue
        rows = [row for row in _rows(area, asked.subject, begin, last) if holds(asked.where, row)]
        for key, figure in _figures(area, asked, rows, last, breakdowns).items():
            figures[first, last, *key] = figure
    return figures


def _before_reviews(area: Area, subject: str, first: date, last: date) -> bool:
    """Whether the extract's reviews do not reach back far enough: for events the whole period, for a state its day."""
    asked_from = last if subject in STATES else first
    return add_months(asked_from, -REVIEWS_FOR_MONTHS[subject]) < area.reviews_from


def _any_of(area: Area, kinds: Sequence[str]) -> bool:
    return any(row["epis_kind"] in kinds for row in area.rows("trefoil_episodes"))


def _rows(area: Area, subject: str, first: date, last: date) -> list[Row]:
    """The rows of a span: events on its days, or what is so on its last day."""
    if subject in EVENTS:
        return [row for row in _events(area, subject) if first <= row["on"] <= last]
    return _states(area, subject, last)


@cache
def _events(area: Area, subject: str) -> list[Row]:
    return [described(area, row) for row in EVENTS[subject](area)]


@cache
def _states(area: Area, subject: str, day: date) -> list[Row]:
    rows = STATES[subject](area, day)
    return [described(area, {**row, "age_months": age_in_month_of(area, row["child"], day)}) for row in rows]


def _figures(
    area: Area, asked: Asked, rows: list[Row], last: date, breakdowns: Sequence[str]
) -> dict[tuple[str, str], tuple[int, int | None]]:
    """By breakdown and group, of the rows of one period that `where` holds of."""
    found: dict[tuple[str, str], tuple[int, int | None]] = {}
    if asked.per:
        below = _population(area, last)
        return {("", ""): (_how_many(asked, rows), below)} if below else {}
    whole = _figure(asked, rows)
    if not asked.is_share:
        found["", ""] = whole
    for dimension, column in asked.by.items():
        for group in {row[column] for row in rows}:
            one = _figure(asked, [row for row in rows if row[column] == group])
            found[dimension, group] = (one[0], whole[1]) if asked.is_share else one
    for dimension, categories in asked.parts.items():
        for category, text in categories.items():
            number = _how_many(asked, [row for row in rows if holds(text, row)])
            found[dimension, category] = number, whole[1]
    return found | _standing(asked, rows, breakdowns)


def _standing(
    asked: Asked, rows: list[Row], breakdowns: Sequence[str]
) -> dict[tuple[str, str], tuple[int, int | None]]:
    """The breakdowns that any indicator may be asked for, where they make sense of the subject."""
    found = {}
    for breakdown in breakdowns:
        column = BREAKDOWNS[breakdown]
        own = breakdown in asked.by or breakdown in asked.parts
        if own or asked.is_share or (asked.subject in ONLY_BY_TEAM and breakdown != "team"):
            continue
        for group in {row[column] for row in rows if column in row}:
            numerator, denominator = _figure(asked, [row for row in rows if row[column] == group])
            if numerator or denominator:
                found[breakdown, group] = numerator, denominator
    return found


def _figure(asked: Asked, rows: list[Row]) -> tuple[int, int | None]:
    """Numerator and denominator of some rows; a count has no denominator."""
    if asked.sum:
        known = [row[asked.sum] for row in rows if row[asked.sum] is not None]
        return sum(known), len(known)
    if asked.numerator:
        return _how_many(asked, [row for row in rows if holds(asked.numerator, row)]), _how_many(asked, rows)
    return _how_many(asked, rows), _how_many(asked, rows) if asked.is_share else None


def _how_many(asked: Asked, rows: list[Any]) -> int:
    """Rows, or the children they are about."""
    if asked.count in ("children", "open_children"):
        return len({row["child"] for row in rows} - {None})
    return len(rows)


def _population(area: Area, last: date) -> int | None:
    """Children at the middle of the year in which the period's April to March began, or the latest before it."""
    wanted = _april_before(last).year
    usable = [year for year in area.populations if year <= wanted]
    return area.populations[max(usable)] if usable else None
