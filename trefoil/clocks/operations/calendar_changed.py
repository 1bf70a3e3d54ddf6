"""After an upgrade: a bank holiday that was not known before, or a limit put right in a rule pack, moves what runs.

Both are inputs of clocks, and neither is entered by anybody here, so `trefoil prepare` looks once: it works each open
clock out in memory, and touches those alone whose date comes to another day.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import ClockMoveKind
from ..keeping import due_of, reckon_again
from ..models import Clock, ClockMove
from ..queries import pauses_of, terms_of
from ..reckoning.calendar import OutsideCalendarError
from ..reckoning.kinds import Unit
from ..reckoning.school import Term
from ..rulebook.loader import RuleNotInForceError, rulebook

AT_A_TIME = 1000
CALENDAR_WORDS = "The bank holidays that are known have changed."
PACK_WORDS = "The limit was put right in its rule pack."


@dataclass(frozen=True)
class Stale:
    """The keys of open clocks whose date would be another today, by why."""

    calendar: tuple[int, ...] = ()
    pack: tuple[int, ...] = ()


@transaction.atomic
def reckon_open_clocks(*, by: Person | None, now: datetime) -> int:
    """Work out anew what runs and would be due on another day if it started today. Returns how many dates moved.

    May be run again and at any time: what is right is left alone. `by` is None for the command.
    """
    keys = list(Clock.objects.open().filter(due_on__isnull=True).order_by("pk").values_list("pk", flat=True))
    batches = (keys[begin : begin + AT_A_TIME] for begin in range(0, len(keys), AT_A_TIME))
    return sum(_reckon_batch(batch, by=by, now=now) for batch in batches)


def _reckon_batch(keys: Sequence[int], *, by: Person | None, now: datetime) -> int:
    stale = _stale_of(keys)
    moved = 0
    for words, found in ((CALENDAR_WORDS, stale.calendar), (PACK_WORDS, stale.pack)):
        if found:
            moved += reckon_again(Clock.objects.open().filter(pk__in=found), by, now, words)
    for clock in Clock.objects.filter(pk__in=[*stale.calendar, *stale.pack]).select_related("partnership"):
        due = clock.due_at.isoformat() if clock.due_at else ""
        record(
            event=EventType.CLOCK_MOVED,
            by=by,
            now=now,
            partnership=clock.partnership.slug,
            subject=clock.reference,
            detail={"rule": clock.rule_id, "about": clock.subject, "due": due},
            reason=PACK_WORDS if clock.pk in stale.pack else CALENDAR_WORDS,
        )
    return moved


def _stale_of(keys: Sequence[int]) -> Stale:
    """Two queries, and one for each clock that was paused or partnership that counts school days."""
    resumed = ClockMove.objects.filter(clock__in=keys, kind=ClockMoveKind.RESUMED)
    paused = set(resumed.values_list("clock", flat=True))
    terms: dict[int, tuple[Term, ...]] = {}
    found: dict[str, list[int]] = defaultdict(list)
    for clock in Clock.objects.filter(pk__in=keys).select_related("partnership"):
        if clock.unit == Unit.SCHOOL_DAYS and clock.partnership_id not in terms:
            terms[clock.partnership_id] = terms_of(clock.partnership)
        if _pack_says_otherwise(clock):
            found["pack"].append(clock.pk)
        elif _would_be_due(clock, terms.get(clock.partnership_id, ()), was_paused=clock.pk in paused) != clock.due_at:
            found["calendar"].append(clock.pk)
    return Stale(tuple(found["calendar"]), tuple(found["pack"]))


def _pack_says_otherwise(clock: Clock) -> bool:
    """Whether the edition of its day has another length by now. A length of the partnership's own stays."""
    if clock.local_limit_id is not None:
        return False
    try:
        limit = rulebook().on(clock.rule_id, timezone.localdate(clock.started_at)).rule.limit
    except (LookupError, RuleNotInForceError):
        return False
    return (clock.kind, clock.length, clock.unit) != (limit.kind, limit.length, limit.unit or "")


def _would_be_due(clock: Clock, terms: tuple[Term, ...], *, was_paused: bool) -> datetime | None:
    try:
        return due_of(clock, pauses_of(clock) if was_paused else [], terms)
    except (LookupError, OutsideCalendarError):
        return clock.due_at
