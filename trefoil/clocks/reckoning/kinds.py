"""The closed lists that a limit is written in, and the limit itself. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a limit asks for."""

    MAX = "max"
    INTERVAL = "interval"
    BEFORE = "before"
    MIN = "min"
    FIXED = "fixed"
    TRIGGER = "trigger"
    COHORT = "cohort"
    NONE = "none"

    @property
    def words(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.MAX: "Within a time",
    Kind.INTERVAL: "Again within a time",
    Kind.BEFORE: "By a time before an event",
    Kind.MIN: "Not before a time has passed",
    Kind.FIXED: "By a date",
    Kind.TRIGGER: "Once something has happened often enough",
    Kind.COHORT: "Within a time for a share of a cohort",
    Kind.NONE: "Counted, without a limit",
}

# Kinds that count forward from their start, so that a pause can move what is due.
FORWARD_KINDS = frozenset({Kind.MAX, Kind.INTERVAL, Kind.COHORT})


class Unit(StrEnum):
    """What a length is counted in."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"
    WEEKS = "weeks"
    MONTHS = "months"

    def counted(self, number: int) -> str:
        """`1 working day`, `3 weeks`."""
        words = self.value.replace("_", " ")
        return f"{number:,} {words[:-1] if number == 1 else words}"


class MonthEnds(StrEnum):
    """What a month comes to at its end: the written rule of limits in months.

    `same_day`: the same day of the month; where that month has no such day, its last day (31 January and one month is
    28 or 29 February). This is the corresponding date rule of English law. `end_of_month`: the last day of the month
    that is reached, for what is owed once in each calendar month.
    """

    SAME_DAY = "same_day"
    END_OF_MONTH = "end_of_month"


@dataclass(frozen=True)
class Limit:
    """One limit. `length` and `unit` are None where no number is known; `fixed_day` is (month, day) of each year."""

    kind: Kind
    length: int | None = None
    unit: Unit | None = None
    month_ends: MonthEnds = MonthEnds.SAME_DAY
    fixed_day: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """`15 working days`; nothing without a number."""
        return self.unit.counted(self.length) if self.length is not None and self.unit is not None else ""
