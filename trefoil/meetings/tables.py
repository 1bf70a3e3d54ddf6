"""Rows of lists: meetings, agenda items with their times, decisions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from .enums import DecisionState, MeetingState
from .models import AgendaItem, Decision, Meeting
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
    """An item with when it comes up."""

    number: int
    item: AgendaItem
    begins: str
    ends: str


def agenda_lines(meeting: Meeting, items: Sequence[AgendaItem]) -> list[AgendaLine]:
    """The items in order, each with its running time."""
    slots = running_times(meeting.starts_at, [item.minutes_long for item in items])
    return [
        AgendaLine(number, item, clock_words(slot.begins), clock_words(slot.ends))
        for number, (item, slot) in enumerate(zip(items, slots, strict=True), start=1)
    ]


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
