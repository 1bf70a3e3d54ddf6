"""Which cells to hide.

1. A count of 1 to 5 is shown as "fewer than 6"; 0 stays 0.
2. A total of 1 to 10 is not broken down: its parts are all withheld, zeros too, whatever they are. The
pattern of so small a total would tell as much as its numbers. 3. While a hidden cell could be worked out
(`audit`), hide one cell more beside it: the smallest shown part of a sum it belongs to; if there is none, all
parts of that sum; if that is done, the total; at last any cell, then all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .audit import ANYTHING, FEWER, LARGE, Audit, Span
from .published import SMALL, Mark, rounded
from .tables import Sum

# The smallest total whose parts may stand beside it: with less, "fewer than 6" and one more hidden part of 6
# or more leave a reader who knows the total fewer than all five values.
BREAKS_DOWN_FROM = 11


@dataclass(slots=True)
class Choice:
    """The state of choosing: counts, sums, what may still be hidden, and what is."""

    counts: Mapping[str, int]
    sums: Sequence[Sum]
    free: frozenset[str]
    hidden: dict[str, Span] = field(default_factory=dict)

    def mark(self, key: str) -> Mark:
        """How the cell is to be shown."""
        span = self.hidden.get(key)
        if span is None:
            return Mark.SHOWN
        return Mark.FEWER if span is FEWER else Mark.WITHHELD

    def hide(self, keys: Iterable[str], span: Span) -> bool:
        """Hide what may still be hidden; whether anything changed."""
        before = dict(self.hidden)
        self.hidden.update({key: span for key in keys if key in self.free})
        return self.hidden != before


def choose(choice: Choice) -> str | None:
    """Hide cells until no hidden one can be worked out.

    Returns None when all is well, else the key of a hidden cell that cannot be protected.
    """
    small = [key for key, count in choice.counts.items() if 1 <= count <= SMALL and key not in choice.hidden]
    choice.hide(small, FEWER)
    for each in choice.sums:
        if 1 <= choice.counts[each.total] < BREAKS_DOWN_FROM:
            _withhold_parts(choice, each)
    audit = Audit(choice.counts, choice.sums, choice.hidden)
    while True:
        while _hide_beside_lonely(choice):
            pass
        exposed = audit.exposed()
        if exposed is None or not (_hide_more(choice, exposed) or _hide_anything(choice)):
            return None if _is_blank(choice) else exposed


def _is_blank(choice: Choice) -> bool:
    """Whether every cell that is not zero could be anything. Twice and three times it fit too."""
    return all(choice.hidden.get(key) is ANYTHING for key, count in choice.counts.items() if count)


def _withhold_parts(choice: Choice, each: Sum) -> bool:
    """Withhold all that stands below a total, except a zero that a total of zero elsewhere shows anyway."""
    below = _below(choice, each.total)
    plain = {
        part
        for other in choice.sums
        if choice.counts[other.total] == 0 and other.total not in below
        for part in other.parts
    }
    return choice.hide(below - plain, ANYTHING)


def _below(choice: Choice, total: str) -> set[str]:
    """The parts of a total in every sum it heads, their parts, and so on down."""
    below, new = set[str](), {total}
    while new:
        new = {part for each in choice.sums if each.total in new for part in each.parts} - below
        below |= new
    return below


def _shown(choice: Choice, keys: Iterable[str]) -> list[str]:
    """The cells that could still be hidden, the best to hide first.

    Best is a cell that also stands in another sum with a hidden cell, which it helps to protect; then the
    smallest.
    """
    helped = [each for each in choice.sums if any(key in choice.hidden for key in (each.total, *each.parts))]
    helps = Counter(key for each in helped for key in (each.total, *each.parts))
    open_to_choice = (key for key in keys if key in choice.free and key not in choice.hidden and choice.counts[key])
    return sorted(open_to_choice, key=lambda key: (-helps[key], rounded(choice.counts[key]), key))


def _hidden_in(choice: Choice, each: Sum) -> int:
    return sum(key in choice.hidden for key in (each.total, *each.parts))


def _hide_beside_lonely(choice: Choice) -> bool:
    """Hide a part of a sum that has one hidden cell: whoever knows the rest knows it too."""
    return any(
        choice.hide(_shown(choice, each.parts)[:1], LARGE) for each in choice.sums if _hidden_in(choice, each) == 1
    )


def _hide_more(choice: Choice, key: str) -> bool:
    """Hide beside `key`, in the sum with the fewest hidden cells first."""
    around = [each for each in choice.sums if key == each.total or key in each.parts]
    for each in sorted(around, key=lambda each: _hidden_in(choice, each)):
        if parts := _shown(choice, each.parts):
            return choice.hide(parts[:1], LARGE)
    if any(_withhold_parts(choice, each) for each in around):
        return True
    return choice.hide(_shown(choice, {each.total for each in around})[:1], LARGE)


def _hide_anything(choice: Choice) -> bool:
    """The last resorts: one more cell anywhere, then every cell that is not zero."""
    if choice.hide(_shown(choice, choice.counts)[:1], LARGE):
        return True
    return choice.hide((key for key, count in choice.counts.items() if count), ANYTHING)
