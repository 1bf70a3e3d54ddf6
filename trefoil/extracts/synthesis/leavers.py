"""Young people who have left care. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .rows import Array, Rows, stack
from .text import iso, table_of, words
from .world import World

BY_AGE = {18: 0.34, 19: 0.37, 20: 0.34, 21: 0.29, 22: 0.12, 23: 0.08, 24: 0.05}
"""Young people of each age to one of 19 to 21 (those three make one). Stated."""
BUSY = {"F1": 0, "F2": 36, "P2": 8, "F4": 7, "P4": 1, "F5": 36, "P5": 12}
NOT_BUSY = {"G4": 34, "G5": 52, "G6": 14}
ROOFS = {"U": 34, "D": 22, "B": 13, "Z": 12, "E": 5, "K": 2, "T": 2, "C": 2, "Y": 4, "R": 2, "X": 2}
BAD_ROOFS = {"S": 22, "V": 24, "W": 12, "X": 22, "R": 20}


def draw_leavers(world: World, periods: Rows, count: int) -> tuple[Rows, Rows]:
    """Who has left care and is 18 to 24 on the last day: their rows, and those among them who are new to the extract.

    `count`: how many children there are already. A row has `child` and `born`.
    """
    grown = periods.take((periods["done"] != NEVER) & (world.last - periods["born"] >= 18 * YEAR))
    grown = grown.take(grown["done"] - grown["born"] > 16 * YEAR)
    known = _at_most(world, grown.take(np.unique(grown["child"], return_index=True)[1]))
    fresh = _fresh(world, known)
    numbered = Rows(child=count + np.arange(fresh.size), born=fresh["born"])
    left = Rows(child=known["child"], born=known["born"])
    return stack([left, numbered]), fresh


def _wanted(world: World, age: int) -> int:
    return round(world.profile.levels["leavers_19_to_21"] * BY_AGE.get(age, 0.0))


def _at_most(world: World, rows: Rows) -> Rows:
    """No more of one age than are wanted; the others are no longer in touch with the council."""
    rows = rows.take(world.draw.rng.permutation(rows.size))
    age = ((world.last - rows["born"]) / YEAR).astype(np.int64)
    kept = np.zeros(rows.size, dtype=bool)
    for one in BY_AGE:
        kept[np.flatnonzero(age == one)[: _wanted(world, one)]] = True
    return rows.take(kept)


def _fresh(world: World, known: Rows) -> Rows:
    """As many more as the published number of 19 to 21 leaves, by age."""
    draw = world.draw
    age = ((world.last - known["born"]) / YEAR).astype(np.int64)
    wanted = [max(_wanted(world, one) - int((age == one).sum()), 0) for one in BY_AGE]
    ages = np.repeat(np.array(list(BY_AGE)), wanted)
    n = len(ages)
    born = world.last - ((ages + 0.01 + 0.98 * draw.loose(n)) * YEAR).astype(np.int64)
    family = np.arange(n)
    return Rows(
        born=born, family=family, alone=draw.chance(n, 0.25), known=np.ones(n, dtype=bool), longest=np.full(n, 999)
    )


def _activity(world: World, n: int) -> Array:
    """Codes: in education, employment or training as published, some of them at university."""
    draw, levels = world.draw, world.profile.levels
    busy = draw.chance(n, world.profile.share("leavers_busy_pct"))
    study = levels["leavers_in_university_pct"] / max(levels["leavers_busy_pct"], 1) * 100
    shares = {code: weight * (100 - study) / 100 for code, weight in BUSY.items()} | {"F1": study}
    return np.where(busy, draw.codes(n, shares), draw.codes(n, NOT_BUSY))


def leaver_table(world: World, rows: Rows, locality: Array) -> pa.Table:
    """`ssd_care_leavers`."""
    n, draw = rows.size, world.draw
    if not n:
        return table_of("ssd_care_leavers", 0, {})
    lost = draw.chance(n, world.profile.share("leavers_not_in_touch_pct"))
    touch = np.where(lost, "NO", draw.codes(n, {"YES": 96, "REFU": 2, "NREQ": 2}))
    suitable = draw.chance(n, world.profile.share("leavers_suitable_pct"))
    roof = np.where(suitable, draw.codes(n, ROOFS), draw.codes(n, BAD_ROOFS))
    seen = world.last - np.where(touch == "YES", draw.whole(n, 1, 70), draw.whole(n, 370, 700))
    planned = world.last - np.where(draw.chance(n, 0.87), draw.whole(n, 5, 180), draw.whole(n, 190, 400))
    young = world.last - rows["born"] < 18.1 * YEAR
    team = world.teams("Leaving care", locality)
    worker = world.ids("W", world.workers(team, rows["child"]))
    columns = {
        "clea_table_id": world.ids("CL", np.arange(n)),
        "clea_person_id": world.ids("P", rows["child"]),
        "clea_care_leaver_eligibility": words(np.where(young, "Relevant", "Former Relevant")),
        "clea_care_leaver_in_touch": words(touch),
        "clea_care_leaver_latest_contact": iso(seen),
        "clea_care_leaver_accommodation": words(roof),
        "clea_care_leaver_accom_suitable": words(np.where(suitable, "1", "2")),
        "clea_care_leaver_activity": words(_activity(world, n)),
        "clea_pathway_plan_review_date": iso(planned),
        "clea_care_leaver_personal_advisor": worker,
        "clea_care_leaver_allocated_team": world.ids("T", team),
        "clea_care_leaver_worker_id": worker,
    }
    return table_of("ssd_care_leavers", n, columns)
