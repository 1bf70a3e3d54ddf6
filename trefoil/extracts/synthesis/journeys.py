"""Referrals with dates and children: the warm-up, the window, brothers and sisters, and those who come back. Pure."""

import numpy as np

from .days import NEVER, YEAR, Calendar
from .draw import Draw
from .profile import AreaProfile
from .rows import Array, Rows, stack
from .spells import GROWN, Fit, draw_alone, draw_spells, settle, siblings_share

WARM_UP = 18
"""Years drawn before the window. Of a spell that began then only one still open at the window's start is kept."""
RUN_IN = 3
"""Of them, the last years in which children already come back, so that the window's first month is as any other."""
FIRST_RETURNS = 0.55
"""How many years' returns are still to come from those referred before the run-in."""
FAMILY_SIZES = (58, 25, 11, 4, 2)
"""Shares of families referred with one child, two, and so on. Stated."""
BACK_WITHIN = 365
CALM = 300
"""A child whose referral closed within so many days of being made can be referred again within twelve months of it."""


def draw_journeys(draw: Draw, profile: AreaProfile, fit: Fit, first: int, last: int) -> Rows:
    """Every referral that is open on a day of the window `first` to `last`.

    Adds to the columns of a spell: `child`, `family` (numbers), `start`, `end` (a day, NEVER while open on `last`),
    `born` (a day) and `again` (a return within twelve months). One row per referral, by day.
    """
    early = _before(draw, profile, fit, first)
    late = _families(draw, profile, fit, first - RUN_IN * 365, last)
    alone = _alone(draw, profile, fit, first, last)
    # Whoever comes back keeps the child of the first referral; children are numbered through all three blocks.
    numbered = []
    count = families = 0
    for block in (early, late, alone):
        if block.size:
            numbered.append(block.put(child=block["child"] + count, family=block["family"] + families))
            count, families = count + int(block["child"].max()) + 1, families + int(block["family"].max()) + 1
    everyone = stack(numbered)
    end = everyone["start"] + everyone["length"]
    kept = everyone.put(end=np.where(end > last, NEVER, end)).take((end >= first) & (everyone["start"] <= last))
    return kept.ordered("start", "child")


def _dated(spells: Rows, start: Array, again: bool) -> Rows:
    # Whatever was drawn, nobody is in need beyond 18.
    length = np.minimum(spells["length"], np.maximum(GROWN - 1 - spells["age"], 1)).astype(np.int64)
    return spells.put(length=length, start=start, born=start - spells["age"], again=np.full(spells.size, again))


def _shifted_young(draw: Draw, spells: Rows) -> Rows:
    """A long spell without care belongs to a child young enough to stay under 18 throughout."""
    most = GROWN - 8 - spells["length"]
    too_old = (spells["age"] > most) & ~spells["care"]
    younger = (draw.loose(spells.size) * np.maximum(most, 30)).astype(np.int64)
    return spells.put(age=np.where(too_old, younger, spells["age"]))


def _before(draw: Draw, profile: AreaProfile, fit: Fit, first: int) -> Rows:
    """The long warm-up: children one by one."""
    begin, stop = first - WARM_UP * 365, first - RUN_IN * 365
    # A place with next to no referrals may have none but those of children who came alone.
    n = max(0, round((fit.flow - fit.alone_flow) * (stop - begin) / YEAR))
    # In the first year after it nobody comes back yet who was referred before; as many are drawn here, ever fewer.
    more = round(profile.share("rereferral_pct") * fit.flow * FIRST_RETURNS)
    spells = _shifted_young(draw, draw_spells(draw, profile, fit, n + more))
    after = stop + (BACK_WITHIN * (1 - np.sqrt(draw.even(more)))).astype(np.int64)
    start = np.r_[(begin + draw.even(n) * (stop - begin)).astype(np.int64), after]
    dated = _dated(spells, start, again=False)
    kept = dated.take(dated["start"] + dated["length"] >= first)
    return kept.put(child=np.arange(kept.size), family=np.arange(kept.size))


def _alone(draw: Draw, profile: AreaProfile, fit: Fit, first: int, last: int) -> Rows:
    calendar = Calendar(first - 4 * 365, last)
    n = round(fit.alone_flow * (last - calendar.first) / YEAR)
    if not n:
        return Rows()
    dated = _dated(draw_alone(draw, profile, fit, n), calendar.spread(draw.even(n)), again=False)
    return dated.put(child=np.arange(n), family=np.arange(n))


def _families(draw: Draw, profile: AreaProfile, fit: Fit, begin: int, last: int) -> Rows:
    """The run-in and the window: families on one day, then those who come back, round by round."""
    calendar = Calendar(begin, last)
    back = profile.share("rereferral_pct")
    general = (fit.flow - fit.alone_flow) - back * fit.flow
    n = max(round(general * (last - begin) / YEAR), 1)
    family = _family_numbers(draw, n)
    spells = _shifted_young(draw, _alike(draw, draw_spells(draw, profile, fit, n), family))
    dates = calendar.spread(draw.even(int(family[-1]) + 1))[family]
    rounds = [_dated(spells, dates, again=False).put(child=np.arange(n), family=family)]
    calm = spells["length"] < CALM
    share = back * fit.flow / (fit.flow - fit.alone_flow) / max(float(calm.mean()), 0.05)
    while rounds[-1].size and len(rounds) < 9:
        rounds.append(_back(draw, profile, fit, rounds[-1], share=share, calendar=calendar))
    return stack(rounds)


def _family_numbers(draw: Draw, n: int) -> Array:
    sizes = 1 + draw.pick(n, FAMILY_SIZES)
    return np.repeat(np.arange(n), sizes)[:n]


def _alike(draw: Draw, spells: Rows, family: Array) -> Rows:
    """Most brothers and sisters go the way of the first of the family, and are a year or more apart in age."""
    n = spells.size
    leader = np.searchsorted(family, family)
    place = np.arange(n) - leader
    copies = np.where(draw.loose(n) < siblings_share(), leader, np.arange(n))
    same = spells.take(copies)
    apart = place * draw.whole(n, 400, 1000)
    oldest = spells["age"][leader]
    age = np.where(oldest < GROWN / 2, oldest + apart, oldest - apart) % int(GROWN - 10)
    return settle(same.put(age=np.where(place == 0, same["age"], age)))


def _back(draw: Draw, profile: AreaProfile, fit: Fit, before: Rows, *, share: float, calendar: Calendar) -> Rows:
    """Children referred again within twelve months of a referral that has closed."""
    calm = before.take(before["length"] < CALM)
    who = calm.take(draw.chance(calm.size, min(share, 1.0)))
    room = BACK_WITHIN - 16 - who["length"]
    wait = who["length"] + 8 + (room * draw.loose(who.size) ** 1.3).astype(np.int64)
    start = calendar.working_from(who["start"] + wait)
    age = start - who["born"]
    possible = (start <= calendar.last) & (age < GROWN - 60) & (start <= who["start"] + BACK_WITHIN - 1)
    who, start, age = who.take(possible), start[possible], age[possible]
    fresh = settle(draw_spells(draw, profile, fit, len(start)).put(age=age))
    short = np.minimum(fresh["length"], np.maximum(GROWN - 5 - age, 5)).astype(np.int64)
    return _dated(fresh.put(length=np.where(fresh["care"], fresh["length"], short)), start, again=True).put(
        child=who["child"], family=who["family"]
    )
