"""Care: periods, why they ended, placements and legal statuses. Pure.

Columns of a period of care: those of its journey and `on`, `done` (a day or NEVER), `period` (its number), `reason`
(why it ended, a code). All placements and legal statuses of a period that touches the window are in the extract.
"""

import numpy as np

from .days import NEVER, YEAR
from .draw import Draw
from .rows import Array, Rows, number_within, stack
from .sequences import follow
from .world import World

SETTLED_MOVES, RESTLESS_MOVES = 0.13, 2.4
"""Moves a year of most children, and of the few who move again and again. Stated."""
MOVE_AT_16 = 0.35
EARLY_MOVE = 0.35
"""Children who move from a first, short placement within two months. Stated."""
GROWN_UP = {"E17": 22, "E5": 20, "E6": 22, "E7": 16, "E8": 20}
OTHER_ENDS = {"E13": 22, "E8": 50, "E3": 12, "E14": 6, "E9": 4, "E16": 6}
CHANGES = {
    "CARPL": 44,
    "CREQB": 16,
    "CREQO": 12,
    "PLACE": 6,
    "CHILD": 7,
    "LAREQ": 8,
    "CLOSE": 3,
    "STAND": 2,
    "OTHER": 2,
}
FIRST_STATUS = {"V2": 45, "C1": 40, "L1": 9, "L2": 3, "J1": 3}


def draw_periods(world: World, journeys: Rows) -> Rows:
    """Every period of care that touches the window."""
    some = journeys.take(journeys["care"])
    on = some["start"] + some["care_at"]
    done = np.minimum(on + some["care_len"], np.where(some["end"] == NEVER, NEVER, some["end"]))
    kept = (on <= world.last) & (done >= world.first) & (done > on)
    periods = some.put(on=on, done=np.where(done > world.last, NEVER, done)).take(kept).ordered("on", "child")
    periods = periods.put(period=np.arange(periods.size))
    return periods.put(reason=_reasons(world, periods))


def _reasons(world: World, periods: Rows) -> Array:
    """Codes of why care ended: adopted when young, guardianship, home, growing up; in published shares."""
    draw, n = world.draw, periods.size
    reason = draw.codes(n, OTHER_ENDS)
    ended = periods["done"] != NEVER
    age = periods["done"] - periods["born"]
    stayed = periods["done"] - periods["on"]
    free = ended & ~periods["alone"] & (age < 17.9 * YEAR)
    grown = ended & (age >= 17.9 * YEAR)
    reason[grown] = draw.codes(int(grown.sum()), GROWN_UP)
    reason[ended & periods["alone"] & ~grown] = "E3"
    rules = (
        ("adopted_pct", {"E11": 58, "E12": 42}, (age < 7 * YEAR) & (stayed > 250)),
        ("guardianship_pct", {"E45": 68, "E46": 7, "E47": 22, "E48": 3}, (age < 14 * YEAR) & (stayed > 120)),
        ("arrangements_order_pct", {"E41": 1}, stayed > 60),
        ("home_planned_pct", {"E4A": 1}, stayed > 10),
        ("home_unplanned_pct", {"E4B": 1}, stayed > 0),
    )
    for level, codes, fits in rules:
        chosen = _some_of(draw, np.flatnonzero(free & fits), round(world.profile.share(level) * int(ended.sum())))
        reason[chosen] = draw.codes(len(chosen), codes)
        free[chosen] = False
    return reason


def _some_of(draw: Draw, possible: Array, wanted: int) -> Array:
    chosen: Array = draw.rng.choice(possible, min(wanted, len(possible)), replace=False)
    return chosen


