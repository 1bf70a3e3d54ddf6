"""A return's life: opened, filled, submitted, queried, approved, opened again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Partnership, Person

from ..catalogue.loader import catalogue
from ..enums import ReturnState
from ..expected import missing_figures
from ..lateness import lateness_words
from ..models import AgencyReturn, Fault, ReturnMove
from ..periods import Period
from ..rules import check_can_move, check_can_move_dates, date_faults, why_no_answer
from ..states import INSTALLER_MOVES, MOVES

SHORTEST_REASON = 10


@transaction.atomic
def open_return(
    *,
    partnership: Partnership,
    agency: Agency,
    title: str,
    period: Period,
    indicators: list[str],
    opens_on: date,
    due_on: date,
    by: Person | None,
    now: datetime,
    closes_on: date | None = None,
    source: str = "",
) -> AgencyReturn:
    """Ask an agency for its figures of a period. `by` None is an installer at the command line."""
    if by is not None and not standing_of(by, partnership, now=now).may(Permission.OPEN_RETURN):
        raise NotAllowedError("your duties do not include opening returns")
    opened = AgencyReturn.objects.create(
        partnership=partnership,
        agency=agency,
        title=title,
        period_start=period.start,
        period_end=period.end,
        indicators=indicators,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        source=source,
    )
    ReturnMove.objects.create(agency_return=opened, to_state=ReturnState.OPEN, moved_at=now, moved_by=by)
    _record(EventType.RETURN_OPENED, opened, by=by, now=now)
    return opened


@transaction.atomic
def submit_return(*, agency_return: AgencyReturn, by: Person, now: datetime, reason: str = "") -> None:
    """The agency hands its figures in. Refused while the return is empty, or a figure has neither amount nor reason.

    Never refused for being late, also after the closing date: the trail says how late it was first handed in.
    """
    given = [(figure.indicator, figure.breakdown, figure.period) for figure in agency_return.figures.current()]
    if not given:
        raise NotAllowedError("there are no figures in this return yet")
    missing = len(missing_figures(agency_return.indicators, agency_return.period, catalogue(), given))
    if missing:
        raise NotAllowedError(
            f"{missing} figure{'s' * (missing > 1)} that {'are' if missing > 1 else 'is'} asked for "
            f"{'have' if missing > 1 else 'has'} neither an amount nor a reason"
        )
    late = _lateness(agency_return, timezone.localdate(now))
    detail = {"late": late} if late else {}
    _move("submit_return", EventType.RETURN_SUBMITTED, agency_return, by=by, now=now, reason=reason, detail=detail)


def _lateness(agency_return: AgencyReturn, today: date) -> str:
    """How late it is first handed in, by the dates that it has now; an answer to a query is not late."""
    held = AgencyReturn.objects.select_for_update().get(pk=agency_return.pk)
    if held.state != ReturnState.OPEN:
        return ""
    return lateness_words(today, due_on=held.due_on, closes_on=held.closes_on)


@transaction.atomic
def hand_in_published(*, agency_return: AgencyReturn, by: Person | None, now: datetime) -> None:
    """Mark a printed pack, loaded for a real authority shown with published figures alone, as it was printed.

    Nobody of that authority submits it, so `by` is the installer (None), and it is never approved here.
    """
    if not agency_return.partnership.published_only or not agency_return.source:
        raise NotAllowedError("only a printed source of a partnership shown with published figures is handed in so")
    before, after = INSTALLER_MOVES["hand_in_published"]
    if not AgencyReturn.objects.filter(pk=agency_return.pk, state=before).update(state=after):
        raise NotAllowedError("this return is not open")
    ReturnMove.objects.create(
        agency_return=agency_return,
        from_state=before,
        to_state=after,
        moved_at=now,
        moved_by=by,
        reason=agency_return.source,
    )
    agency_return.state = after
    _record(EventType.RETURN_SUBMITTED, agency_return, by=by, now=now, reason=agency_return.source)


@transaction.atomic
def query_return(*, agency_return: AgencyReturn, reason: str, by: Person, now: datetime) -> None:
    """The analyst sends a return back with a question."""
    _check_reason(reason, "say what the agency should look at")
    _move("query_return", EventType.RETURN_QUERIED, agency_return, by=by, now=now, reason=reason)


@transaction.atomic
def approve_return(*, agency_return: AgencyReturn, by: Person, now: datetime) -> None:
    """The analyst accepts the figures: never who entered or submitted them, never with a fault unanswered."""
    handed_in_by = agency_return.moves.filter(to_state=ReturnState.SUBMITTED).values_list("moved_by", flat=True)
    entered_by = agency_return.figures.current().values_list("entered_by", flat=True)
    if by.pk in {*handed_in_by, *entered_by}:
        raise NotAllowedError("somebody other than the person who entered or submitted the figures has to approve them")
    unanswered = sum(fault.needs_answer for fault in agency_return.faults.all())
    if unanswered:
        raise NotAllowedError(f"{unanswered} fault{'s' * (unanswered > 1)} in the figures must be answered first")
    _move("approve_return", EventType.RETURN_APPROVED, agency_return, by=by, now=now)


@transaction.atomic
def reopen_return(*, agency_return: AgencyReturn, reason: str, by: Person, now: datetime) -> None:
    """The analyst opens an approved return again, so that the agency can correct a figure."""
    _check_reason(reason, "say why the return is opened again")
    _move("reopen_return", EventType.RETURN_REOPENED, agency_return, by=by, now=now, reason=reason)


@transaction.atomic
def move_dates(
    *, agency_return: AgencyReturn, due_on: date, closes_on: date | None, reason: str, by: Person, now: datetime
) -> None:
    """Give a return another due date or closing date, or no closing date (None). The day it opens stays.

    Refused once it is approved or printed, when the dates are out of order, and when nothing would change.
    """
    held = AgencyReturn.objects.select_for_update().get(pk=agency_return.pk)
    check_can_move_dates(held, standing_of(by, agency_return.partnership, now=now))
    _check_reason(reason, "say why the dates are moved")
    for fault in date_faults(opens_on=held.opens_on, due_on=due_on, closes_on=closes_on).values():
        raise NotAllowedError(fault[:1].lower() + fault[1:].rstrip("."))
    if (held.due_on, held.closes_on) == (due_on, closes_on):
        raise NotAllowedError("these are the dates that the return has already")
    detail = {
        "due_before": f"{held.due_on}",
        "due_after": f"{due_on}",
        "closes_before": f"{held.closes_on or 'never'}",
        "closes_after": f"{closes_on or 'never'}",
    }
    AgencyReturn.objects.filter(pk=held.pk).update(due_on=due_on, closes_on=closes_on)
    agency_return.due_on, agency_return.closes_on = due_on, closes_on
    _record(EventType.RETURN_DATES_MOVED, agency_return, by=by, now=now, reason=reason.strip(), detail=detail)


@transaction.atomic
def answer_fault(*, fault: Fault, answer: str, by: Person, now: datetime) -> None:
    """Say why a contradiction stands, when the figures are right or cannot be corrected.

    Once, and while the return is looked at: by the agency while it may change its figures, by the analyst until the
    return is approved. An answer is not written over. Raises NotAllowedError with the reason why not.
    """
    # Loads, moves and other answers wait here, so that what is checked still holds when the answer is written.
    held = AgencyReturn.objects.select_for_update().get(pk=fault.agency_return_id)
    if reason := why_no_answer(held, standing_of(by, held.partnership, now=now), timezone.localdate(now)):
        raise NotAllowedError(reason)
    _check_reason(answer, "say why the figures stand")
    current: Fault | None = Fault.objects.filter(pk=fault.pk).first()
    if current is None:
        raise NotAllowedError("this fault is gone: the figures have been loaded again; look at the return again")
    if not current.needs_answer:
        raise NotAllowedError("this has already been answered, or needs no answer")
    Fault.objects.filter(pk=fault.pk).update(answer=answer.strip(), answered_at=now, answered_by=by)
    _record(
        EventType.FAULT_ANSWERED,
        held,
        by=by,
        now=now,
        reason=answer.strip(),
        detail={"rule": fault.rule},
    )


def _check_reason(reason: str, ask: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")


def _move(
    move: str,
    event: EventType,
    agency_return: AgencyReturn,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    """Check, then change the status unless somebody else has in the meantime, with its history and trail."""
    check_can_move(move, agency_return, standing_of(by, agency_return.partnership, now=now))
    from_states, to_state, _ = MOVES[move]
    before = agency_return.state
    moved = AgencyReturn.objects.filter(pk=agency_return.pk, state__in=from_states).update(state=to_state)
    if not moved:
        raise NotAllowedError("somebody else has moved this return in the meantime; look at it again")
    ReturnMove.objects.create(
        agency_return=agency_return,
        from_state=before,
        to_state=to_state,
        moved_at=now,
        moved_by=by,
        reason=reason.strip(),
    )
    agency_return.state = to_state
    _record(event, agency_return, by=by, now=now, reason=reason.strip(), detail=detail)


def _record(
    event: EventType,
    agency_return: AgencyReturn,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=agency_return.partnership.slug,
        subject=f"return:{agency_return.pk}",
        detail={"period": agency_return.period.code, "on": f"{timezone.localdate(now):%Y-%m-%d}", **(detail or {})},
        reason=reason,
    )
