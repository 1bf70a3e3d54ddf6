"""What a reader could work out from a table.

The reader imagined here knows more than a reader can: every shown count exactly (not rounded), the sums, the
rule for small numbers, and which cells were hidden only to protect others. A hidden cell counts as protected
when whole other tables are found that this reader could not tell from the true one and that give the cell
other values. Each such table is a proof, so a search that gives up early can only hide too much, never too
little. Rounding then stands on top.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .tables import Sum

# A hidden cell must have at least this many possible values, its true one included.
WIDTH = 3
# How far from the truth other values are looked for, and how many steps one search may take.
REACH = 5
STEPS = 400


@dataclass(frozen=True, slots=True)
class Span:
    """The values a hidden cell may have as far as its mark tells; `high` None is no upper end."""

    low: int
    high: int | None

    def holds(self, value: int) -> bool:
        """Whether the mark allows `value`."""
        return value >= self.low and (self.high is None or value <= self.high)

    def nearest(self, value: int) -> int:
        """The allowed value nearest to `value`."""
        return max(self.low, value if self.high is None else min(value, self.high))


FEWER = Span(1, 5)
LARGE = Span(6, None)
ANYTHING = Span(0, None)


class Audit:
    """The search for other tables. `hidden` is read anew at each call and may grow between calls.

    What was found stays found: hiding one cell more, or widening a span, takes no other table away.
    """

    def __init__(self, counts: Mapping[str, int], sums: Sequence[Sum], hidden: Mapping[str, Span]) -> None:
        self.counts = counts
        self.hidden = hidden
        self.equations = [{each.total: -1} | dict.fromkeys(each.parts, 1) for each in sums]
        self.seen = {key: {count} for key, count in counts.items()}
        self.steps = 0

    def exposed(self) -> str | None:
        """The first hidden cell with fewer than three possible values found; None when all are safe."""
        return next((key for key in self.hidden if not self.is_protected(key)), None)

    def is_protected(self, key: str) -> bool:
        """Whether at least three values are possible for the cell."""
        for distance in range(1, REACH + 1):
            for move in (distance, -distance):
                if len(self.seen[key]) >= WIDTH:
                    return True
                value = self.counts[key] + move
                if self.hidden[key].holds(value) and value not in self.seen[key]:
                    self._look_for(key, move)
        return len(self.seen[key]) >= WIDTH

    def _look_for(self, key: str, move: int) -> None:
        self.steps = STEPS
        moves = self._balance({key: move})
        for other, by in (moves or {}).items():
            self.seen[other].add(self.counts[other] + by)

    def _balance(self, moves: dict[str, int]) -> dict[str, int] | None:
        """Move further hidden cells until every sum holds again; None when none is found."""
        self.steps -= 1
        open_equation = next((each for each in self.equations if _gap(each, moves)), None)
        if open_equation is None:
            return moves
        for key, move in self._ways(open_equation, moves):
            if self.steps <= 0:
                return None
            found = self._balance(moves | {key: move})
            if found is not None:
                return found
        return None

    def _ways(self, equation: Mapping[str, int], moves: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """Cells of the sum that can take up its gap, those that can take all of it first."""
        gap = _gap(equation, moves)
        partly = []
        for key, sign in equation.items():
            if key in moves or key not in self.hidden:
                continue
            wanted = -gap * sign
            move = self.hidden[key].nearest(self.counts[key] + wanted) - self.counts[key]
            if move == wanted:
                yield key, move
            elif move:
                partly.append((key, move))
        yield from partly


def _gap(equation: Mapping[str, int], moves: Mapping[str, int]) -> int:
    return sum(sign * moves.get(key, 0) for key, sign in equation.items())