def draw_placements(world: World, periods: Rows) -> Rows:
    """Placements of each period in order: `on`, `done`, `type`, `provider`, `miles`, `change`, `placement`."""
    moves = _moves(world, periods)
    rows = one_after_other(periods, moves)
    last = rows["done"] == rows["until"]
    types = _types(world, rows, last)
    n, draw = rows.size, world.draw
    provider = np.where(types == "P1", "PR0", draw.codes(n, {"PR1": 44, "PR4": 42, "PR5": 6, "PR2": 6, "PR3": 2}))
    far = draw.chance(n, world.profile.share("far_from_home_pct"))
    miles = np.where(far, 20 + draw.rng.exponential(22, n), 19.9 * draw.rng.beta(1.2, 2.2, n))
    rows = rows.put(type=types, provider=provider, miles=np.where(types == "P1", 0.0, miles).round(1))
    return rows.put(change=np.where(last, "", draw.codes(n, CHANGES)), placement=np.arange(n))


def _moves(world: World, periods: Rows) -> Rows:
    """Days on which a child moves: `owner` (a place in `periods`) and `on`."""
    draw, n = world.draw, periods.size
    share = (world.profile.share("three_placements_pct") - 0.012) / 0.6
    restless = draw.chance(n, float(np.clip(share, 0, 0.6)))
    days = np.where(restless, YEAR / RESTLESS_MOVES, YEAR / SETTLED_MOVES)
    end = np.minimum(periods["done"], world.last) - 5
    # Gaps are drawn for the restless and thinned for the settled: moves then come at each one's own pace.
    quickest = min(days, default=YEAR / SETTLED_MOVES)  # nobody at all in care: nobody moves
    steps = follow(periods["on"] + 5, end, 20, lambda place: 20 + draw.rng.exponential(quickest - 20, len(place)))
    kept = draw.loose(len(steps.on)) < (quickest / days)[steps.owner]
    early = np.flatnonzero((draw.loose(n) < EARLY_MOVE) & (end - periods["on"] > 80))
    # At 16 some move on to live more on their own.
    sixteen = (periods["born"] + 16 * YEAR).astype(np.int64) + draw.whole(n, 0, 90)
    older = np.flatnonzero((draw.loose(n) < MOVE_AT_16) & (sixteen > periods["on"] + 30) & (sixteen < end))
    owner = np.r_[steps.owner[kept], early, older]
    first_moves = periods["on"][early] + draw.whole(len(early), 4, 60)
    return Rows(owner=owner, on=np.r_[steps.on[kept], first_moves, sixteen[older]])


def one_after_other(periods: Rows, changes: Rows) -> Rows:
    """A row per stretch between the beginning of each period, its changes and its end; `until` is the period's end."""
    owner = np.r_[np.arange(periods.size), changes["owner"]]
    on = np.r_[periods["on"], changes["on"]]
    _, first = np.unique(owner * 10**6 + on, return_index=True)
    owner, on = owner[first], on[first]
    rows = periods.take(owner)
    following = np.r_[owner[1:] == owner[:-1], False]
    done = np.where(following, np.r_[on[1:], 0], rows["done"])
    return rows.put(until=rows["done"], on=on, done=done, owner=owner)


def _types(world: World, rows: Rows, last: Array) -> Array:
    """Placement types in the published shares; semi-independent living from 16 on, adopters for the adopted."""
    levels, draw, n = world.profile.levels, world.draw, rows.size
    old, small = rows["on"] - rows["born"] > 15.9 * YEAR, rows["on"] - rows["born"] < 9 * YEAR
    semi = min(levels["semi_independent_pct"] / 100 / max(_share_of_days(world, rows, old), 0.02), 0.9)
    is_semi = old & (draw.even(n) < semi)
    homes = levels["homes_pct"] / 100 / max(_share_of_days(world, rows, ~small & ~is_semi), 0.02)
    is_home = ~small & ~is_semi & (draw.even(n) < min(homes, 0.6))
    rest = {
        "F": levels["fostered_pct"],
        "R": levels["other_residential_pct"],
        "P": levels["with_parents_pct"],
        "Z": 1.0,
    }
    kind = np.where(is_semi, "H5", np.where(is_home, "K", draw.codes(n, rest)))
    foster = draw.codes(n, {"U6": 46, "U4": 30, "U3": 13, "U1": 8, "U5": 2, "U2": 1})
    home = draw.codes(n, {"K2": 97, "K1": 3})
    residential = draw.codes(n, {"R3": 30, "R1": 25, "R2": 20, "S1": 15, "R5": 10})
    types = np.select(
        [kind == "F", kind == "K", kind == "R", kind == "P", kind == "Z"], [foster, home, residential, "P1", "Z1"], "H5"
    )
    adopted = last & np.isin(rows["reason"], ("E11", "E12")) & (rows["done"] != NEVER)
    return np.where(adopted, draw.codes(n, {"A6": 70, "A5": 20, "A4": 7, "A3": 3}), types)


