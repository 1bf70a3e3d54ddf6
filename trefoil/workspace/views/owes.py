"""What each agency owes and how timely it is: all of them side by side, without ranks, and one in detail."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.people.models import in_force

from ..owed import ANSWER_DAYS, Owed, actions_to_do, owed_by_agencies
from ..words import counted
from .frame import page, within_partnership

PER_PAGE = 50
NOT_A_RACE = "An agency with more to do has more to be late with: read the numbers to help, not to rank."


@within(Permission.READ_PLAN)
@require_safe
def owes(request: PageRequest) -> HttpResponse:
    """Every agency by name, the reader's own first. Returns and contributions for those who may read them."""
    standing, today = request.standing, timezone.localdate()
    found = owed_by_agencies(standing, today=today)
    own = standing.agencies_for(Permission.ANSWER_ACTION) | standing.agencies_for(Permission.ENTER_RETURN)
    return page(
        request,
        "owes",
        title="What agencies owe",
        lead=_lead(found),
        not_a_race=NOT_A_RACE,
        groups=_groups(found, own),
        reads_returns=any(one.returns is not None for one in found),
        reads_budget=standing.may(Permission.READ_BUDGET),
        answer_days=ANSWER_DAYS,
    )


def _lead(found: list[Owed]) -> str:
    waiting = sum(one.actions.to_do for one in found)
    late = sum(one.actions.overdue for one in found)
    said = f"{counted(waiting, 'action')} in hand or waiting for an answer, {late} of them overdue."
    returns = sum(len(one.returns_late) for one in found)
    return f"{said} {counted(returns, 'return')} late." if returns else said


def _groups(found: list[Owed], own: frozenset[int]) -> list[tuple[str, list[Owed]]]:
    """The reader's own agencies, then the others; one group where there is no such difference."""
    mine = [one for one in found if one.agency.pk in own]
    others = [one for one in found if one.agency.pk not in own]
    named = "Your agency" if len(mine) == 1 else "Your agencies"
    groups = [(named, mine), ("The other agencies", others)] if mine else [("All agencies", others)]
    return [(heading, its) for heading, its in groups if its]


@within(Permission.READ_PLAN)
@require_safe
def agency_owes(request: PageRequest, *, pk: int) -> HttpResponse:
    """One agency: each action it has to do or answer, each return that is late, what is agreed and not paid."""
    standing, today = request.standing, timezone.localdate()
    present = memberships_visible_to(standing).filter(in_force(today))
    membership = found_or_refused(present.select_related("agency"), request, agency_id=pk)
    (one,) = owed_by_agencies(standing, today=today, agency_id=membership.agency_id)
    to_do = actions_to_do(standing, membership.agency_id)
    return page(
        request,
        "owes_agency",
        title=f"What {membership.agency} owes",
        lead=_lead([one]),
        above=(Crumb("What agencies owe", within_partnership(request, "owes")),),
        one=one,
        shown=Paginator(to_do, PER_PAGE).get_page(request.GET.get("page")),
        today=today,
        answer_days=ANSWER_DAYS,
    )
