"""An action from status to status: accepted, refused, begun, done, closed, opened again, withdrawn, handed over."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.people.models import Agency, Person

from ..clocks import action_done, action_dropped, action_given, word_awaited, word_not_awaited
from ..enums import ActionState
from ..models import Action, ActionMove, DueDateMove, HandOver
from ..queries import newest_judgement
from ..rules import (
    agencies_in,
    check_can_hand_over,
    check_can_move,
    check_day_to_come,
    checked_words,
    people_of,
    why_not_closed,
)
from ..states import MOVES
from ..telling import (
    told_accepted,
    told_closed,
    told_done,
    told_handed_over,
    told_refused,
    told_reopened,
    told_withdrawn,
)

ASKS = {
    "refuse_action": "say why your agency does not take this on",
    "finish_action": "say what was done",
    "reopen_action": "say why it is opened again",
    "hand_over_to_agency": "say why it is handed over",
    "withdraw_action": "say why it is withdrawn",
}


@transaction.atomic
def accept_action(*, action: Action, by: Person, now: datetime, person: Person | None = None, reason: str = "") -> None:
    """The agency takes an action on. `person` is whose name stands on it from now; without one the name given stays."""
    named = person or action.person
    _check_person(named, action.agency, action, now)
    _moved("accept_action", EventType.ACTION_ACCEPTED, action, by=by, now=now, reason=reason, person=named)
    action_given(action, by=by, now=now)
    word_awaited(action, by=by, now=now)
    told_accepted(action, by=by, now=now)


@transaction.atomic
def refuse_action(*, action: Action, reason: str, by: Person, now: datetime) -> None:
    """The agency does not take an action on, and says why. It is then given to another agency, or withdrawn."""
    _moved("refuse_action", EventType.ACTION_REFUSED, action, by=by, now=now, reason=reason)
    action_dropped(action, reason=f"The agency has refused it. {reason.strip()}", by=by, now=now)
    told_refused(action, by=by, now=now)


@transaction.atomic
def begin_action(*, action: Action, by: Person, now: datetime) -> None:
    """Work on an accepted action has begun. A first update says so too."""
    _moved("begin_action", EventType.ACTION_BEGUN, action, by=by, now=now)


@transaction.atomic
def finish_action(*, action: Action, reason: str, by: Person, now: datetime) -> None:
    """The work is done; `reason` says what was done. Whether it changed anything is still open, so it is not closed."""
    _moved("finish_action", EventType.ACTION_DONE, action, by=by, now=now, reason=reason)
    action_done(action, by=by, now=now)
    told_done(action, by=by, now=now)


@transaction.atomic
def close_action(*, action: Action, by: Person, now: datetime) -> None:
    """Close an action whose impact was judged shown, at least in part, or that can show none for a recorded reason."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    judged = newest_judgement(held)
    if why_not := why_not_closed(judged):
        check_can_move("close_action", held, standing_of(by, action.partnership, now=now))
        raise NotAllowedError(why_not)
    reason = judged.get_verdict_display() if judged else ""
    _moved("close_action", EventType.ACTION_CLOSED, action, by=by, now=now, reason=reason)
    told_closed(action, reason, by=by, now=now)


@transaction.atomic
def reopen_action(*, action: Action, reason: str, due_on: date, by: Person, now: datetime) -> None:
    """Open a done or closed action again, to a new date: what it changed was not enough, or has not lasted."""
    check_day_to_come(due_on, timezone.localdate(now), "the new date")
    before = _moved(
        "reopen_action", EventType.ACTION_REOPENED, action, by=by, now=now, reason=reason, due_on=due_on, how=""
    )
    if before.due_on != due_on:
        DueDateMove.objects.create(
            action=action, from_on=before.due_on, to_on=due_on, reason=reason.strip(), moved_at=now, moved_by=by
        )
    action_given(action, by=by, now=now)
    word_awaited(action, by=by, now=now)
    told_reopened(action, by=by, now=now)


