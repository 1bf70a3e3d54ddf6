"""Which operation leads a return from which status to which, and who owns each. The README picture is made from it."""

from trefoil.access.enums import Permission
from trefoil.design.states_picture import StatesPicture

from .enums import ReturnState

AGENCY = "the agency"
ANALYST = "the analyst"
INSTALLER = "the installer"

OWNER: dict[ReturnState, str] = {
    ReturnState.OPEN: AGENCY,
    ReturnState.SUBMITTED: ANALYST,
    ReturnState.QUERIED: AGENCY,
    ReturnState.APPROVED: ANALYST,
    ReturnState.PRINTED: INSTALLER,
}

# What only an installer does at the command line, without a person: operation -> (from, to).
INSTALLER_MOVES: dict[str, tuple[ReturnState, ReturnState]] = {
    "hand_in_published": (ReturnState.OPEN, ReturnState.PRINTED),
}

# operation -> (from, to, permission). A return is approved by somebody else than the person who submitted it.
MOVES: dict[str, tuple[tuple[ReturnState, ...], ReturnState, Permission]] = {
    "submit_return": ((ReturnState.OPEN, ReturnState.QUERIED), ReturnState.SUBMITTED, Permission.SUBMIT_RETURN),
    "query_return": ((ReturnState.SUBMITTED,), ReturnState.QUERIED, Permission.APPROVE_RETURN),
    "approve_return": ((ReturnState.SUBMITTED,), ReturnState.APPROVED, Permission.APPROVE_RETURN),
    "reopen_return": ((ReturnState.APPROVED,), ReturnState.QUERIED, Permission.APPROVE_RETURN),
}

PICTURES = (
    StatesPicture(
        states=ReturnState,
        begins={"open_return": ReturnState.OPEN},
        arrows=[
            *((one, to, f"{move}, by {OWNER[one]}") for move, (before, to, _) in MOVES.items() for one in before),
            *((before, to, f"{move}, by {INSTALLER}") for move, (before, to) in INSTALLER_MOVES.items()),
        ],
    ),
)
