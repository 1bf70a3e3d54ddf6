"""Checks of owners: records that nobody answers for, or that somebody who left still answers for."""

from collections.abc import Iterator

from .checks_actions import CLOSED, DONE, PROPOSED, REFUSED, WITHDRAWN
from .rows import ActionRow, Owner, PlanRows
from .vocabulary import Check, Finding

_OWNERLESS = "No agency and no person answers for it."
# What is done cannot be handed over any more: who judges it has the next word.
_NOT_WORKED_ON = frozenset({CLOSED, DONE, REFUSED, WITHDRAWN})


def of_owners(rows: PlanRows) -> Iterator[Finding]:
    """For every open priority, action and risk: whether somebody who is still here answers for it."""
    for priority in rows.priorities:
        if priority.is_open:
            yield from _of_owner(f"priority:{priority.key}", priority.title, priority.owner)
    for risk in rows.risks:
        if risk.is_open:
            yield from _of_owner(f"risk:{risk.key}", risk.title, risk.owner)
    for action in rows.actions:
        if action.state not in _NOT_WORKED_ON:
            yield from _of_owner(f"action:{action.key}", action.title, action.owner)
            yield from _no_person(action)


def _of_owner(subject: str, title: str, owner: Owner) -> Iterator[Finding]:
    if owner.is_nobody:
        yield Finding(Check.NO_OWNER, subject, title, _OWNERLESS)
    elif owner.agency_left:
        yield Finding(
            Check.OWNER_LEFT, subject, title, f"{owner.agency} is no longer in the partnership.", owner.agency
        )
    elif owner.person_left:
        reason = f"{owner.person} holds no duty in the partnership any more."
        yield Finding(Check.OWNER_LEFT, subject, title, reason, owner.agency or owner.person)


def _no_person(action: ActionRow) -> Iterator[Finding]:
    if action.owner.agency and not action.owner.person and action.state != PROPOSED:
        reason = f"{action.owner.agency} has accepted it and named nobody."
        yield Finding(Check.NO_PERSON, f"action:{action.key}", action.title, reason, action.owner.agency)
