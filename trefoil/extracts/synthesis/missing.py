"""Children who go missing, from home and from care, and the interview on their return. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .rows import Array, Rows, stack
from .support import up_to_now
from .text import flags, iso, table_of, words
from .world import World

AGES = (9.5, 17.9)


def draw_missing(world: World, children: Rows, periods: Rows) -> Rows:
    """Missing episodes of the window: `child`, `on`, `done` (a day or NEVER), `type`, `offered`, `accepted`."""
    times = world.profile.levels["episodes_per_missing_child_in_care"]
    care = _from_care(world, periods, "missing_from_care_pct", "M", times)
    away = _from_care(world, periods, "away_from_care_pct", "A", times / 2)
    rows = stack([care, away, _from_home(world, children, periods)])
    if not rows.size:
        return rows
    return _ended(world, rows.take(world.inside(rows["on"]))).ordered("on", "child").put(number=np.arange(rows.size))


def _teenagers(born: Array, on: Array) -> Array:
    age = on - born
    return (age > AGES[0] * YEAR) & (age < AGES[1] * YEAR)


def _from_care(world: World, periods: Rows, level: str, kind: str, times: float) -> Rows:
    """Each year, episodes of the published share of all children who were in care in it."""
    draw, parts = world.draw, []
    for begin in range(world.first, world.last - 300, 365):
        low = np.maximum(periods["on"], begin)
        high = np.minimum(up_to_now(world, periods), begin + 364)
        in_year = high > low
        possible = np.flatnonzero(in_year & _teenagers(periods["born"], low) & (high - low > 20))
        wanted = min(round(world.profile.share(level) * int(in_year.sum())), len(possible))
        who = draw.rng.choice(possible, wanted, replace=False)
        owner = np.repeat(who, draw.rng.geometric(1 / max(times, 1.0), wanted))
        on = low[owner] + ((high - low)[owner] * draw.loose(len(owner))).astype(np.int64)
        parts.append(_episodes(periods["child"][owner], on, np.minimum(periods["done"], NEVER)[owner], kind))
    return stack(parts)


def _from_home(world: World, children: Rows, periods: Rows) -> Rows:
    """Teenagers who are known and never in care."""
    draw = world.draw
    wanted = world.profile.levels["missing_from_home_per_10000"] * world.profile.children / 10_000 * world.years
    never = np.ones(children.size, dtype=bool)
    never[periods["child"]] = False
    middle = (world.first + world.last) // 2
    possible = np.flatnonzero(never & _teenagers(children["born"], np.full(children.size, middle)))
    who = draw.rng.choice(possible, min(round(wanted), len(possible)), replace=False)
    times = world.profile.levels["episodes_per_missing_child"]
    owner = np.repeat(who, draw.rng.geometric(1 / max(times, 1.0), len(who)))
    # A child's episodes come in one bad half year.
    begin = world.calendar.spread(draw.even(len(who)), since=world.first)
    on = np.repeat(begin, np.unique(owner, return_counts=True)[1][np.argsort(np.argsort(who))])
    on = on + draw.whole(len(owner), 0, 170)
    rows = _episodes(owner, on, np.full(len(owner), NEVER), "M")
    fits = _teenagers(children["born"][owner], on) & (on <= world.last) & (on >= world.first)
    return rows.take(fits)


def _episodes(child: Array, on: Array, limit: Array, kind: str) -> Rows:
    return Rows(child=child, on=on, limit=limit, type=np.full(len(child), kind, dtype=object))


def _ended(world: World, rows: Rows) -> Rows:
    """When each came back, and what was offered."""
    n, draw = rows.size, world.draw
    long = draw.rng.exponential(4.5, n).astype(np.int64) + 2
    days = np.select([draw.loose(n) < 0.48, draw.loose(n) < 0.6], [0, 1], np.minimum(long, 60))
    done = np.minimum(rows["on"] + days, rows["limit"])
    done = np.where(done > world.last, NEVER, done)
    back = done != NEVER
    offered = back & draw.chance(n, world.profile.share("interviews_offered_pct"))
    accepted = offered & draw.chance(n, world.profile.share("interviews_accepted_pct"))
    return rows.put(done=done, offered=offered, accepted=accepted)


def missing_table(world: World, rows: Rows) -> pa.Table:
    """`ssd_missing`."""
    if not rows.size:
        return table_of("ssd_missing", 0, {})
    back = rows["done"] != NEVER
    columns = {
        "miss_table_id": world.ids("M", rows["number"]),
        "miss_person_id": world.ids("P", rows["child"]),
        "miss_missing_episode_start_date": iso(rows["on"]),
        "miss_missing_episode_type": words(rows["type"]),
        "miss_missing_episode_end_date": iso(rows["done"]),
        "miss_missing_rhi_offered": flags(rows["offered"], back),
        "miss_missing_rhi_accepted": flags(rows["accepted"], rows["offered"]),
    }
    return table_of("ssd_missing", rows.size, columns)


def interview_table(world: World, missing: Rows) -> pa.Table:
    """`trefoil_return_interviews`: one for each that was offered, with the day it was held."""
    if not missing.size:
        return table_of("trefoil_return_interviews", 0, {})
    rows = missing.take(missing["offered"])
    n, draw = rows.size, world.draw
    offered = rows["done"] + draw.whole(n, 0, 2)
    quick = draw.chance(n, world.profile.share("interviews_in_72_hours_pct"))
    held = np.where(
        quick, np.minimum(offered + draw.whole(n, 0, 2), rows["done"] + 3), rows["done"] + draw.whole(n, 4, 16)
    )
    fits = offered <= world.last
    columns = {
        "rint_id": world.ids("RI", np.arange(n)[fits]),
        "rint_person_id": world.ids("P", rows["child"][fits]),
        "rint_missing_id": world.ids("M", rows["number"][fits]),
        "rint_offered_date": iso(offered[fits]),
        "rint_accepted": flags(rows["accepted"][fits]),
        "rint_held_date": iso(held[fits], (rows["accepted"] & (held <= world.last))[fits]),
    }
    return table_of("trefoil_return_interviews", int(fits.sum()), columns)
