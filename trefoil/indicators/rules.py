"""Who may see which returns, and whether a record allows what is asked. Each check raises with its reason."""

from datetime import date

from django.db.models import QuerySet

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing

from .enums import ANSWERABLE_STATES, DATES_FIXED_STATES, ReturnState
from .models import AgencyReturn
from .states import MOVES


def returns_visible_to(standing: Standing) -> QuerySet[AgencyReturn]:
    """Every return for those who may read all; one's own agencies' returns for an agency; nothing for others."""
    returns = AgencyReturn.objects.filter(partnership=standing.partnership).select_related("agency", "partnership")
    if standing.may(Permission.READ_ALL_RETURNS):
        return returns
    own = standing.agencies_for(Permission.READ_RETURNS_OF_OWN_AGENCY)
    return returns.filter(agency_id__in=own) if own else returns.none()


def check_can_enter(agency_return: AgencyReturn, standing: Standing, today: date) -> None:
    """Raises NotAllowedError unless the person may change this return's figures today."""
    if not standing.may_for(Permission.ENTER_RETURN, agency_return.agency_id):
        raise NotAllowedError(f"only {agency_return.agency} can enter these figures")
    if reason := agency_return.why_locked_on(today):
        raise NotAllowedError(f"This return is locked. {reason}")


def can_enter(agency_return: AgencyReturn, standing: Standing, today: date) -> bool:
    """Whether `check_can_enter` would pass."""
    return standing.may_for(Permission.ENTER_RETURN, agency_return.agency_id) and not agency_return.why_locked_on(today)


def can_move(move: str, agency_return: AgencyReturn, standing: Standing) -> bool:
    """Whether the status and the person's duties allow the move (the operation also checks who submitted)."""
    from_states, _, permission = MOVES[move]
    if agency_return.state not in from_states or not standing.may(permission):
        return False
    return permission != Permission.SUBMIT_RETURN or standing.may_for(permission, agency_return.agency_id)


def check_can_move(move: str, agency_return: AgencyReturn, standing: Standing) -> None:
    """Raises NotAllowedError with the reason when `move` is not for this person or not from this status."""
    from_states, _, permission = MOVES[move]
    if not standing.may(permission):
        raise NotAllowedError("your duties do not include this")
    if permission == Permission.SUBMIT_RETURN and not standing.may_for(permission, agency_return.agency_id):
        raise NotAllowedError(f"only {agency_return.agency} can submit this return")
    if agency_return.state not in from_states:
        raise NotAllowedError(f"the return is {agency_return.get_state_display().lower()}, so this cannot be done now")


def check_can_move_dates(agency_return: AgencyReturn, standing: Standing) -> None:
    """Raises NotAllowedError with the reason when this person may not move its dates, or nobody may any more."""
    if not standing.may(Permission.OPEN_RETURN):
        raise NotAllowedError("your duties do not include moving the dates of a return")
    if agency_return.state == ReturnState.PRINTED:
        raise NotAllowedError("the return holds figures as they were printed, so its dates stay as they are")
    if agency_return.state == ReturnState.APPROVED:
        raise NotAllowedError("the return is approved, so its dates stay as they are")


def can_move_dates(agency_return: AgencyReturn, standing: Standing) -> bool:
    """Whether `check_can_move_dates` would pass."""
    return standing.may(Permission.OPEN_RETURN) and agency_return.state not in DATES_FIXED_STATES


def date_faults(*, opens_on: date | None, due_on: date | None, closes_on: date | None) -> dict[str, str]:
    """What is wrong with the order of a return's dates, by field; a date that is not given is not looked at."""
    faults = {}
    if opens_on and due_on and due_on < opens_on:
        faults["due_on"] = "The due date must not come before the day it opens."
    if due_on and closes_on and closes_on < due_on:
        faults["closes_on"] = "The closing date must not come before the due date."
    return faults


def why_no_answer(agency_return: AgencyReturn, standing: Standing, today: date) -> str:
    """Why this person cannot answer faults of this return today, or nothing."""
    own = standing.may_for(Permission.ENTER_RETURN, agency_return.agency_id)
    judges = standing.may(Permission.APPROVE_RETURN)
    if not own and not judges:
        return "only the agency or the analyst can answer this"
    if agency_return.state not in ANSWERABLE_STATES:
        return f"the return is {agency_return.get_state_display().lower()}, so its faults take no answer now"
    return "" if judges else agency_return.why_locked_on(today)
