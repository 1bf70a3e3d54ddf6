"""Which step leads a letter from which status to which, and who takes it. The README picture is made from it."""

from trefoil.design.states_picture import StatesPicture

from .enums import LetterState as S

SENDER = "the sender"
MANAGER = "a manager"

# step -> (from, to, who). Every other change of status is refused.
MOVES: dict[str, tuple[tuple[S, ...], S, str]] = {
    "claim": ((S.WAITING, S.RETRY, S.SENDING), S.SENDING, SENDER),
    "sent": ((S.SENDING,), S.SENT, SENDER),
    "not_needed": ((S.SENDING,), S.NOT_NEEDED, SENDER),
    "try_later": ((S.SENDING,), S.RETRY, SENDER),
    "give_up": ((S.SENDING,), S.GIVEN_UP, SENDER),
    "try_letters_again": ((S.RETRY, S.GIVEN_UP), S.RETRY, MANAGER),
}

PICTURES = (
    StatesPicture(
        states=S,
        begins={"queue_message": S.WAITING},
        arrows=[(one, to, f"{step}, by {who}") for step, (before, to, who) in MOVES.items() for one in before],
    ),
)
