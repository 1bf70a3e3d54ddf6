"""The picture of a budget's statuses, as Mermaid text in the README. Made from `states.py`, so that it cannot stray."""

from pathlib import Path

from .enums import BudgetState
from .states import MOVES, OWNER

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- states: begin -->", "<!-- states: end -->"


def picture() -> str:
    """A Mermaid state diagram: the statuses, and the moves with who makes them."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> draft: open_year", "    [*] --> published: load_accounts"]
    for name, move in MOVES.items():
        lines += [f"    {one.value} --> {move.after.value}: {name}, by {OWNER[move.permission]}" for one in move.before]
    lines += [f"    {state.value}: {state.label}" for state in BudgetState]
    return "\n".join([*lines, "```"])


def with_picture(text: str) -> str:
    """The README's text with the picture of today between its marks. Raises ValueError when a mark is missing."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"the README holds no “{BEGIN}” and “{END}”")
    return f"{before}{BEGIN}\n{picture()}\n{END}{after}"
