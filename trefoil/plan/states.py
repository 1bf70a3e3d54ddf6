"""Which operation leads an action from which status to which, and who may. The README picture is made from it."""

from dataclasses import dataclass
from enum import StrEnum

from trefoil.design.states_picture import StatesPicture

from .enums import ActionState


class Who(StrEnum):
    """Whose move it is; `rules.py` says what each of these means in duties."""

    AGENCY = "the agency’s lead"
    OWNER = "the agency’s lead, the named person or the business manager"
    PLAN = "the business manager"
    HANDING = "the agency’s lead or the business manager"
    JUDGE = "a judge of impact"


@dataclass(frozen=True)
class Move:
    """One move: from any of these statuses to that one, by whom, and whether it asks for a reason."""

    before: tuple[ActionState, ...]
    after: ActionState
    who: Who
    needs_reason: bool = False


MOVES: dict[str, Move] = {
    "accept_action": Move((ActionState.PROPOSED,), ActionState.ACCEPTED, Who.AGENCY),
    "refuse_action": Move((ActionState.PROPOSED,), ActionState.REFUSED, Who.AGENCY, needs_reason=True),
    "begin_action": Move((ActionState.ACCEPTED,), ActionState.UNDER_WAY, Who.OWNER),
    "finish_action": Move(
        (ActionState.ACCEPTED, ActionState.UNDER_WAY), ActionState.DONE, Who.OWNER, needs_reason=True
    ),
    "close_action": Move((ActionState.DONE,), ActionState.CLOSED, Who.JUDGE),
    "reopen_action": Move((ActionState.DONE, ActionState.CLOSED), ActionState.UNDER_WAY, Who.JUDGE, needs_reason=True),
    "hand_over_to_agency": Move(
        (ActionState.PROPOSED, ActionState.REFUSED, ActionState.ACCEPTED, ActionState.UNDER_WAY),
        ActionState.PROPOSED,
        Who.HANDING,
        needs_reason=True,
    ),
    "withdraw_action": Move(
        (ActionState.PROPOSED, ActionState.REFUSED, ActionState.ACCEPTED, ActionState.UNDER_WAY, ActionState.DONE),
        ActionState.WITHDRAWN,
        Who.PLAN,
        needs_reason=True,
    ),
}

# The first word of an owner on an accepted action begins it, without a move of its own.
PICTURES = (
    StatesPicture(
        name="action",
        states=ActionState,
        begins={"propose_action": ActionState.PROPOSED},
        arrows=[
            *((one, move.after, f"{name}, by {move.who}") for name, move in MOVES.items() for one in move.before),
            (ActionState.ACCEPTED, ActionState.UNDER_WAY, f"tell_progress, by {Who.OWNER}"),
        ],
    ),
)
