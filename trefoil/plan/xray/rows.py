"""What the X-ray looks at: one plain row for each priority, recommendation, action, measure and risk.

`key` is the number of the record. An empty text or None is "nobody said". Dates are days.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a record. `agency_left` and `person_left`: no longer of the partnership, or without any duty."""

    agency: str = ""
    person: str = ""
    agency_left: bool = False
    person_left: bool = False

    @property
    def is_nobody(self) -> bool:
        return not self.agency and not self.person


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """One priority of the yearly plan. `said` is `on_track` when every action of it that has a word says so."""

    key: int
    title: str
    owner: Owner = Owner()
    said: str = ""
    is_open: bool = True
    measures: int = 0
    evidence_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation. `actions` counts those that were not refused or withdrawn."""

    key: int
    words: str
    source: str
    made_on: date
    closed_on: date | None = None
    actions: int = 0
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. `state` and `said` are the room's words; `word_on` is the day of the newest update.

    `impact_shown` is None until somebody judged. `retests_due` are the days of re-tests that nobody has done.
    """

    key: int
    title: str
    state: str
    proposed_on: date
    owner: Owner = Owner()
    due_on: date | None = None
    accepted_on: date | None = None
    done_on: date | None = None
    closed_on: date | None = None
    word_on: date | None = None
    said: str = ""
    moves: int = 0
    impact_shown: bool | None = None
    why_none: str = ""
    evidence_on: tuple[date, ...] = ()
    retests_due: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of the improvement plan. `latest_end` is the last day of its newest period with a figure."""

    key: int
    title: str
    has_target: bool
    latest_end: date | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk. Scores are likelihood times impact, 1 to 25, None before the first scoring."""

    key: int
    title: str
    owner: Owner = Owner()
    review_on: date | None = None
    score_before: int | None = None
    score_after: int | None = None
    controls: int = 0
    untested_controls: int = 0
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class PlanRows:
    """Everything that one look takes in."""

    priorities: tuple[PriorityRow, ...] = ()
    recommendations: tuple[RecommendationRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
