"""Calendar days, weeks and months, and the moments at which days end in England. Pure."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .kinds import MonthEnds

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day in England on which a moment lies."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The last moment of a day in England. What is due on a day is in time until then."""
    return datetime.combine(day, time.max, tzinfo=LONDON)


def start_of(day: date) -> datetime:
    """The first moment of a day in England."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def add_months(day: date, number: int, month_ends: MonthEnds = MonthEnds.SAME_DAY) -> date:
    """The day `number` calendar months after `day`, or before it when negative. For month ends see `MonthEnds`."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    if month_ends is MonthEnds.END_OF_MONTH:
        return date(year, month + 1, last)
    return date(year, month + 1, min(day.day, last))


def next_fixed(day: date, fixed_day: tuple[int, int]) -> date:
    """The first such day of a year after `day`; 29 February falls on the 28th in a common year."""
    month, number = fixed_day
    for year in (day.year, day.year + 1):
        found = date(year, month, min(number, monthrange(year, month)[1]))
        if found > day:
            return found
    raise AssertionError("one of two years in a row holds the day")


def days_later(day: date, number: int) -> date:
    """Calendar days on from `day`."""
    return day + timedelta(days=number)
