"""How old somebody was. Pure."""

from datetime import date


def age_on(born_on: date, day: date) -> int:
    """Whole years; one born on 29 February is a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