def _share_of_days(world: World, rows: Rows, which: Array) -> float:
    """The share of the days spent in care in the window that these rows make."""
    days = np.maximum(np.minimum(rows["done"], world.last) - np.maximum(rows["on"], world.first), 0)
    return float(days[which].sum() / max(days.sum(), 1))


def draw_statuses(world: World, periods: Rows) -> Rows:
    """Legal statuses of each period, one after the other: `on`, `done`, `status`, `number`."""
    draw, n = world.draw, periods.size
    first = np.where(periods["alone"], "V2", draw.codes(n, FIRST_STATUS))
    first = np.where((first == "J1") & (periods["on"] - periods["born"] < 12 * YEAR), "V2", first)
    short = np.isin(first, ("L1", "L2"))
    to_interim = short | ((first == "V2") & ~periods["alone"] & (draw.loose(n) < 0.62))
    interim_at = np.where(first == "C1", 0, np.where(short, draw.whole(n, 2, 8), draw.whole(n, 30, 210)))
    interim = to_interim | (first == "C1")
    full_at = interim_at + draw.whole(n, 150, 330)
    placed_at = full_at + draw.whole(n, 20, 160)
    waiting = (periods["done"] == NEVER) & (world.last - periods["born"] < 5 * YEAR) & (draw.loose(n) < 0.4)
    placed = interim & (np.isin(periods["reason"], ("E11", "E12")) | waiting)
    steps = [_status(periods, np.flatnonzero(to_interim), interim_at, "C1")]
    steps.append(_status(periods, np.flatnonzero(interim), full_at, "C2"))
    steps.append(_status(periods, np.flatnonzero(placed), placed_at, "E1"))
    begin = Rows(owner=np.arange(n), on=periods["on"], status=first.astype(object))
    every = stack([begin, *steps]).ordered("owner", "on")
    every = every.take(number_within(every["owner"] * 10**6 + every["on"]) == 0)
    every = every.take((every["on"] < periods["done"][every["owner"]]) & (every["on"] <= world.last))
    rows = one_after_other(periods, every)
    return rows.put(status=every["status"], number=np.arange(rows.size))


def _status(periods: Rows, owner: Array, at: Array, code: str) -> Rows:
    return Rows(owner=owner, on=periods["on"][owner] + at[owner], status=np.full(len(owner), code, dtype=object))


def draw_episodes(placements: Rows, statuses: Rows) -> Rows:
    """Episodes as the national return has them: a new one at each change of placement or legal status.

    Adds `on`, `done`, `cause` (why it began), `ceased` (why it ended), and the placement's number.
    """
    owner = np.r_[placements["owner"], statuses["owner"]]
    on = np.r_[placements["on"], statuses["on"]]
    kind = np.r_[np.full(placements.size, 1), np.full(statuses.size, 2)]
    key = owner * 10**6 + on
    known, first, which = np.unique(key, return_index=True, return_inverse=True)
    bits = np.zeros(len(known), dtype=np.int64)
    np.bitwise_or.at(bits, which, kind)
    placed = placements["owner"] * 10**6 + placements["on"]
    at = np.searchsorted(placed, known, side="right") - 1
    rows = placements.take(at).put(on=on[first], owner=owner[first])
    following = np.r_[rows["owner"][1:] == rows["owner"][:-1], False]
    done = np.where(following, np.r_[rows["on"][1:], 0], rows["until"])
    begins = number_within(rows["owner"]) == 0
    cause = np.select([begins, bits == 1, bits == 2], ["S", "P", "L"], "B")
    return rows.put(done=done, cause=cause, ceased=np.where(following, "X1", rows["reason"]))
