"""Questions about clocks: their status as the database sees it, the limit that holds in a partnership, their pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from trefoil.people.models import Partnership

from .enums import ClockMoveKind
from .models import OPEN, Clock, ClockMove, LocalLimit, RuleSignOff, SchoolTerm
from .reckoning.counting import CohortShare, Timed, share_in_time
from .reckoning.due import Pause
from .reckoning.kinds import Kind, Limit, Unit
from .reckoning.school import Term
from .reckoning.status import Status
from .rulebook.loader import EditionRule, rulebook

_ENDED = Q(stopped_at__isnull=False)
_RUNS = OPEN & Q(paused_at__isnull=True)
_MINIMUM = Q(kind=Kind.MIN)


def status_is(status: Status, now: datetime) -> Q:
    """The filter for clocks of a status at a moment: the same as `reckoning.status.status_of`, for the database."""
    dated = _RUNS & Q(due_at__isnull=False)
    owed = dated & ~_MINIMUM
    in_time = Q(due_at__isnull=True) | (~_MINIMUM & Q(stopped_at__lte=F("due_at")))
    return {
        Status.WITHDRAWN: Q(withdrawn_at__isnull=False),
        Status.PAUSED: OPEN & Q(paused_at__isnull=False),
        Status.UNDATED: _RUNS & Q(due_at__isnull=True),
        Status.LATE: owed & Q(due_at__lt=now),
        Status.DUE_SOON: owed & Q(due_at__gte=now, soon_at__lte=now),
        Status.RUNNING: (owed & Q(soon_at__gt=now)) | (dated & _MINIMUM & Q(due_at__gt=now)),
        Status.FREE: dated & _MINIMUM & Q(due_at__lte=now),
        Status.MET: _ENDED & (in_time | (_MINIMUM & Q(stopped_at__gte=F("due_at")))),
        Status.MET_LATE: _ENDED & ~_MINIMUM & Q(stopped_at__gt=F("due_at")),
        Status.TOO_EARLY: _ENDED & _MINIMUM & Q(stopped_at__lt=F("due_at")),
    }[status]


def owed_at(now: datetime) -> Q:
    """What somebody still owes: the filter for every status of `OWED_STATUSES` at once, quicker than each by itself."""
    return OPEN & ~(_MINIMUM & Q(paused_at__isnull=True, due_at__isnull=False, due_at__lte=now))


def status_column(now: datetime) -> Case:
    """The status as a column, for counting."""
    return Case(*(When(status_is(status, now), then=Value(status.value)) for status in Status))


def with_status(clocks: QuerySet[Clock], statuses: Sequence[Status], now: datetime) -> QuerySet[Clock]:
    """Those of any of these statuses."""
    asked = Q(pk__in=[])
    for status in statuses:
        asked |= status_is(status, now)
    return clocks.filter(asked)


@dataclass(frozen=True)
class HeldLimit:
    """What a partnership is held to on a day: the rule of the edition in force, and its own length if it set one."""

    found: EditionRule
    local: LocalLimit | None

    @property
    def limit(self) -> Limit:
        """The limit as arithmetic takes it. Under a kind without a number a local length counts as `max`."""
        national = self.found.rule.limit
        if self.local is None:
            return national
        kind = Kind.MAX if national.kind in {Kind.NONE, Kind.TRIGGER} else national.kind
        return Limit(kind, self.local.length, Unit(self.local.unit), national.month_ends)


def limit_held(partnership: Partnership, rule_id: str, day: date) -> HeldLimit:
    """The limit for what starts on a day. One query. Raises LookupError, RuleNotInForceError."""
    found = rulebook().on(rule_id, day)
    local = LocalLimit.objects.filter(partnership=partnership, rule_id=rule_id, starts_on__lte=day)
    return HeldLimit(found, local.exclude(ends_on__lt=day).order_by("-starts_on", "-pk").first())


def terms_of(partnership: Partnership) -> tuple[Term, ...]:
    """The partnership's school terms. One query."""
    return tuple(Term(one.starts_on, one.ends_on) for one in SchoolTerm.objects.filter(partnership=partnership))


def sign_off_of(partnership: Partnership, rule_id: str, edition: str) -> RuleSignOff | None:
    """Who confirmed an unsure rule, if anybody has. One query."""
    found = RuleSignOff.objects.filter(partnership=partnership, rule_id=rule_id, edition=edition)
    return found.select_related("signed_by").first()


def pauses_of(clock: Clock) -> list[Pause]:
    """The pauses of a clock that have ended, in order. One query."""
    moves = clock.moves.filter(kind__in=[ClockMoveKind.PAUSED, ClockMoveKind.RESUMED]).order_by("written_at", "pk")
    pauses, began = [], None
    for move in moves:
        if move.kind == ClockMoveKind.PAUSED:
            began = move.happened_at
        elif began is not None:
            pauses.append(Pause(began, move.happened_at))
            began = None
    return pauses


@dataclass(frozen=True)
class Timeliness:
    """How many clocks under a rule came in time. `with_attempts` counts those tried in vain in time too."""

    share: CohortShare
    with_attempts: CohortShare | None


def timeliness_of(clocks: QuerySet[Clock], now: datetime, *, target_percent: int | None = None) -> Timeliness:
    """The share in time of clocks under one rule; withdrawn and undated ones count nowhere. One query.

    What was tried in vain before it was due counts as done on that day for the second figure, which is given only where
    anything was tried.
    """
    tried = ClockMove.objects.filter(clock=OuterRef("pk"), kind=ClockMoveKind.ATTEMPTED).order_by("happened_at")
    rows = clocks.filter(withdrawn_at__isnull=True, due_at__isnull=False).exclude(kind=Kind.MIN).order_by()
    rows = rows.annotate(tried_at=Subquery(tried.values("happened_at")[:1]))
    found = [
        (due_at, stopped_at, tried_at)
        for due_at, stopped_at, tried_at in rows.values_list("due_at", "stopped_at", "tried_at")
        if due_at is not None
    ]
    plain = [Timed(due_at, stopped_at) for due_at, stopped_at, _ in found]
    share = share_in_time(plain, now=now, target_percent=target_percent)
    if not any(tried_at for *_, tried_at in found):
        return Timeliness(share, None)
    counted = [
        Timed(due_at, min((one for one in (stopped_at, tried_at) if one is not None), default=None))
        for due_at, stopped_at, tried_at in found
    ]
    return Timeliness(share, share_in_time(counted, now=now, target_percent=target_percent))
