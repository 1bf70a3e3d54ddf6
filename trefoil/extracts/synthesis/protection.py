"""Child protection plans. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .rows import Array, Rows, stack
from .text import flags, iso, table_of, words
from .world import World

CATEGORY_WORDS = {
    "NEG": "Neglect",
    "EMO": "Emotional abuse",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "MUL": "Multiple",
}


def draw_plans(world: World, enquiries: Rows) -> Rows:
    """Plans open on a day of the window, and the earlier plans of children who are on one again.

    Adds `on`, `done` (a day or NEVER), `category`, `number` (of the plan). An earlier plan has neither conference nor
    referral in the extract: `referral` is -1.
    """
    made = enquiries.take(enquiries["plan"] & (enquiries["conf_on"] != NEVER))
    plans = made.put(on=made["conf_on"], done=made["plan_end"], number=made["referral"])
    plans = plans.take(plans["done"] >= world.first)
    both = stack([plans, _earlier(world, plans)])
    return both.put(category=world.draw.listed(both.size, "category"))


def _earlier(world: World, plans: Rows) -> Rows:
    """A plan that ended before the window for as many children as are on a plan again.

    Those who came back within the window are among them already.
    """
    draw = world.draw
    order = np.lexsort([plans["on"], plans["child"]])
    again = np.zeros(plans.size, dtype=bool)
    again[order[1:]] = plans["child"][order][1:] == plans["child"][order][:-1]
    # Room for an earlier plan: half a year of it at least, after birth and before both the window and this plan.
    latest = np.minimum(plans["on"], world.first) - 60
    room = latest - plans["born"] - 120
    possible = ~again & (room > 60)
    possible[np.setdiff1d(np.arange(plans.size), np.unique(plans["child"], return_index=True)[1])] = False
    new = plans["on"] >= world.first
    who = np.concatenate([_some_again(world, again, possible, among) for among in (new, ~new)])
    wanted = len(who)
    if not wanted:
        return Rows()
    some = plans.take(who)
    back = np.minimum((draw.rng.exponential(500, wanted)).astype(np.int64), room[who] - 30)
    done = latest[who] - back
    on = np.maximum(done - draw.whole(wanted, 90, int(1.4 * YEAR)), some["born"] + 5)
    nothing = np.full(wanted, -1)
    numbers = int(plans["number"].max()) + 1 + np.arange(wanted)
    return some.put(on=on, done=done, referral=nothing, enquiry=nothing, number=numbers)


def _some_again(world: World, again: Array, possible: Array, among: Array) -> Array:
    """As many of the possible plans among those named as are missing from the published share of second plans."""
    wanted = round(world.profile.share("plans_second_pct") * int(among.sum())) - int((again & among).sum())
    places = np.flatnonzero(possible & among)
    chosen: Array = world.draw.rng.choice(places, min(max(wanted, 0), len(places)), replace=False)
    return chosen


def plan_table(world: World, plans: Rows) -> pa.Table:
    """`ssd_cp_plans`, by the day each began."""
    rows = plans.ordered("on", "child")
    n, draw = rows.size, world.draw
    later = np.where(draw.loose(n) < 0.08, draw.listed(n, "category"), rows["category"])
    columns = {
        "cppl_cp_plan_id": world.ids("CP", rows["number"]),
        "cppl_referral_id": world.ids("R", rows["referral"]),
        "cppl_icpc_id": world.ids("K", rows["referral"]),
        "cppl_person_id": world.ids("P", rows["child"]),
        "cppl_cp_plan_start_date": iso(rows["on"]),
        "cppl_cp_plan_end_date": iso(rows["done"]),
        "cppl_cp_plan_initial_category": _category(rows["category"]),
        "cppl_cp_plan_ola": flags(draw.loose(n) < 0.02),
        "cppl_cp_plan_latest_category": _category(later),
    }
    return table_of("ssd_cp_plans", n, columns)


def _category(codes: Array) -> pa.Array:
    return words(np.array([CATEGORY_WORDS[str(code)] for code in codes], dtype=object))
