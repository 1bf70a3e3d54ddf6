"""The statuses of a thing as a picture: Mermaid text in a room's README, made from its `states.py`, so it cannot stray.

A room's `states.py` has `PICTURES`, a tuple with a `StatesPicture` for each kind of thing that has statuses. `trefoil
draw_states` finds every room that has one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class StatesPicture:
    """The statuses of one kind of thing, and what leads from one to another.

    `begins`: operation -> the first status; `arrows`: (from, to, what is written beside it), such as
    `(OPEN, SUBMITTED, "submit_return, by the agency")`. `name` tells several pictures of one README apart: "action" is
    drawn between `<!-- states of action: begin -->` and `<!-- states of action: end -->`; without one the marks are
    `<!-- states: begin -->` and `<!-- states: end -->`.
    """

    states: type[TextChoices]
    begins: Mapping[str, TextChoices]
    arrows: Iterable[tuple[TextChoices, TextChoices, str]]
    name: str = ""

    def mark(self, which: str) -> str:
        """The comment of the README before (`begin`) or after (`end`) the picture."""
        return f"<!-- states{f' of {self.name}' if self.name else ''}: {which} -->"

    def mermaid(self) -> str:
        """The picture as a Mermaid state diagram."""
        lines = ["```mermaid", "stateDiagram-v2"]
        lines += [f"    [*] --> {first.value}: {operation}" for operation, first in self.begins.items()]
        lines += [f"    {before.value} --> {after.value}: {words}" for before, after, words in self.arrows]
        lines += [f"    {state.value}: {state.label}" for state in self.states]
        return "\n".join([*lines, "```"])

    def unreached(self) -> set[str]:
        """The statuses that no arrow leads to: a thing can never have them."""
        reached = {state.value for state in self.begins.values()} | {after.value for _, after, _ in self.arrows}
        return set(self.states.values) - reached


def with_pictures(text: str, pictures: Iterable[StatesPicture]) -> str:
    """A README's text with each picture of today between its marks. Raises ValueError when a mark is missing."""
    for one in pictures:
        before, begin, rest = text.partition(one.mark("begin"))
        _, end, after = rest.partition(one.mark("end"))
        if not end:
            raise ValueError(f"the README holds no “{one.mark('begin')}” and “{one.mark('end')}”")
        text = f"{before}{begin}\n{one.mermaid()}\n{end}{after}"
    return text
