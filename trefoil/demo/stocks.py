"""Those who come, stay and go, drawn one by one, so that a borough's stocks and flows are of the same children.

How many are there at the end of a month is how many were there before, and who came, less who went; who has been there
for under three months cannot be more than came in three months. Pure: no database.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .chance import poisson


@dataclass(frozen=True)
class StockPlan:
    """How a stock fills and empties.

    `starts` counts who comes and `ends` who goes, by indicator, and `ends` is "" where nobody counts it. `bands` has
    the edges, in months, between the bands of each breakdown by time. `lasts` has, for each "up to so many months", the
    share of those who stay so long. `leaving` gives the share of leavers that an indicator counts, `long_ends` the
    months from which one counts an end.
    """

    starts: str
    ends: str
    bands: Mapping[str, tuple[int, ...]]
    lasts: tuple[tuple[int, float], ...]
    leaving: Mapping[str, float] = field(default_factory=dict)
    long_ends: Mapping[str, int] = field(default_factory=dict)


def read_stock(data: Mapping[str, Any]) -> StockPlan:
    """A plan from its table in `levels.toml`."""
    return StockPlan(
        starts=data["starts"],
        ends=data.get("ends", ""),
        bands={dimension: tuple(edges) for dimension, edges in data["bands"].items()},
        lasts=tuple((int(months), float(share)) for months, share in data["lasts"]),
        leaving={key: float(share) for key, share in data.get("leaving", {}).items()},
        long_ends={key: int(months) for key, months in data.get("long_ends", {}).items()},
    )


@dataclass(frozen=True)
class Stock:
    """What was drawn. Months are numbered; `open` has, for each month's end, how many are there by months stayed."""

    plan: StockPlan
    counts: Mapping[str, Counter[int]]
    open: Mapping[int, Counter[int]]

    def at_end_of(self, each: int) -> int:
        """How many are there on the last day of a month."""
        return self.open[each].total()

    def in_bands(self, dimension: str, each: int) -> list[int]:
        """How many are there on the last day of a month, by how long they have been there."""
        edges = self.plan.bands[dimension]
        parts = [0] * (len(edges) + 1)
        for age, count in self.open[each].items():
            parts[bisect_right(edges, age)] += count
        return parts


def draw_stock(plan: StockPlan, usual: Callable[[int], float], first: int, last: int, chance: Random) -> Stock:
    """A stock at the end of each month from `first` to `last`, and who came and went in each.

    `usual` says how many come in a month. Drawing starts so long before `first` that the stock is full by then.
    """
    names = [plan.starts, plan.ends, *plan.leaving, *plan.long_ends]
    counts: dict[str, Counter[int]] = {name: Counter() for name in names}
    open_: dict[int, Counter[int]] = {each: Counter() for each in range(first, last + 1)}
    for came in range(first - plan.lasts[-1][0], last + 1):
        starters = poisson(chance, usual(came))
        counts[plan.starts][came] = starters
        for _ in range(starters):
            stays = _months(plan, chance)
            for each in range(max(came, first), min(came + stays, last + 1)):
                open_[each][each - came] += 1
            _leave(plan, came + stays, stays, counts, chance)
    return Stock(plan=plan, counts=counts, open=open_)


def _months(plan: StockPlan, chance: Random) -> int:
    """How many month ends one of them will see: a band of the plan, then any month of that band alike."""
    lows = [0, *(months for months, _ in plan.lasts)]
    (band,) = chance.choices(range(len(plan.lasts)), [share for _, share in plan.lasts])
    return chance.randrange(lows[band], plan.lasts[band][0])


def _leave(plan: StockPlan, went: int, stayed: int, counts: Mapping[str, Counter[int]], chance: Random) -> None:
    counts[plan.ends][went] += 1
    for name, months in plan.long_ends.items():
        counts[name][went] += stayed >= months
    drawn = chance.random()
    for name, share in plan.leaving.items():
        counts[name][went] += 0 <= drawn < share
        drawn -= share
