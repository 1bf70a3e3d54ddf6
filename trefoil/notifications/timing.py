"""When a letter goes: at the next seven in the morning, and after a failure at growing distances. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
DIGEST_AT = time(7, 0)

# How long after each failure a letter is tried again; after the last it is given up, a day and a half on.
GAPS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)

# A letter that has been "being sent" for so long belongs to a sender that was killed.
LOST_AFTER = timedelta(minutes=15)


def next_digest(now: datetime) -> datetime:
    """The next seven o'clock in England after `now`, in winter time and in summer time."""
    here = now.astimezone(ENGLAND)
    day = here.date() if here.time() < DIGEST_AT else here.date() + timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, tzinfo=ENGLAND)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a letter that has failed so many times is tried again; None when it is given up."""
    return now + GAPS[attempts - 1] if attempts <= len(GAPS) else None
