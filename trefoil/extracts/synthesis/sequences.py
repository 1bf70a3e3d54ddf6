"""Events that follow one another: visits, reviews, checks. Pure."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .draw import Draw
from .rows import Array


class Steps(NamedTuple):
    """Events: `owner` (the row each belongs to), `on` (its day), `place` (0 for the first), `gap` (days before)."""

    owner: Array
    on: Array
    place: Array
    gap: Array

    def take(self, which: Array) -> "Steps":
        """The events that a mask picks."""
        return Steps(self.owner[which], self.on[which], self.place[which], self.gap[which])


def follow(begin: Array, end: Array, shortest: int, gaps: Callable[[Array], Array]) -> Steps:
    """Events from each row's `begin` to its `end`, each some days after the last.

    `gaps` gives the days before each event from its place; none may be below `shortest` but the first, which may be 0.
    """
    most = np.maximum(end - begin, -shortest) // shortest + 1
    owner = np.repeat(np.arange(len(begin)), most)
    if not len(owner):
        return Steps(owner, owner, owner, owner)
    first = np.cumsum(most) - most
    place = np.arange(len(owner)) - np.repeat(first, most)
    gap = gaps(place).astype(np.int64)
    reached = np.cumsum(gap)
    # The sum starts anew with each owner.
    before = np.r_[0, reached][first[most > 0]]
    on = begin[owner] + reached - np.repeat(before, most[most > 0])
    return Steps(owner, on, place, gap).take(on <= end[owner])


def kept_in_time(draw: Draw, n: int, share: float, *, soon: tuple[int, int], late: tuple[int, int]) -> Array:
    """Gaps in days so that on any day the share has had the last event within `soon[1]` days.

    Most gaps lie in `soon`, the others in `late`: as many as make the days beyond `soon[1]` the share that is late.
    """
    usual, slow, beyond = sum(soon) / 2, sum(late) / 2, sum(late) / 2 - soon[1]
    missed = 1 - share
    late_share = missed * usual / (beyond - missed * (slow - usual))
    is_late = draw.loose(n) < np.clip(late_share, 0, 1)
    return np.where(is_late, draw.whole(n, *late), draw.whole(n, *soon))


def met_in_time(draw: Draw, n: int, share: float, due: Array, *, early: int, late: int) -> Array:
    """Gaps in days of which the share is no longer than `due`, by up to `early`; the others are up to `late` longer."""
    in_time = draw.chance(n, share)
    return np.where(in_time, due - draw.whole(n, 0, early), due + draw.whole(n, 1, late))
