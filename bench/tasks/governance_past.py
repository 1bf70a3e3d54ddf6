"""What happened to invented actions before today: every move, and the recommendations that some of them answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from trefoil.people.models import Partnership, Person
from trefoil.plan.enums import ActionState, SourceKind
from trefoil.plan.models import Action, ActionMove, Recommendation

from .xray import invented

AT_A_TIME = 2000
P, A, U, D = ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.UNDER_WAY, ActionState.DONE
WAY = {
    P: (P,),
    A: (P, A),
    U: (P, A, U),
    D: (P, A, U, D),
    ActionState.CLOSED: (P, A, U, D, ActionState.CLOSED),
    ActionState.REFUSED: (P, ActionState.REFUSED),
    ActionState.WITHDRAWN: (P, A, ActionState.WITHDRAWN),
}


def recommendations(held: Partnership, by: Person, number: int, now: datetime) -> list[Recommendation]:
    """So many, in the words that the X-ray is measured with."""
    return Recommendation.objects.bulk_create(
        (
            Recommendation(
                partnership=held,
                words=one.words,
                source_kind=SourceKind.AUDIT,
                made_on=one.made_on,
                added_at=now,
                added_by=by,
            )
            for one in invented(number)
        ),
        batch_size=AT_A_TIME,
    )


def moves(actions: list[Action], by: Person, now: datetime, chance: Random) -> None:
    """How each came to where it stands, from the day on which it was proposed; nothing lies in the future."""
    rows = [move for action in actions for move in _way(action, by, now, chance)]
    ActionMove.objects.bulk_create(rows, batch_size=AT_A_TIME)


def _way(action: Action, by: Person, now: datetime, chance: Random) -> Iterator[ActionMove]:
    way, before, at = WAY[ActionState(action.state)], "", action.proposed_at
    step = (now - at) / (len(way) + 1)
    for state in way:
        yield ActionMove(action=action, from_state=before, to_state=state, moved_at=at, moved_by=by)
        before, at = state, at + min(step, timedelta(days=chance.randrange(1, 40), minutes=chance.randrange(600)))