@transaction.atomic
def withdraw_action(*, action: Action, reason: str, by: Person, now: datetime) -> None:
    """Say why an action is no longer wanted. It stays readable, with the reason."""
    _moved("withdraw_action", EventType.ACTION_WITHDRAWN, action, by=by, now=now, reason=reason)
    action_dropped(action, reason=f"The action was withdrawn. {reason.strip()}", by=by, now=now)
    told_withdrawn(action, by=by, now=now)


@transaction.atomic
def hand_over_action(
    *, action: Action, to_agency: Agency, to_person: Person | None, reason: str, by: Person, now: datetime
) -> None:
    """Give an action to another person of the agency, or to another agency, which then has to answer it.

    Owner, status and history change in one transaction: whatever happens in between, one agency has it.
    """
    held = Action.objects.select_for_update().get(pk=action.pk)
    check_can_hand_over(held, standing_of(by, action.partnership, now=now))
    said = checked_words(reason, ASKS["hand_over_to_agency"])
    if (held.agency_id, held.person_id) == (to_agency.pk, to_person.pk if to_person else None):
        raise NotAllowedError("it is with them already")
    _check_agency(to_agency, action, now)
    _check_person(to_person, to_agency, action, now)
    HandOver.objects.create(
        action=action,
        from_agency_id=held.agency_id,
        to_agency=to_agency,
        from_person_id=held.person_id,
        to_person=to_person,
        reason=said,
        handed_at=now,
        handed_by=by,
    )
    if held.agency_id == to_agency.pk:
        _give_to_person(action, held, to_person, said, by=by, now=now)
    else:
        fields = {"agency": to_agency, "person": to_person, "how": ""}
        _moved("hand_over_to_agency", EventType.ACTION_HANDED_OVER, action, by=by, now=now, reason=said, **fields)
        word_not_awaited(action, reason="It has gone to another agency.", by=by, now=now)
    action_given(action, by=by, now=now)
    told_handed_over(action, from_agency=held.agency, from_person=held.person, by=by, now=now)


def _give_to_person(
    action: Action, held: Action, person: Person | None, reason: str, *, by: Person, now: datetime
) -> None:
    """The agency stays and so does the status. Raises NotAllowedError for an action that the agency has refused."""
    if held.state == ActionState.REFUSED:
        raise NotAllowedError("the agency has refused it: give it to another agency, or withdraw it")
    Action.objects.filter(pk=held.pk).update(person=person, version=models.F("version") + 1, **stamp(by, now))
    action.refresh_from_db()
    _record(EventType.ACTION_HANDED_OVER, action, by=by, now=now, reason=reason)


def _check_agency(agency: Agency, action: Action, now: datetime) -> None:
    if not agencies_in(action.partnership, timezone.localdate(now)).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not an agency of this partnership today")


def _check_person(person: Person | None, agency: Agency, action: Action, now: datetime) -> None:
    today = timezone.localdate(now)
    if person is not None and not people_of(agency, action.partnership, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here for {agency} today")


def _moved(
    move: str, event: EventType, action: Action, *, by: Person, now: datetime, reason: str = "", **fields: Any
) -> Action:
    """Make a move that `by` may make: the status, the move with its reason, the trail. Gives the action as it was."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    check_can_move(move, held, standing_of(by, action.partnership, now=now))
    asked = MOVES[move]
    said = checked_words(reason, ASKS[move]) if asked.needs_reason else reason.strip()
    changes = {**fields, "state": asked.after, **stamp(by, now)}
    unchanged = Action.objects.filter(pk=held.pk, state=held.state, version=held.version)
    if not unchanged.update(**changes, version=models.F("version") + 1):
        raise NotAllowedError("somebody else has just changed this action: look at it again")
    ActionMove.objects.create(
        action=action, from_state=held.state, to_state=asked.after, reason=said, moved_at=now, moved_by=by
    )
    action.refresh_from_db()
    _record(event, action, by=by, now=now, reason=said)
    return held


def _record(event: EventType, action: Action, *, by: Person, now: datetime, reason: str = "") -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=action.partnership.slug,
        subject=action.reference,
        detail={"agency": action.agency_id, "state": action.state},
        reason=reason[:500],
    )
