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

_EVENTS = {
    "propose": EventType.BUDGET_PROPOSED,
    "send_back": EventType.BUDGET_SENT_BACK,
    "approve": EventType.BUDGET_APPROVED,
    "reopen": EventType.BUDGET_REOPENED,
    "close": EventType.BUDGET_CLOSED,
}


@transaction.atomic
def move_year(*, year: BudgetYear, move: str, by: Person, now: datetime, reason: str = "") -> None:
    """Make one of `states.MOVES`. Raises NotAllowedError when the person or the status does not allow it.

    A budget whose totals do not add up is approved, and a year closed, only with a reason, which stays on record.
    """
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
    _note(_EVENTS[move], year, faults, words, by=by, now=now)


def _note(event: EventType, year: BudgetYear, faults: int, reason: str, *, by: Person, now: datetime) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=year.partnership.slug,
        subject=year.reference,
        detail={"year": str(year), "faults": faults},
        reason=reason,
    )
