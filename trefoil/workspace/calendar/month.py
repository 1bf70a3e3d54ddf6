"""A month in weeks of seven days, Monday first, with the entries of each day. Pure."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from trefoil.notifications.entries import Entry

MOST_OF_A_DAY = 4
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Day:
    """One cell: its day, whether it lies in the month, and what stands on it."""

    day: date
    in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def key(self) -> str:
        """`2026-11-23`."""
        return self.day.isoformat()

    @property
    def words(self) -> str:
        """`23 November`."""
        return f"{self.day:%-d %B}"

    @property
    def long_words(self) -> str:
        """`Monday 23 November`."""
        return f"{self.day:%A} {self.words}"

    @property
    def shown(self) -> list[Entry]:
        """All of them, or the first few of a full day."""
        return self.entries if self.number <= MOST_OF_A_DAY else self.entries[: MOST_OF_A_DAY - 1]

    @property
    def more(self) -> int:
        return self.number - len(self.shown)

    @property
    def number(self) -> int:
        """How many stand on it, those included that were not read."""
        return sum(1 + entry.left_out for entry in self.entries)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum((entry.status == "late") + entry.left_out_late for entry in self.entries)


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str, today: date) -> "Month":
        """From `2026-12`; this month for anything else."""
        year, _, number = text.partition("-")
        if year.isdecimal() and number.isdecimal() and 2000 <= int(year) <= 2100 and 1 <= int(number) <= 12:
            return cls(int(year), int(number))
        return cls.of(today)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        return Month.of(self.first + timedelta(days=31))

    @property
    def words(self) -> str:
        """`December 2026`."""
        return f"{self.first:%B %Y}"

    @property
    def days(self) -> list[list[date]]:
        """Whole weeks, from the Monday before the first to the Sunday after the last."""
        return Calendar(firstweekday=0).monthdatescalendar(self.year, self.number)

    def weeks(self, entries: Iterable[Entry], today: date) -> list[list[Day]]:
        """The cells of the table, week by week."""
        by_day: dict[date, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_day[entry.day].append(entry)
        return [
            [Day(day, day.month == self.number, day == today, by_day.get(day, [])) for day in week]
            for week in self.days
        ]
