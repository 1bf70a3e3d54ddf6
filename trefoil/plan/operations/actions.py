"""Actions given to agencies, changed, told how they stand, and moved to another date."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Agency, Partnership, Person

from ..clocks import action_date_moved, action_given, word_awaited
from ..enums import ENDED_STATES, ActionState, SourceKind, Standing
from ..models import Action, ActionMove, ActionUpdate, DueDateMove, Priority, Recommendation, Workstream
from ..rules import (
    agencies_in,
    check_can_move_date,
    check_can_update,
    check_day_to_come,
    check_may_propose,
    check_may_write_plan,
    checked_words,
    people_of,
)
from ..telling import told_date_moved, told_proposed


@transaction.atomic
def propose_action(
    *,
    partnership: Partnership,
    agency: Agency,
    title: str,
    due_on: date,
    by: Person,
    now: datetime,
    recommendation: Recommendation | None = None,
    priority: Priority | None = None,
    workstream: Workstream | None = None,
    person: Person | None = None,
    detail: str = "",
    success: str = "",
    source_kind: SourceKind | None = None,
    source_reference: str = "",
) -> Action:
    """Propose an action to the agency that is to own it; the agency then accepts or refuses. Every room calls this.

    Out of a recommendation it takes that one's priority and source. `success` says how one will know that it worked.
    """
    kind, reference = _source(recommendation, source_kind, source_reference)
    check_may_propose(standing_of(by, partnership, now=now), kind, timezone.localdate(now))
    _check_owner(partnership, agency, person, now)
    _check_of_partnership(partnership, recommendation, priority, workstream)
    check_day_to_come(due_on, timezone.localdate(now), "the date")
    placed = recommendation.priority if recommendation and recommendation.priority else priority
    proposed = Action.objects.create(
        partnership=partnership,
        recommendation=recommendation,
        priority=workstream.priority if workstream else placed,
        workstream=workstream,
        source_kind=kind,
        source_reference=reference,
        title=_checked_title(title),
        detail=detail.strip(),
        success=success.strip(),
        agency=agency,
        person=person,
        due_on=due_on,
        first_due_on=due_on,
        proposed_at=now,
        proposed_by=by,
        **stamp(by, now),
    )
    ActionMove.objects.create(action=proposed, to_state=ActionState.PROPOSED, moved_at=now, moved_by=by)
    action_given(proposed, by=by, now=now)
    _record(EventType.ACTION_PROPOSED, proposed, by=by, now=now, detail={"agency": agency.pk, "due": f"{due_on}"})
    told_proposed(proposed, by=by, now=now)
    return proposed


def _source(recommendation: Recommendation | None, kind: SourceKind | None, reference: str) -> tuple[SourceKind, str]:
    if recommendation is not None:
        return SourceKind(recommendation.source_kind), recommendation.source_reference
    return SourceKind(kind or SourceKind.OTHER), reference.strip()


def _checked_title(title: str) -> str:
    if not title.strip():
        raise NotAllowedError("say what is to be done")
    return title.strip()


def _check_owner(partnership: Partnership, agency: Agency, person: Person | None, now: datetime) -> None:
    today = timezone.localdate(now)
    if not agencies_in(partnership, today).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not an agency of this partnership today")
    if person is not None and not people_of(agency, partnership, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here for {agency} today")


def _check_of_partnership(
    partnership: Partnership,
    recommendation: Recommendation | None,
    priority: Priority | None,
    workstream: Workstream | None,
) -> None:
    """What an action hangs on is of its own partnership and still stands."""
    for held in (recommendation, priority, workstream.priority if workstream else None):
        if held is not None and held.partnership_id != partnership.pk:
            raise NotAllowedError("it belongs to another partnership’s plan")
    for one in (recommendation, priority, workstream):
        if one is not None and one.is_withdrawn:
            raise NotAllowedError(f"“{one}” has been withdrawn")


@transaction.atomic
def change_action(
    *,
    action: Action,
    title: str,
    detail: str,
    success: str,
    priority: Priority | None,
    workstream: Workstream | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change what an action says or the priority it is under. Owner, date and status have operations of their own."""
    check_may_write_plan(standing_of(by, action.partnership, now=now))
    if Action.objects.select_for_update().get(pk=action.pk).state in ENDED_STATES:
        raise NotAllowedError("it is over, so its words stay as they are")
    _check_of_partnership(action.partnership, None, priority, workstream)
    fields = {
        "title": _checked_title(title),
        "detail": detail.strip(),
        "success": success.strip(),
        "priority": workstream.priority if workstream else priority,
        "workstream": workstream,
    }
    save_if_unchanged(action, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.ACTION_CHANGED, action, by=by, now=now)


@transaction.atomic
def tell_progress(*, action: Action, how: Standing, words: str, by: Person, now: datetime) -> ActionUpdate:
    """Say how an action stands. The first word on an accepted action begins it."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    check_can_update(held, standing_of(by, action.partnership, now=now))
    said = checked_words(words, "say how it stands")
    told = ActionUpdate.objects.create(action=action, how=Standing(how), words=said, written_at=now, written_by=by)
    state = ActionState.UNDER_WAY
    if held.state != state:
        ActionMove.objects.create(
            action=action, from_state=held.state, to_state=state, reason="", moved_at=now, moved_by=by
        )
    Action.objects.filter(pk=held.pk).update(state=state, how=told.how, last_word_on=timezone.localdate(now))
    action.refresh_from_db()
    word_awaited(action, by=by, now=now)
    _record(EventType.ACTION_UPDATED, action, by=by, now=now, detail={"how": told.how})
    return told


@transaction.atomic
def move_due_date(*, action: Action, due_on: date, reason: str, seen_version: int, by: Person, now: datetime) -> None:
    """Give an action another date, with why. Each earlier date stays in its history."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    check_can_move_date(held, standing_of(by, action.partnership, now=now))
    said = checked_words(reason, "say why the date is moved")
    check_day_to_come(due_on, timezone.localdate(now), "the date")
    if due_on == held.due_on:
        raise NotAllowedError("this is the date that it has already")
    save_if_unchanged(action, seen_version=seen_version, by=by, now=now, due_on=due_on)
    DueDateMove.objects.create(action=action, from_on=held.due_on, to_on=due_on, reason=said, moved_at=now, moved_by=by)
    action_date_moved(action, reason=said, by=by, now=now)
    detail = {"before": f"{held.due_on}", "after": f"{due_on}"}
    _record(EventType.ACTION_DATE_MOVED, action, by=by, now=now, detail=detail, reason=said)
    told_date_moved(action, by=by, now=now)


def _record(
    event: EventType,
    action: Action,
    *,
    by: Person,
    now: datetime,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=action.partnership.slug,
        subject=action.reference,
        detail=detail,
        reason=reason[:500],
    )
