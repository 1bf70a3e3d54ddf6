"""How rows are invented: days that favour limits, codes, and numbers in no order.

What happens to a child follows from a seed of its own, so that Hypothesis can leave children out one by one until only
those are left who matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.extracts.oracle.calendar import add_months, last_of_month, months_apart, working_day_after

# Ends of months, 29 February, days beside bank holidays, the turn of the year to April.
ANCHORS = tuple(
    date.fromisoformat(text)
    for text in (
        *("2026-03-31", "2026-04-01", "2026-02-28", "2026-03-01", "2025-12-24", "2025-12-31", "2026-01-01"),
        *("2026-04-02", "2026-04-07", "2026-05-01", "2026-08-28", "2026-09-30", "2026-10-01", "2026-10-30"),
        *("2026-10-31", "2025-02-28", "2025-03-31", "2025-04-17", "2025-05-23", "2025-08-31", "2025-09-30"),
        *("2025-11-30", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-28", "2024-12-24", "2024-08-31"),
    )
)
_FIRST, _DAYS = date(2025, 1, 1), 669
# From one thing to the next: the limits of law and practice, a day before and a day after.
_STEPS: tuple[tuple[str, int], ...] = (
    *(("days", number) for number in (0, 1, 2, 3, 4, 7, 8, 28, 29, 42, 43, 84, 91, 92, 182, 183, 273, 274, 365, 366)),
    *(("months", number) for number in (1, 2, 3, 4, 6, 7, 11, 12, 13, 24, 30)),
    *(("months less a day", number) for number in (3, 6, 12, 24)),
    *(("months and a day", number) for number in (3, 6, 12, 24)),
    *(("working days", number) for number in (1, 10, 11, 15, 16, 20, 21, 25, 26, 40, 41, 45, 46)),
)
_SOON = tuple(step for step in _STEPS if step[0] == "working days" or (step[0] == "days" and step[1] < 50))
_NUMBERS = 199


def _stepped(day: date, kind: str, number: int) -> date:
    if kind == "working days":
        return working_day_after(day, number)
    if kind == "days":
        return day + timedelta(days=number)
    more = {"months": 0, "months less a day": -1, "months and a day": 1}[kind]
    return add_months(day, number) + timedelta(days=more)


@dataclass
class Maker:
    """Invents rows of one area. `births`: the day of birth of each child, which the store has not; None if unknown."""

    as_at: date
    random: Random = field(default_factory=Random)
    place: int = 0
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    births: dict[int, date | None] = field(default_factory=dict)
    # The day on which each child first came into care.
    came: dict[int, date] = field(default_factory=dict)
    _numbered: int = 0

    def turn_to(self, place: int, seed: int) -> None:
        """From now on the rows are of the child in this place, and depend on this seed alone."""
        self.place, self.random, self._numbered = place, Random(seed), 0  # noqa: S311  (no secret)

    def number(self) -> int:
        """A new identifier; those of a child come in no order."""
        self._numbered += 1
        return 1000 + self.place * _NUMBERS + self._numbered * 89 % _NUMBERS

    def one_of(self, values: Sequence[Any]) -> Any:
        """One of some values."""
        return self.random.choice(values)

    def code(self, *values: str) -> str | None:
        """One of some codes, or none."""
        return self.one_of([*values, None])

    def codes(self, *values: str) -> str | None:
        """Several codes as the store keeps them, or none."""
        found = self.random.sample(values, self.random.randint(0, min(4, len(values))))
        return f",{','.join(found)}," if found else None

    def flag(self) -> bool | None:
        """Yes, no or not known."""
        return self.one_of([True, False, None])

    def mostly(self, value: Any) -> Any:
        """The value, or one time in eight none."""
        return None if self.random.randrange(8) == 0 else value

    def times(self, most: int) -> range:
        """A number of repeats, from 0."""
        return range(self.random.randint(0, most))

    def day(self) -> date:
        """Any day."""
        return self.one_of((self.one_of(ANCHORS), _FIRST + timedelta(days=self.random.randrange(_DAYS))))

    def after(self, day: date) -> date:
        """A day some known step later, or the same."""
        return _stepped(day, *self.one_of(_STEPS))

    def soon(self, day: date) -> date:
        """A day at most ten weeks later, or the same."""
        return _stepped(day, *self.one_of(_SOON))

    def long_before(self, day: date) -> date:
        """Often the day itself, now and then the same day years earlier."""
        return add_months(day, -self.one_of((0, 0, 12, 24, 30, 36)))

    def in_care(self, child: int) -> date:
        """The day on which the child came into care, or soon after; any day for one who did not."""
        began = self.came.get(child)
        return self.day() if began is None else self.one_of((began, self.soon(began)))

    def near(self, day: date, back: int = 400) -> date:
        """A day some known step after one before it: often beside it."""
        return self.after(day - timedelta(days=self.random.randint(0, back)))

    def end(self, start: date) -> date | None:
        """A day at which something ends, or none."""
        return self.after(start) if self.random.random() < 0.6 else None

    def age(self, child: int | None, day: date | None) -> int | None:
        """Completed months on a day; below 0 before birth; none when either is not known."""
        birth = self.births.get(child) if child is not None else None
        if birth is None or day is None:
            return None
        return months_apart(birth, day) - (1 if day.day < birth.day else 0)

    def add(self, table: str, child: int | None = None, on: date | None = None, **fields: Any) -> None:
        """A row, with the child's age on its day."""
        self.tables.setdefault(table, []).append({**fields, "age_months": self.age(child, on)})

    def add_person(self, child: int, years: Sequence[int]) -> None:
        """A child born in one of these years, with or without a row of its own, a disability and addresses."""
        year = self.one_of(years)
        birth = self.mostly(date(year, *self.one_of(((1, 31), (3, 31), (4, 1), (2, 28), (9, 30), (11, 15)))))
        self.births[child] = birth
        if self.mostly(True):
            self.add(
                "ssd_person",
                pers_person_id=child,
                pers_sex=self.code("F", "M", "U"),
                pers_ethnicity=self.code("WBRI", "MWAS", "CHNE", "BAFR", "OOTH", "REFU"),
                pers_age_months=self.age(child, last_of_month(self.as_at.year, self.as_at.month)),
            )
        for _ in self.times(2):
            self.add(
                "ssd_disability",
                disa_person_id=child,
                disa_table_id=self.number(),
                disa_disability_code=self.code("NONE", "LD"),
            )
        for _ in self.times(2):
            self.add(
                "ssd_address",
                addr_table_id=self.number(),
                addr_person_id=child,
                addr_address_start_date=self.mostly(self.day()),
                addr_locality=self.code("North", "South"),
            )
