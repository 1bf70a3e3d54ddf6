"""The picture of an extract's statuses, as Mermaid text in the README. Made from `states.py`, so it cannot stray."""

from pathlib import Path

from .enums import ExtractState
from .states import MOVES

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- states: begin -->", "<!-- states: end -->"


def picture() -> str:
    """A Mermaid state diagram: the statuses, and the moves with who makes them."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> received: receive_extract"]
    for move, (from_states, to_state, who) in MOVES.items():
        lines += [f"    {state.value} --> {to_state.value}: {move}, by {who}" for state in from_states]
    lines += [f"    {state.value}: {state.label}" for state in ExtractState]
    return "\n".join([*lines, "```"])


def with_picture(text: str) -> str:
    """The README's text with the picture of today between its marks. Raises ValueError when a mark is missing."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"the README holds no “{BEGIN}” and “{END}”")
    return f"{before}{BEGIN}\n{picture()}\n{END}{after}"
