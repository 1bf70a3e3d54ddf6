"""Rows of lists: meetings, agenda items with their times, decisions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from trefoil.documents.queries import Listed

from .enums import DecisionState, MeetingState
from .models import AgendaItem, ChairTerm, Decision, Meeting
from .papers import reference_of
from .timing import running_times
from .words import DECISION_COLOURS, MEETING_COLOURS, clock_words


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list."""

    meeting: Meeting
    day: str
    begins: str
    colour: str
    opens: bool


def meeting_line(meeting: Meeting, own: Collection[int]) -> MeetingLine:
    """`own` are the keys of the meetings whose papers the reader opens."""
    return MeetingLine(
        meeting,
        f"{timezone.localtime(meeting.starts_at):%a %-d %b %Y}",
        clock_words(meeting.starts_at),
        MEETING_COLOURS[MeetingState(meeting.state)],
        meeting.pk in own,
    )


@dataclass(frozen=True)
class AgendaLine:
    """An item with when it comes up and its papers."""

    number: int
    item: AgendaItem
    begins: str
    ends: str
    papers: Sequence[Listed] = ()

    @property
    def heading(self) -> str:
        """`3. Front door`."""
        return f"{self.number}. {self.item.title}"

    @property
    def brought_by(self) -> str:
        """Who brings the item: the chair where nobody else is named."""
        return self.item.brought_by or "The chair"

    @property
    def reference(self) -> str:
        return reference_of(self.item)


def agenda_lines(
    meeting: Meeting, items: Sequence[AgendaItem], papers: Mapping[str, Sequence[Listed]] | None = None
) -> list[AgendaLine]:
    """The items in order, each with its running time. `papers` are by the reference of their item."""
    slots, filed = running_times(meeting.starts_at, [item.minutes_long for item in items]), papers or {}
    return [
        AgendaLine(
            number, item, clock_words(slot.begins), clock_words(slot.ends), tuple(filed.get(reference_of(item), ()))
        )
        for number, (item, slot) in enumerate(zip(items, slots, strict=True), start=1)
    ]


@dataclass(frozen=True)
class TurnLine:
    """A turn in the chair on the line of turns: `when` is past, now, next or later; `gone` of its days have passed."""

    agency: str
    starts_on: date
    ends_on: date
    when: str
    days: int
    gone: int

    @property
    def words(self) -> str:
        """How much of it has passed, for who does not see the bar."""
        return f"{self.gone:,} of {self.days:,} days have passed"


def turn_lines(turns: Sequence[ChairTerm], today: date) -> list[TurnLine]:
    """The turns in their order, with where the day stands among them."""
    lines, is_next = [], True
    for turn in turns:
        days = (turn.ends_on - turn.starts_on).days + 1
        gone = min(max((today - turn.starts_on).days + 1, 0), days)
        when = "past" if turn.ends_on < today else "now" if turn.starts_on <= today else "next" if is_next else "later"
        is_next = is_next and when != "next"
        lines.append(TurnLine(turn.agency.name, turn.starts_on, turn.ends_on, when, days, gone))
    return lines


@dataclass(frozen=True)
class DecisionLine:
    """A decision in a list."""

    decision: Decision
    href: str
    colour: str
    words: str
    day: str


def decision_lines(decisions: Iterable[Decision], slug: str) -> list[DecisionLine]:
    """The decisions, in the order they come."""
    return [
        DecisionLine(
            one,
            reverse("decision_detail", args=[slug, one.pk]),
            DECISION_COLOURS[one.state],
            DecisionState(one.state).label,
            f"{timezone.localtime(one.meeting.starts_at):%-d %b %Y}",
        )
        for one in decisions
    ]
