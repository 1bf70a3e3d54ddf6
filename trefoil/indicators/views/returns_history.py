"""What has happened to a return: its moves and those of its dates, and how late it was first handed in."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from trefoil.audit.models import AuditEvent

from ..enums import ReturnState
from ..lateness import lateness_words
from ..models import AgencyReturn, ReturnMove
from .returns_words import day_words

Line = tuple[str, str, str, str]
INSTALLATION = "The installation"


def history_lines(held: AgencyReturn, moves: Sequence[ReturnMove], dates: Sequence[AuditEvent]) -> list[Line]:
    """When, what, who and why, newest first. `moves` and `dates` (its dates moved) come oldest first."""
    lines = [(move.moved_at, _became(held, move, dates), _who(move), move.reason) for move in moves]
    lines += [(event.at, _moved(event.detail), event.actor_name or INSTALLATION, event.reason) for event in dates]
    newest_first = sorted(lines, key=lambda line: line[0])[::-1]
    return [(_moment(at), what, who, why or "–") for at, what, who, why in newest_first]


def handed_in_words(held: AgencyReturn, moves: Sequence[ReturnMove], dates: Sequence[AuditEvent]) -> str:
    """When it was first handed in, and how late that was; nothing while it never was."""
    first = next((move for move in moves if is_first_hand_in(move)), None)
    if first is None:
        return ""
    late = _late(held, first, dates)
    return f"{day_words(timezone.localdate(first.moved_at))}{f', late: {late}' if late else ''}"


def is_first_hand_in(move: ReturnMove) -> bool:
    """A return is handed in from open once; after that it comes back with an answer to a query, which is not late."""
    return (move.from_state, move.to_state) == (ReturnState.OPEN, ReturnState.SUBMITTED)


def _became(held: AgencyReturn, move: ReturnMove, dates: Sequence[AuditEvent]) -> str:
    late = _late(held, move, dates) if is_first_hand_in(move) else ""
    return f"{move.get_to_state_display()}{f' late: {late}' if late else ''}"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


def _who(move: ReturnMove) -> str:
    return move.moved_by.name if move.moved_by else INSTALLATION


def _late(held: AgencyReturn, move: ReturnMove, dates: Sequence[AuditEvent]) -> str:
    due_on, closes_on = _dates_at(held, move.moved_at, dates)
    return lateness_words(timezone.localdate(move.moved_at), due_on=due_on, closes_on=closes_on)


def _dates_at(held: AgencyReturn, at: datetime, dates: Sequence[AuditEvent]) -> tuple[date, date | None]:
    """Its due and closing date at a moment: those before they were next moved, else those of today."""
    later = next((event.detail for event in dates if event.at > at), None)
    if later is None:
        return held.due_on, held.closes_on
    return date.fromisoformat(later["due_before"]), _day(later["closes_before"])


def _moved(detail: dict[str, str]) -> str:
    """`Dates moved: due on 1 December 2026, before on 10 November 2026`, for each date that changed."""
    changed = []
    if detail["due_before"] != detail["due_after"]:
        changed.append(f"due on {_words(detail['due_after'])}, before on {_words(detail['due_before'])}")
    if detail["closes_before"] != detail["closes_after"]:
        changed.append(f"closes {_closing(detail['closes_after'])}, before {_closing(detail['closes_before'])}")
    return f"Dates moved: {'; '.join(changed)}"


def _closing(text: str) -> str:
    return f"on {_words(text)}" if _day(text) else text


def _words(text: str) -> str:
    return day_words(date.fromisoformat(text))


def _day(text: str) -> date | None:
    """A day of the trail; `never` is none."""
    return None if text == "never" else date.fromisoformat(text)
