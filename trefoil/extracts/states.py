"""Which operation leads an extract from which status to which, and who does it. The README picture is made from it."""

from trefoil.design.states_picture import StatesPicture

from .enums import ExtractState as S

LOADER = "who loads"
JOB = "the job"
WORKER = "a worker that starts"

OWNER: dict[S, str] = {
    S.RECEIVED: JOB,
    S.CHECKING: JOB,
    S.WAITING: LOADER,
    S.REFUSED: LOADER,
    S.FAILED: LOADER,
    S.STORED: LOADER,
    S.DELETED: "nobody",
}

# operation -> (from, to, who). Every other change of status is refused.
MOVES: dict[str, tuple[tuple[S, ...], S, str]] = {
    "begin_check": ((S.RECEIVED,), S.CHECKING, JOB),
    "put_back": ((S.CHECKING,), S.RECEIVED, WORKER),
    "keep_stored": ((S.CHECKING,), S.STORED, JOB),
    "hold_for_values": ((S.CHECKING,), S.WAITING, JOB),
    "check_again": ((S.WAITING,), S.RECEIVED, LOADER),
    "refuse_extract": ((S.CHECKING,), S.REFUSED, JOB),
    "stop_extract": ((S.RECEIVED, S.CHECKING), S.FAILED, JOB),
    "delete_extract": ((S.STORED, S.WAITING, S.REFUSED, S.FAILED), S.DELETED, LOADER),
}

PICTURES = (
    StatesPicture(
        states=S,
        begins={"receive_extract": S.RECEIVED},
        arrows=[(one, to, f"{move}, by {who}") for move, (before, to, who) in MOVES.items() for one in before],
    ),
)
