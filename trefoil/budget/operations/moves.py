"""A budget put to the partners, sent back, approved, opened again, closed."""

from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import BudgetState
from ..models import BudgetYear, YearMove
from ..queries import faults_of
from ..rules import check_may, check_reason
from ..states import MOVES, VOUCHES


@transaction.atomic
def propose_budget(*, year: BudgetYear, by: Person, now: datetime, reason: str = "") -> None:
    """Put a draft to the safeguarding partners. Nothing in it can then be changed."""
    _move("propose", EventType.BUDGET_PROPOSED, year, by=by, now=now, reason=reason)


@transaction.atomic
def send_back_budget(*, year: BudgetYear, by: Person, now: datetime, reason: str = "") -> None:
    """A safeguarding partner asks for changes, and says which."""
    _move("send_back", EventType.BUDGET_SENT_BACK, year, by=by, now=now, reason=reason)


@transaction.atomic
def approve_budget(*, year: BudgetYear, by: Person, now: datetime, reason: str = "") -> None:
    """A safeguarding partner approves it. While its totals have a fault, only with a reason."""
    _move("approve", EventType.BUDGET_APPROVED, year, by=by, now=now, reason=reason)


@transaction.atomic
def reopen_budget(*, year: BudgetYear, by: Person, now: datetime, reason: str = "") -> None:
    """Make it a draft again, with a reason. It has to be approved again."""
    _move("reopen", EventType.BUDGET_REOPENED, year, by=by, now=now, reason=reason)


@transaction.atomic
def close_year(*, year: BudgetYear, by: Person, now: datetime, reason: str = "") -> None:
    """The outturn is the last word. While the totals have a fault, only with a reason."""
    _move("close", EventType.BUDGET_CLOSED, year, by=by, now=now, reason=reason)


def _move(move: str, event: EventType, year: BudgetYear, *, by: Person, now: datetime, reason: str) -> None:
    """Raises NotAllowedError when the person, the status, or a total without a reason does not allow it."""
    told = MOVES[move]
    check_may(told.permission, by, year.partnership, now)
    held = BudgetYear.objects.select_for_update().select_related("partnership").get(pk=year.pk)
    if held.state not in told.before:
        raise NotAllowedError(f"the budget of {held} is {BudgetState(held.state).label.lower()}")
    faults = len(faults_of(held, as_final=move == "close"))
    if told.needs_reason:
        check_reason(reason, "say why")
    elif faults and move in VOUCHES:
        named = "1 fault" if faults == 1 else f"{faults} faults"
        check_reason(reason, f"the totals have {named}; correct them, or say why it goes on as it is")
    words = reason.strip()[:500]
    BudgetYear.objects.filter(pk=held.pk).update(state=told.after)
    YearMove.objects.create(
        year=held,
        from_state=held.state,
        to_state=told.after,
        faults=faults,
        reason=words,
        moved_at=now,
        moved_by=by,
    )
    year.refresh_from_db()
    record(
        event=event,
        by=by,
        now=now,
        partnership=year.partnership.slug,
        subject=year.reference,
        detail={"year": str(year), "faults": faults},
        reason=words,
    )
