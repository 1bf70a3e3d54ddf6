"""Clocks and limits in the words of a page: lines of the list, facts, the history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.module_loading import import_string

from trefoil.access.rules import Standing

from ..enums import STATUS_WORDS, ClockMoveKind, Kind, Status
from ..models import Clock, ClockMove
from ..reckoning.words import distance_words, moment_words
from ..rulebook.loader import rulebook
from ..rules import rule_of


@dataclass(frozen=True)
class Line:
    """One clock as a line of a list."""

    clock: Clock
    rule_name: str
    colour: str
    word: str
    due: str
    distance: str
    owner: str
    is_late: bool
    needs_reason: bool


def lines_of(clocks: Iterable[Clock], now: datetime) -> list[Line]:
    """The clocks of a page of the list. Asks the database nothing more."""
    return [_line(clock, now) for clock in clocks]


def _line(clock: Clock, now: datetime) -> Line:
    status = clock.status_at(now)
    colour, word = STATUS_WORDS[status]
    return Line(
        clock=clock,
        rule_name=rule_of(clock).name,
        colour=colour,
        word=word,
        due=due_words(clock),
        distance=distance(clock, now),
        owner=owner_words(clock),
        is_late=status is Status.LATE,
        needs_reason=clock.explained_at is None and status in {Status.LATE, Status.MET_LATE, Status.TOO_EARLY},
    )


def due_words(clock: Clock) -> str:
    """When it is due; for a least time, from when it may happen."""
    if clock.due_at is None:
        return "No date"
    words = moment_words(clock.due_at)
    return f"Not before {words}" if clock.kind == Kind.MIN else words


def distance(clock: Clock, now: datetime) -> str:
    """How far off, while it runs; how late it ended."""
    if clock.due_at is None or clock.withdrawn_at is not None:
        return ""
    if clock.stopped_at is not None:
        late = clock.status_at(now) is Status.MET_LATE
        return f"done {distance_words(clock.due_at, clock.stopped_at)}" if late else ""
    if clock.paused_at is not None or (clock.kind == Kind.MIN and now >= clock.due_at):
        return ""
    return distance_words(clock.due_at, now)


def owner_words(clock: Clock) -> str:
    """Who owes it: a person, an agency or both."""
    names = [str(one) for one in (clock.person, clock.agency) if one is not None]
    return ", ".join(names) or "Nobody named"


def record_link(clock: Clock, standing: Standing) -> Any:
    """The record it is about, as a link for who may open it. Which rooms there are is said above: settings name it."""
    subjects_of: Callable[[Iterable[str], Standing], Mapping[str, Any]] = import_string(settings.RECORDS_NAMED)
    record = subjects_of([clock.subject], standing)[clock.subject]
    if not record.href:
        return record.words
    return format_html('<a class="govuk-link" href="{}">{}</a>', record.href, record.words)


def facts_of(clock: Clock, standing: Standing, now: datetime) -> list[tuple[str, Any]]:
    """What stands at the head of a clock's page."""
    found = rulebook().of_edition(clock.rule_id, clock.edition)
    limit = reverse("limit_detail", args=[standing.partnership.slug, clock.rule_id])
    facts: list[tuple[str, Any]] = [
        ("Time limit", format_html('<a class="govuk-link" href="{}">{}</a>', limit, found.rule.name)),
        ("Held to", held_words(clock)),
        ("Event" if clock.kind == Kind.BEFORE else "Started", started_words(clock)),
        ("Due", " ".join(filter(None, [due_words(clock), bracketed(distance(clock, now))]))),
        ("Owed by", owner_words(clock)),
    ]
    if not clock.is_kept_here:
        facts.append(("About", record_link(clock, standing)))
    if clock.stopped_at is not None:
        facts.append(("Done", full_words(clock.stopped_at)))
    return facts


def bracketed(words: str) -> str:
    return f"({words})" if words else ""


def held_words(clock: Clock) -> str:
    """The length it is held to and where that stands."""
    edition = rulebook().editions[clock.edition].title
    if clock.due_on is not None:
        return "The date that its record sets"
    words = clock.limit_words or "No number is known"
    if clock.kind == Kind.FIXED:
        words = f"By {due_words(clock)}"
    if clock.local_limit is not None:
        national = rulebook().of_edition(clock.rule_id, clock.edition).rule.limit.words
        return f"{words}, set locally; {edition}: {national or 'no number'}"
    return f"{words} ({edition})"


def started_words(clock: Clock) -> str:
    return full_words(clock.started_at)


def full_words(moment: datetime) -> str:
    """`3 March 2026, 14:05`, the time always said."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"


@dataclass(frozen=True)
class Step:
    """One thing in the history of a clock."""

    when: str
    what: str
    words: str
    change: str
    reason: str
    who: str


def steps_of(moves: Iterable[ClockMove]) -> list[Step]:
    """What has happened, oldest first."""
    return [
        Step(
            when=full_words(move.happened_at),
            what=_what(move),
            words=move.words,
            change=_change(move),
            reason=move.reason,
            who=_who(move),
        )
        for move in moves
    ]


def _what(move: ClockMove) -> str:
    """What happened. A date that its record sets may move while the start stays: `words` tell of a start that moved."""
    if move.kind == ClockMoveKind.MOVED and not move.words:
        return "Date moved"
    return move.get_kind_display()


def _who(move: ClockMove) -> str:
    name = move.written_by.name if move.written_by else "The installation"
    if abs((move.written_at - move.happened_at).total_seconds()) < 60:
        return name
    return f"{name}, written down {full_words(move.written_at)}"


def _change(move: ClockMove) -> str:
    if move.kind == ClockMoveKind.STARTED:
        return f"Due {moment_words(move.due_after)}." if move.due_after else "No date."
    if move.due_before == move.due_after or move.kind in {ClockMoveKind.ATTEMPTED, ClockMoveKind.HANDED_OVER}:
        return ""
    was = moment_words(move.due_before) if move.due_before else "no date"
    became = moment_words(move.due_after) if move.due_after else "no date"
    return f"Due {became} now; it was {was}."
