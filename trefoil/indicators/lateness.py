"""How late a return was handed in, in words. Late is not refused: it is said. Pure: no database, no clock."""

from datetime import date


def lateness_words(handed_in_on: date, *, due_on: date, closes_on: date | None) -> str:
    """`12 days after it was due`, with `and 7 days after it closed` past its closing date; nothing in time."""
    days = (handed_in_on - due_on).days
    if days <= 0:
        return ""
    said = f"{_days(days)} after it was due"
    if closes_on is None or handed_in_on <= closes_on:
        return said
    return f"{said} and {_days((handed_in_on - closes_on).days)} after it closed"


def _days(number: int) -> str:
    return f"{number:,} day{'s' * (number != 1)}"
