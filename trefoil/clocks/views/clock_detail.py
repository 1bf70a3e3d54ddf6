"""One clock: where it stands, how its date came about, what has happened, and what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, within

from ..enums import STATUS_WORDS, ClockMoveKind, Status
from ..keeping import limit_of
from ..models import Clock
from ..queries import pauses_of, sign_off_of, terms_of
from ..reckoning.kinds import Kind, Unit
from ..reckoning.words import day_words, how_worked_out, moment_words
from ..rules import may_answer_for, may_manage, rule_of, why_no_explanation, why_no_pause
from .clock_words import distance, facts_of, steps_of
from .frame import clock_or_refused, href, list_crumb, page


@dataclass(frozen=True)
class Action:
    """A button that leads to a form."""

    label: str
    href: str
    kind: str = "secondary"


@within(Permission.READ_CLOCKS)
@require_safe
def clock_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """The page of a clock."""
    now, clock = timezone.now(), clock_or_refused(request, pk)
    status = clock.status_at(now)
    rule, moves = rule_of(clock), list(clock.moves.select_related("written_by"))
    tried = sum(move.kind == ClockMoveKind.ATTEMPTED for move in moves)
    return page(
        request,
        "detail",
        title=clock.label,
        lead=lead_of(clock, status, now),
        above=(list_crumb(request),),
        clock=clock,
        colour=STATUS_WORDS[status][0],
        word=STATUS_WORDS[status][1],
        needs_reason=not why_no_explanation(clock, now) and clock.explained_at is None,
        facts=facts_of(clock, request.standing, now),
        attempts=tried,
        steps=steps_of(moves),
        worked=worked_out(clock),
        rule=rule,
        unsure=rule.confidence.needs_sign_off and sign_off_of(clock.partnership, rule.id, clock.edition) is None,
        actions=actions_of(request, clock, now),
        kept_elsewhere=clock.is_open and not clock.is_kept_here and may_manage(request.standing, clock),
    )


def lead_of(clock: Clock, status: Status, now: datetime) -> str:
    """Where it stands, in a sentence."""
    said, least = distance(clock, now), clock.kind == Kind.MIN
    due = moment_words(clock.due_at) if clock.due_at else ""
    return {
        Status.LATE: f"It was due on {due}: {said}.",
        Status.DUE_SOON: f"It is due {said}, on {due}.",
        Status.RUNNING: f"It may not happen before {due}." if least else f"It is due on {due}, {said}.",
        Status.PAUSED: "It is paused. What passes now does not count.",
        Status.UNDATED: "It runs without a date, because no number is known for its limit.",
        Status.FREE: f"The least time passed on {due}. It may happen now.",
        Status.MET: "It was done in time.",
        Status.MET_LATE: f"It was {said}.",
        Status.TOO_EARLY: f"It happened before {due}, when it was not yet allowed.",
        Status.WITHDRAWN: "It was withdrawn. It counts nowhere.",
    }[status]


def worked_out(clock: Clock) -> list[str]:
    """How its date came about, sentence by sentence."""
    if clock.due_on is not None:
        return [
            f"The record that it is about sets the date: {day_words(clock.due_on)}. It is due by the end of that day."
        ]
    terms = terms_of(clock.partnership) if clock.unit == Unit.SCHOOL_DAYS else ()
    return how_worked_out(limit_of(clock), clock.started_at, pauses=pauses_of(clock), terms=terms)


def actions_of(request: PageRequest, clock: Clock, now: datetime) -> list[Action]:
    """What the reader can do now, in the order of need."""
    standing = request.standing
    offered = [*_answers(clock, standing, now), *(_management(clock, now) if may_manage(standing, clock) else ())]
    return [Action(label, href(request, url_name, clock.pk), kind) for label, url_name, kind in offered]


def _answers(clock: Clock, standing: Standing, now: datetime) -> list[tuple[str, str, str]]:
    if not may_answer_for(clock, standing):
        return []
    found = []
    if clock.is_open and clock.is_kept_here:
        found += [("It is done", "clock_stop", ""), ("Write down an attempt", "clock_attempt", "secondary")]
    if not why_no_explanation(clock, now):
        label = "Say more about why it was late" if clock.explained_at else "Say why it was late"
        found.append((label, "clock_explain", "secondary"))
    return found


def _management(clock: Clock, now: datetime) -> list[tuple[str, str, str]]:
    found = []
    if clock.is_open and clock.paused_at is not None:
        found.append(("Let it go on", "clock_resume", "secondary"))
    elif not why_no_pause(clock, now):
        found.append(("Pause it", "clock_pause", "secondary"))
    if clock.is_kept_here and clock.withdrawn_at is None:
        found.append(("Correct its start", "clock_move", "secondary"))
    if clock.is_kept_here and clock.is_open:
        found += [("Hand it over", "clock_hand_over", "secondary"), ("Withdraw it", "clock_withdraw", "warning")]
    return found
