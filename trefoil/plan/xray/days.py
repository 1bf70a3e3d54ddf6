"""Days in words, for the reasons of findings."""

from datetime import date


def day_words(day: date) -> str:
    """`4 March 2026`."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 day`, `3 days`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ago(day: date, today: date) -> str:
    """`12 days ago`; `today`."""
    days = (today - day).days
    return "today" if days == 0 else f"{counted(days, 'day')} ago"
