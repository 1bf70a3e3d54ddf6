"""How old figures are, so that an old one is never read as today's. Pure: no database, no clock."""

from datetime import date

from ..calculation.numerals import in_words

# A year's national figures come out up to a year after it and stand until the next ones: younger than this is not old.
OLD_AFTER_MONTHS = 24


def is_old(figure_on: date | None, today: date) -> bool:
    """Whether a figure of a period that ended then is more than two years old."""
    return figure_on is not None and months_between(figure_on, today) > OLD_AFTER_MONTHS


def age_words(figure_on: date, today: date) -> str:
    """`The figure is seven years old.`, in whole years."""
    return f"The figure is {in_words(months_between(figure_on, today) // 12)} years old."


def months_between(earlier: date, later: date) -> int:
    """Calendar months from one date's month to another's."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month
