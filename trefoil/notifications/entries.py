"""One thing on a calendar: a meeting, or a day by which something is due. Rooms give them; feeds and pages show them.

A source is a function `(standing, start, end, wanted) -> Iterable[Entry]`, both days included, which gives what this
person may see and no other, narrowed to what is wanted; `config/calendar_sources.py` lists the sources.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from trefoil.access.rules import Standing

ENGLAND = ZoneInfo("Europe/London")
SHORT = 80


@dataclass(frozen=True)
class Entry:
    """One thing on a calendar.

    `reference` names the record (`meeting:7`) and stays the same for good; with `kind` it tells entries apart, so that
    a record may have several (`action` due, `update` due). `starts` is a day, for something due on it, or a moment with
    its zone; `ends` likewise, and may be None. `path` is the record's page. `version` goes up when the record's date or
    title changes (a calendar program ignores a change that does not count up), `changed_at` is when. `is_cancelled`:
    it stays in feeds, struck out. `is_restricted`: on no feed. `status` is a key of the design's tags, such as `late`.
    Where only the first of a day are asked for, the last of them says how many of its source the day holds besides, and
    how many of those are late.
    """

    reference: str
    kind: str
    title: str
    starts: date | datetime
    path: str
    ends: date | datetime | None = None
    where: str = ""
    version: int = 0
    changed_at: datetime | None = None
    agency_id: int | None = None
    agency: str = ""
    group_id: int | None = None
    group: str = ""
    is_mine: bool = False
    is_cancelled: bool = False
    is_restricted: bool = False
    status: str = ""
    status_words: str = ""
    left_out: int = 0
    left_out_late: int = 0

    def __post_init__(self) -> None:
        """Refuse a moment without a zone: it would be another one in summer."""
        for moment in (self.starts, self.ends):
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError(f"{self.reference} has a moment without a zone")

    @property
    def day(self) -> date:
        """The day in England on which it stands."""
        return self.starts.astimezone(ENGLAND).date() if isinstance(self.starts, datetime) else self.starts

    @property
    def short_title(self) -> str:
        """For a cell of a month."""
        return self.title if len(self.title) <= SHORT else f"{self.title[: SHORT - 1].rstrip()}…"

    @property
    def is_timed(self) -> bool:
        return isinstance(self.starts, datetime)

    @property
    def time_words(self) -> str:
        """`14:00 to 16:00`, or nothing for a day."""
        if not isinstance(self.starts, datetime):
            return ""
        begins = f"{self.starts.astimezone(ENGLAND):%H:%M}"
        if not isinstance(self.ends, datetime):
            return begins
        return f"{begins} to {self.ends.astimezone(ENGLAND):%H:%M}"

    @property
    def last(self) -> date | datetime:
        """The end as a feed wants it: a meeting without one lasts an hour, a day ends with itself."""
        if isinstance(self.starts, datetime):
            return self.ends if isinstance(self.ends, datetime) else self.starts + timedelta(hours=1)
        return (self.ends or self.starts) + timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What of a calendar is asked for: of one agency or group, of one kind, of the reader alone; at most so many each.

    `for_feed` asks for `version` too, which a page does not need. `of_a_day` asks for so many of each day from each
    source, the first ones; every one where it is None.
    """

    agency_id: int | None = None
    group_id: int | None = None
    kind: str = ""
    mine: bool = False
    most: int = 2000
    for_feed: bool = False
    of_a_day: int | None = None

    def allows(self, *kinds: str) -> bool:
        """Whether any of these kinds is wanted."""
        return not self.kind or self.kind in kinds


EVERYTHING = Wanted()
Source = Callable[[Standing, date, date, Wanted], Iterable[Entry]]


def calendar_sources() -> tuple[Source, ...]:
    """The sources of this installation, from the setting CALENDAR_SOURCES."""
    return tuple(import_string(settings.CALENDAR_SOURCES))


def entries_for(standing: Standing, start: date, end: date, wanted: Wanted = EVERYTHING) -> list[Entry]:
    """Everything on this person's calendar from `start` to `end`, both included, by day and time."""
    found = [entry for source in calendar_sources() for entry in source(standing, start, end, wanted)]
    return sorted(found, key=_order)


def _order(entry: Entry) -> tuple[date, str, str]:
    return entry.day, entry.time_words, entry.title
