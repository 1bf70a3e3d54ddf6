"""Giving what somebody has in hand to somebody else, in one go. Each room's own operation does the writing."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.clocks.operations.keeping import hand_over_clock
from trefoil.clocks.rules import clocks_visible_to
from trefoil.meetings.enums import Purpose
from trefoil.meetings.operations.agenda import change_item
from trefoil.meetings.rules import items_visible_to
from trefoil.people.models import Partnership, Person
from trefoil.plan.operations.action_moves import hand_over_action
from trefoil.plan.operations.risks import change_risk
from trefoil.plan.rules import actions_visible_to
from trefoil.plan.rules_register import risks_visible_to

from .belongings import belongings_of


@transaction.atomic
def hand_over_belongings(
    *,
    person: Person,
    to_person: Person,
    references: Collection[str],
    partnership: Partnership,
    reason: str,
    by: Person,
    now: datetime,
) -> int:
    """Give these things of `person` to `to_person`; how many. All of them, or none.

    Raises NotAllowedError, naming the thing, when one of them cannot go to that person.
    """
    standing = standing_of(by, partnership, now=now)
    if not standing.may(Permission.MANAGE_PEOPLE):
        raise NotAllowedError("Your duties do not include handing over what other people have in hand.")
    if person.pk == to_person.pk:
        raise NotAllowedError("They have it already. Choose somebody else.")
    chosen = [one for one in belongings_of(person, standing) if one.reference in references and one.can_be_given]
    if not chosen:
        raise NotAllowedError("Choose what is handed over.")
    for one in chosen:
        kind, _, key = one.reference.partition(":")
        try:
            if kind in {"action", "clock"}:
                _give_owed(kind, int(key), to_person, standing, reason=reason, by=by, now=now)
            elif kind == "risk":
                _give_risk(int(key), to_person, standing, by=by, now=now)
            else:
                _give_item(int(key), to_person, standing, by=by, now=now)
        except NotAllowedError as error:
            raise NotAllowedError(f"“{one.title}” cannot go to {to_person}: {error}") from error
    return len(chosen)


def _give_owed(
    kind: str, pk: int, to_person: Person, standing: Standing, *, reason: str, by: Person, now: datetime
) -> None:
    """An action, whose own time limits go with it, or a time limit. The agency stays."""
    if kind == "action":
        action = actions_visible_to(standing).get(pk=pk)
        hand_over_action(action=action, to_agency=action.agency, to_person=to_person, reason=reason, by=by, now=now)
    else:
        clock = clocks_visible_to(standing).get(pk=pk)
        hand_over_clock(clock=clock, agency=clock.agency, person=to_person, reason=reason, by=by, now=now)


def _give_risk(pk: int, to_person: Person, standing: Standing, *, by: Person, now: datetime) -> None:
    risk = risks_visible_to(standing).get(pk=pk)
    change_risk(
        risk=risk,
        title=risk.title,
        cause=risk.cause,
        event=risk.event,
        effect=risk.effect,
        agency=risk.agency,
        person=to_person,
        priorities=list(risk.priorities.all()),
        seen_version=risk.version,
        by=by,
        now=now,
    )


def _give_item(pk: int, to_person: Person, standing: Standing, *, by: Person, now: datetime) -> None:
    item = items_visible_to(standing).get(pk=pk)
    change_item(
        item=item,
        seen_version=item.version,
        title=item.title,
        purpose=Purpose(item.purpose),
        minutes_long=item.minutes_long,
        summary=item.summary,
        owner=to_person,
        by=by,
        now=now,
    )
