"""Dates, times and counts of meetings as people write them."""

from datetime import date, datetime

from django.utils import timezone

from .enums import CycleUnit, MeetingState, Nth, Weekday
from .models import Cycle

# The colour of a status on a tag.
MEETING_COLOURS = {
    MeetingState.PLANNED: "grey",
    MeetingState.AGENDA_SENT: "blue",
    MeetingState.HELD: "green",
    MeetingState.CANCELLED: "red",
}
DECISION_COLOURS = {"open": "blue", "made": "green", "not_made": "red", "withdrawn": "grey"}
MINUTES_COLOURS = {"draft": "grey", "circulated": "blue", "approved": "green"}
_ORDINALS = {1: "", 2: "second ", 3: "third ", 4: "fourth ", 6: "sixth "}


def day_words(day: date | None, empty: str = "") -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}" if day else empty


def moment_words(moment: datetime) -> str:
    """`Tuesday 3 March 2026, 14:05`, in the time of England."""
    return f"{timezone.localtime(moment):%A %-d %B %Y, %H:%M}"


def clock_words(moment: datetime) -> str:
    """`14:05`, in the time of England."""
    return f"{timezone.localtime(moment):%H:%M}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 meeting`, `2 meetings`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def cycle_words(cycle: Cycle | None) -> str:
    """`The second Tuesday of every second month at 10:00, for 120 minutes.`"""
    if cycle is None:
        return "Nobody has said yet how often it meets."
    weekday = Weekday(cycle.weekday).label
    every = _ORDINALS.get(cycle.every, f"{cycle.every}th ")
    if cycle.unit == CycleUnit.WEEKS:
        said = f"Every {every}{weekday}" if cycle.every < 5 else f"Every {cycle.every} weeks on a {weekday}"
    else:
        months = f"every {every}month" if cycle.every in _ORDINALS else f"every {cycle.every} months"
        said = f"The {Nth(cycle.nth).label.lower()} {weekday} of {months}"
    return f"{said} at {cycle.begins:%H:%M}, for {cycle.minutes_long} minutes."


def year_of(day: date) -> int:
    """The year that begins in April in which a day lies, by the year of its April."""
    return day.year if day.month >= 4 else day.year - 1


def year_words(year: int) -> str:
    """`2026/27`."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_span(year: int) -> tuple[datetime, datetime]:
    """From the first moment of its 1 April to the first moment of the next, in England."""
    begin, end = (timezone.make_aware(datetime(one, 4, 1)) for one in (year, year + 1))  # noqa: DTZ001  made aware
    return begin, end
