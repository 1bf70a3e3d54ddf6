"""Section 47 enquiries, strategy discussions and initial conferences. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER
from .rows import Array, Rows, stack
from .text import chosen, flag_json, flags, iso, table_of
from .world import World

ENQUIRY_KEYS = (
    "NFA_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "CP_CONFERENCE_FLAG",
    "NFA_CONTINUE_SINGLE_FLAG",
    "MONITOR_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
CONFERENCE_KEYS = (
    "NFA_FLAG",
    "REFERRAL_TO_OTHER_AGENCY_FLAG",
    "SINGLE_ASSESSMENT_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "CP_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
# Barnet, April 2018 to February 2019: share of discussions to which each was asked, and of those who came.
ASKED = {"SOCIAL_CARE": (1.0, 0.998), "POLICE": (0.963, 0.927), "HEALTH": (0.823, 0.892), "EDUCATION": (0.627, 0.932)}


def draw_enquiries(world: World, journeys: Rows) -> Rows:
    """Enquiries of the window: `on`, `done`, `conf_on` (a day, or NEVER without one), `enquiry`, `plan_end`."""
    leading = journeys.take(journeys["conf"])
    on = world.calendar.working_from(leading["start"] + leading["enquiry_at"])
    conf_on = world.calendar.after(on, leading["conf_wd"])
    # A few referrals end early, because the child grows up, and never come to it.
    leading = leading.put(on=on, conf_on=conf_on).take(conf_on < leading["end"])
    found = stack([leading, _without_conference(world, journeys)])
    days = np.minimum(world.draw.whole(found.size, 3, 14), np.maximum(found["conf_wd"] - 1, 1))
    done = np.minimum(world.calendar.after(found["on"], days), found["end"])
    plan_end = np.minimum(found["conf_on"] + found["plan_len"], found["end"])
    # What led to a plan still open at the window's start comes along with it.
    open_plan = found["plan"] & (plan_end >= world.first)
    kept = (found["on"] <= world.last) & ((done >= world.first) | (found["conf_on"] >= world.first) | open_plan)
    done = np.where(done > world.last, NEVER, done)
    conf_on = np.where(found["conf_on"] > world.last, NEVER, found["conf_on"])
    plan_end = np.where(plan_end > world.last, NEVER, plan_end)
    rows = found.put(done=done, conf_on=conf_on, plan_end=plan_end).take(kept).ordered("on", "child")
    return rows.put(enquiry=np.arange(rows.size))


def _without_conference(world: World, journeys: Rows) -> Rows:
    """As many more enquiries as the published rate leaves, spread over children assessed or in need."""
    draw, levels = world.draw, world.profile.levels
    rate = max(levels["section47_rate"] - levels["conferences_rate"], 0.0)
    wanted = round(rate * world.profile.children / 10_000 * world.years)
    begin = np.maximum(journeys["start"], world.first)
    end = np.minimum(journeys["end"], world.last)
    possible = np.flatnonzero((journeys["kind"] > 0) & ~journeys["conf"] & ~journeys["alone"] & (end - begin > 25))
    if not len(possible) or not wanted:
        return Rows()
    who = draw.rng.permutation(np.resize(draw.rng.permutation(possible), wanted))
    some, room = journeys.take(who), (end - begin)[who] - 22
    at = np.where(draw.loose(wanted) < 0.6, np.minimum(draw.whole(wanted, 0, 4), room), draw.loose(wanted) * room)
    on = world.calendar.working_from(begin[who] + at.astype(np.int64))
    fits = on <= world.last
    return some.put(on=on, conf_on=np.full(wanted, NEVER), conf_wd=np.full(wanted, 15)).take(fits)


def enquiry_table(world: World, rows: Rows) -> pa.Table:
    """`ssd_s47_enquiry`."""
    n = rows.size
    finished = rows["done"] != NEVER
    outcome = np.where(rows["conf"], "CP_CONFERENCE_FLAG", world.draw.listed(n, "enquiry_outcome"))
    team = world.teams("Assessment", rows["locality"])
    masks = {key: outcome == key for key in ENQUIRY_KEYS}
    columns = {
        "s47e_s47_enquiry_id": world.ids("E", rows["enquiry"]),
        "s47e_referral_id": world.ids("R", rows["referral"]),
        "s47e_person_id": world.ids("P", rows["child"]),
        "s47e_s47_start_date": iso(rows["on"]),
        "s47e_s47_end_date": iso(rows["done"]),
        "s47e_s47_nfa": flags(masks["NFA_FLAG"], finished),
        "s47e_s47_outcome_json": flag_json(masks, finished),
        "s47e_s47_completed_by_worker_id": world.ids("W", world.workers(team, rows["child"])),
        "s47e_s47_completed_by_team": world.ids("T", team),
    }
    return table_of("ssd_s47_enquiry", n, columns)


def discussion_table(world: World, enquiries: Rows, journeys: Rows) -> pa.Table:
    """`trefoil_strategy_discussions`: one before each enquiry of the window, and some that led to none."""
    draw = world.draw
    led = enquiries.take(world.inside(enquiries["on"]))
    day = world.calendar.after(led["on"], np.where(draw.loose(led.size) < 0.2, -1, 0))
    led = led.put(on=np.maximum(day, np.maximum(led["start"], world.first)))
    rows = stack([led, _idle(world, journeys, led.size)]).ordered("on", "child")
    n = rows.size
    asked, came = _agencies(world, n)
    team = world.teams("Assessment", rows["locality"])
    columns = {
        "strd_id": world.ids("SD", np.arange(n)),
        "strd_person_id": world.ids("P", rows["child"]),
        "strd_referral_id": world.ids("R", rows["referral"]),
        "strd_s47_enquiry_id": world.ids("E", rows["enquiry"]),
        "strd_date": iso(rows["on"]),
        "strd_invited": asked,
        "strd_attended": came,
        "strd_team": world.ids("T", team),
    }
    return table_of("trefoil_strategy_discussions", n, columns)


def _idle(world: World, journeys: Rows, led: int) -> Rows:
    """Discussions after which no enquiry was made."""
    share = world.profile.levels["discussions_per_enquiry"] - 1
    possible = np.flatnonzero((journeys["kind"] > 0) & world.inside(journeys["start"]))
    if not len(possible):
        return Rows()
    some = journeys.take(world.draw.rng.choice(possible, min(round(share * led), len(possible)), replace=False))
    on = world.calendar.working_from(some["start"])
    n = some.size
    # The journeys lack these columns of an enquiry; the discussion's table asks for one of them alone.
    never = np.full(n, NEVER)
    rows = some.put(on=on, conf_on=never, plan_end=never, done=never, enquiry=np.full(n, -1))
    return rows.take(on <= world.last)


def _agencies(world: World, n: int) -> tuple[pa.Array, pa.Array]:
    """Who was asked and who came, as lists of codes."""
    draw = world.draw
    asked = {agency: draw.chance(n, share) for agency, (share, _) in ASKED.items()}
    came = {agency: asked[agency] & draw.chance(n, share) for agency, (_, share) in ASKED.items()}
    return code_list(asked), code_list(came)


def code_list(masks: dict[str, Array]) -> pa.Array:
    """Codes that hold, with commas between."""
    packed = sum(mask.astype(np.int64) << place for place, mask in enumerate(masks.values()))
    known, which = np.unique(packed, return_inverse=True)
    texts = [",".join(key for place, key in enumerate(masks) if int(bits) >> place & 1) for bits in known]
    return chosen(texts, which)


def conference_table(world: World, enquiries: Rows) -> pa.Table:
    """`ssd_initial_cp_conference`: those of the window, and those whose plan is open at its start."""
    rows = enquiries.take(enquiries["conf_on"] != NEVER)
    n, draw = rows.size, world.draw
    outcome = np.where(rows["plan"], "CP_FLAG", draw.codes(n, {"PROV_OF_SERVICES_FLAG": 80, "NFA_FLAG": 20}))
    team = world.teams("Support and protection", rows["locality"])
    _, meeting = np.unique(rows["family"] * 100_000 + rows["conf_on"], return_inverse=True)
    columns = {
        "icpc_icpc_id": world.ids("K", rows["referral"]),
        "icpc_icpc_meeting_id": world.ids("KM", meeting),
        "icpc_s47_enquiry_id": world.ids("E", rows["enquiry"]),
        "icpc_person_id": world.ids("P", rows["child"]),
        "icpc_cp_plan_id": world.ids("CP", np.where(rows["plan"], rows["referral"], -1)),
        "icpc_referral_id": world.ids("R", rows["referral"]),
        "icpc_icpc_transfer_in": flags(draw.chance(n, world.profile.share("transferred_in_pct"))),
        "icpc_icpc_target_date": iso(world.calendar.after(rows["on"], np.full(n, 15))),
        "icpc_icpc_date": iso(rows["conf_on"]),
        "icpc_icpc_outcome_cp_flag": flags(rows["plan"]),
        "icpc_icpc_outcome_json": flag_json({key: outcome == key for key in CONFERENCE_KEYS}),
        "icpc_icpc_team": world.ids("T", team),
        "icpc_icpc_worker_id": world.ids("W", world.workers(team, rows["child"])),
    }
    return table_of("ssd_initial_cp_conference", n, columns)
