"""What a rule pack may say: one file an edition, a header and its rules. Pure: no database."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..reckoning.kinds import Kind, Limit, MonthEnds, Unit
from .vocabulary import Confidence, Group

RULE_ID = r"^[A-Z][A-Z0-9]{1,5}(-[A-Z0-9]{1,10}){1,3}$|^PLO$"
FIXED_DAY = re.compile(r"^(\d\d)-(\d\d)$")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=600)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=160)]
RuleId = Annotated[str, StringConstraints(pattern=RULE_ID, max_length=20)]


def _day_of_a_year(text: str) -> str:
    found = FIXED_DAY.match(text)
    if not found:
        raise ValueError("a yearly date is written month-day, such as 09-30")
    date(2024, int(found[1]), int(found[2]))  # a leap year, so that 29 February may be meant
    return text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trigger(_Part):
    """What has to have happened: so many events within so many days, or so many days in a row."""

    count: Annotated[int, Field(ge=2, le=100)]
    within_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    in_a_row: Unit | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.within_days is None) == (self.in_a_row is None):
            raise ValueError("give within_days or in_a_row, not both and not neither")
        if self.in_a_row not in {None, Unit.SCHOOL_DAYS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}:
            raise ValueError("in_a_row must be a unit of days")
        return self


class Header(_Part):
    """An edition: what it is, from when to when it held, and how that is known."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
    title: ShortWords
    about: Words
    source: Words
    in_force_from: date | None = None
    in_force_until: date | None = None
    reviewed_on: date

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        _check_order(self.in_force_from, self.in_force_until)
        return self


class Rule(_Part):
    """One time limit in one edition.

    `length` and `unit` are left out where no number is known: the partnership then sets its own. `dated_by_record`: the
    record that starts the clock may give the date itself. `in_force_from` and `in_force_until` stand for the
    edition's own.
    """

    id: RuleId
    group: Group
    name: ShortWords
    starts_when: Words
    kind: Kind
    length: Annotated[int, Field(ge=1, le=3660)] | None = None
    unit: Unit | None = None
    month_ends: MonthEnds = MonthEnds.SAME_DAY
    fixed_day: Annotated[str, AfterValidator(_day_of_a_year)] | None = None
    dated_by_record: bool = False
    trigger: Trigger | None = None
    target_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    stops_when: Words
    responsible: Words
    source: Words
    confidence: Confidence
    confidence_note: Words | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    may_change: bool
    may_pause: bool
    if_missed: Words | None = None
    notes: Words | None = None

    @property
    def limit(self) -> Limit:
        """The limit as arithmetic takes it."""
        found = FIXED_DAY.match(self.fixed_day) if self.fixed_day else None
        fixed = (int(found[1]), int(found[2])) if found else None
        return Limit(self.kind, self.length, self.unit, self.month_ends, fixed)

    @model_validator(mode="after")
    def _length_has_a_unit(self) -> Self:
        if self.length is not None and self.unit is None:
            raise ValueError("unit is missing: a length needs one")
        if self.kind is Kind.BEFORE and self.unit is Unit.WORKING_HOURS:
            raise ValueError("unit: working hours are not counted backwards")
        if self.month_ends is MonthEnds.END_OF_MONTH and self.unit is not Unit.MONTHS:
            raise ValueError("month_ends: only a limit in months ends with the month")
        _check_order(self.in_force_from, self.in_force_until)
        return self

    @model_validator(mode="after")
    def _kind_has_its_parts(self) -> Self:
        if (self.trigger is not None) != (self.kind is Kind.TRIGGER):
            raise ValueError("trigger: give it for kind = trigger and for no other")
        if self.target_percent is not None and self.kind is not Kind.COHORT:
            raise ValueError("target_percent: only a cohort has one")
        if self.kind is Kind.FIXED and not (self.fixed_day or self.dated_by_record):
            raise ValueError("fixed_day is missing: say which day, or dated_by_record = true")
        if self.fixed_day and self.kind is not Kind.FIXED:
            raise ValueError("fixed_day: only kind = fixed has one")
        if self.kind in {Kind.FIXED, Kind.NONE} and self.length is not None:
            raise ValueError("length: this kind has none")
        return self

    @model_validator(mode="after")
    def _unsure_says_why(self) -> Self:
        if self.confidence.needs_sign_off and not self.confidence_note:
            raise ValueError("confidence_note is missing: say what is not sure")
        if self.may_pause and self.kind in {Kind.BEFORE, Kind.FIXED, Kind.MIN}:
            raise ValueError("may_pause: a limit that hangs on a date cannot pause")
        return self


class Pack(_Part):
    """One file: an edition and its rules."""

    edition: Header
    rule: tuple[Rule, ...]

    @model_validator(mode="after")
    def _holds_rules(self) -> Self:
        if not self.rule:
            raise ValueError("rule: the pack holds no rule")
        return self


def _check_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise ValueError("in_force_until must not come before in_force_from")
