"""A budget's statuses and who may move it. Data: the pictures, the pages and the operations read the same table."""

from typing import NamedTuple

from trefoil.access.enums import Permission
from trefoil.design.states_picture import StatesPicture

from .enums import BudgetState


class Move(NamedTuple):
    """From which statuses, to which, under which permission, in which words, and whether it needs a reason."""

    before: tuple[BudgetState, ...]
    after: BudgetState
    permission: Permission
    words: str
    says: str
    needs_reason: bool = False


_D, _P, _A, _C = BudgetState.DRAFT, BudgetState.PROPOSED, BudgetState.APPROVED, BudgetState.CLOSED
_WRITE, _AGREE = Permission.WRITE_BUDGET, Permission.TAKE_POSITION

MOVES: dict[str, Move] = {
    "propose": Move((_D,), _P, _WRITE, "Put it to the partners", "The budget waits for a safeguarding partner."),
    "send_back": Move((_P,), _D, _AGREE, "Send it back", "The budget is a draft again.", needs_reason=True),
    "approve": Move((_P,), _A, _AGREE, "Approve the budget", "The budget is approved."),
    "reopen": Move((_A, _C), _D, _WRITE, "Open it again", "The budget is a draft again.", needs_reason=True),
    "close": Move((_A,), _C, _WRITE, "Close the year", "The year is closed with its outturn."),
}

OWNER = {_WRITE: "the business manager", _AGREE: "a safeguarding partner"}

# Moves that say the totals are right: with a fault they need a reason.
VOUCHES = frozenset({"approve", "close"})

PICTURES = (
    StatesPicture(
        states=BudgetState,
        begins={"open_year": BudgetState.DRAFT, "load_accounts": BudgetState.PUBLISHED},
        arrows=[
            (before, move.after, f"{name}, by {OWNER[move.permission]}")
            for name, move in MOVES.items()
            for before in move.before
        ],
    ),
)
