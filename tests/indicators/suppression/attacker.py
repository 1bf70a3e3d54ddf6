"""A reader who tries to work out hidden cells, written apart from the code under test.

It knows what is shown, the rule for small numbers, the rule of rounding and every sum, and looks through
every whole number that fits: bounds are narrowed sum by sum, then values are tried one by one. It never gives
up early, so that what it calls impossible is impossible. Numbers above CAP are left out, which can only make
it find fewer values.
"""

from collections.abc import Mapping, Sequence

from trefoil.indicators.suppression.published import ShownCell
from trefoil.indicators.suppression.tables import Sum

CAP = 160
Bounds = dict[str, tuple[int, int]]


def what_is_shown(cells: Mapping[str, ShownCell], exact: Mapping[str, int] | None = None) -> Bounds:
    """What each cell may be. With `exact` the reader also knows every shown count before rounding."""
    found: Bounds = {}
    for key, cell in cells.items():
        if cell.text == "fewer than 6":
            found[key] = (1, 5)
        elif cell.text == "withheld":
            found[key] = (0, CAP)
        elif exact is not None:
            found[key] = (exact[key], exact[key])
        else:
            shown = int(cell.text.replace(",", ""))
            found[key] = (0, 0) if shown == 0 else (max(6, shown - 2), shown + 2)
    return found


def possible_values(bounds: Bounds, sums: Sequence[Sum], key: str, enough: int = 3) -> set[int]:
    """Values of `key` for which some whole table fits; stops once `enough` are found."""
    found: set[int] = set()
    low, high = bounds[key]
    for value in range(low, high + 1):
        if _fits(bounds | {key: (value, value)}, sums):
            found.add(value)
            if len(found) >= enough:
                break
    return found


def _fits(bounds: Bounds, sums: Sequence[Sum]) -> bool:
    narrowed = _narrow(dict(bounds), sums)
    if narrowed is None:
        return False
    undecided = [key for key, (low, high) in narrowed.items() if low < high]
    if not undecided:
        return True
    key = min(undecided, key=lambda each: narrowed[each][1] - narrowed[each][0])
    low, high = narrowed[key]
    return any(_fits(narrowed | {key: (value, value)}, sums) for value in range(low, high + 1))


def _narrow(bounds: Bounds, sums: Sequence[Sum]) -> Bounds | None:
    changed = True
    while changed:
        changed = False
        for each in sums:
            low, high = bounds[each.total]
            least = sum(bounds[part][0] for part in each.parts)
            most = sum(bounds[part][1] for part in each.parts)
            wanted = {each.total: (max(low, least), min(high, most))}
            for part in each.parts:
                mine = bounds[part]
                wanted[part] = (max(mine[0], low - most + mine[1]), min(mine[1], high - least + mine[0]))
            for key, (lowest, highest) in wanted.items():
                if lowest > highest:
                    return None
                if (lowest, highest) != bounds[key]:
                    bounds[key] = (lowest, highest)
                    changed = True
    return bounds
