"""Which step leads a letter from which status to which, and who takes it. The README picture is made from it."""

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


def picture() -> str:
    """A Mermaid state diagram: the statuses, and the steps with who takes them."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> waiting: queue_message"]
    for step, (from_states, to_state, who) in MOVES.items():
        lines += [f"    {state.value} --> {to_state.value}: {step}, by {who}" for state in from_states]
    lines += [f"    {state.value}: {state.label.partition(':')[0]}" for state in S]
    return "\n".join([*lines, "```"])
