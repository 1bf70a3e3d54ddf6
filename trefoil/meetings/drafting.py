"""Minutes written from what was recorded at a meeting: plain sentences that a person then changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from .attendance import attendance_words
from .enums import DecisionState, EntryKind, Stance
from .models import AgendaItem, Decision, DeclaredInterest, Meeting, PartnerPosition
from .queries import next_meeting_of

NOTHING_SAID = "[What was said.]"


@dataclass(frozen=True)
class Entry:
    """A part of the minutes before it is stored."""

    kind: EntryKind
    heading: str
    words: str
    item: AgendaItem | None = None


def drafted(meeting: Meeting) -> list[Entry]:
    """Attendance, interests, each item with what was decided under it, and the close."""
    items = list(meeting.items.on_the_agenda().select_related("owner"))
    interests = list(meeting.interests.select_related("person", "item"))
    decisions = list(meeting.decisions.order_by("number").prefetch_related("positions__agency", "positions__person"))
    loose = [one for one in decisions if one.item_id is None]
    return [
        Entry(EntryKind.ATTENDANCE, "Who was there", _attendance(meeting)),
        Entry(EntryKind.INTERESTS, "Interests", _interests(interests)),
        *(_item(item, [one for one in decisions if one.item_id == item.pk]) for item in items),
        *([Entry(EntryKind.ITEM, "Other decisions", _decided(loose))] if loose else []),
        Entry(EntryKind.CLOSING, "Close", _closing(meeting)),
    ]


def _attendance(meeting: Meeting) -> str:
    rows = list(meeting.attendance.select_related("person", "agency"))
    lines = [f"{label}: {names}." for label, names in attendance_words(rows, ())]
    return "\n".join([*lines, meeting.quorum_words]).strip()


def _interests(declared: Iterable[DeclaredInterest]) -> str:
    lines = []
    for one in declared:
        about = f"in “{one.item}”" if one.item else "in the whole meeting"
        left = " They left for it." if one.withdrew else " They stayed."
        lines.append(f"{one.person} declared an interest {about}: {one.words.rstrip('.')}.{left}")
    return "\n".join(lines) or "Nobody declared an interest."


def _item(item: AgendaItem, decisions: Sequence[Decision]) -> Entry:
    brought = f"{item.brought_by} brought this item." if item.brought_by else ""
    words = "\n".join(filter(None, [brought, item.summary, NOTHING_SAID, _decided(decisions)]))
    return Entry(EntryKind.ITEM, item.title, words, item)


def _decided(decisions: Iterable[Decision]) -> str:
    return "\n".join(decision_words(one) for one in decisions)


def decision_words(decision: Decision) -> str:
    """One decision in sentences, with each partner's position."""
    opening = {
        DecisionState.MADE: "Decided",
        DecisionState.NOT_MADE: "Not decided, because the partners did not agree",
        DecisionState.OPEN: "Put to the partners, whose positions are awaited",
        DecisionState.WITHDRAWN: "Put, and withdrawn",
    }[DecisionState(decision.state)]
    positions = [_position(one) for one in decision.positions.all() if one.is_current]
    said = f"{opening} (decision {decision.number}): {decision.words.rstrip('.')}."
    return " ".join([said, *positions])


def _position(position: PartnerPosition) -> str:
    right = f" under authority delegated by {position.authority_words}" if position.authority_words else ""
    if position.stance == Stance.AGREE:
        return f"{position.agency} agreed ({position.person}{right})."
    return f"{position.agency} did not agree ({position.person}{right}): {position.reason.rstrip('.')}."


def _closing(meeting: Meeting) -> str:
    following = next_meeting_of(meeting.group, meeting.starts_at)
    if following is None:
        return "No date has been set for the next meeting."
    begins = timezone.localtime(following.starts_at)
    place = f", {following.place}" if following.place else ""
    return f"The next meeting is on {begins:%A %-d %B %Y} at {begins:%H:%M}{place}."
