"""Assessments and what they found. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER
from .profile import stated
from .rows import Array, Rows, stack
from .text import flag_json, flags, iso, key_list, table_of
from .world import World

OUTCOMES = (
    "NFA_FLAG",
    "CIN_PLAN_FLAG",
    "STRATEGY_DISCUSSION_FLAG",
    "CLA_REQUEST_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "CONTINUE_ASSESSMENT_FLAG",
    "REFERRAL_TO_OTHER_AGENCY_FLAG",
    "STEP_DOWN_FLAG",
    "PRIVATE_FOSTERING_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
NOT_IN_NEED = {"NFA_FLAG": 66, "REFERRAL_TO_OTHER_AGENCY_FLAG": 9, "STEP_DOWN_FLAG": 22, "OTHER_OUTCOMES_EXIST_FLAG": 3}
IN_NEED = {"CIN_PLAN_FLAG": 74, "PROV_OF_SERVICES_FLAG": 15, "CONTINUE_ASSESSMENT_FLAG": 8, "LEGAL_ACTION_FLAG": 3}
FACTORS_EACH = (0.30, 0.28, 0.20, 0.12, 0.06, 0.04)
"""Shares of assessments with one factor, two, and so on; the mean is a little under three. Stated."""


def draw_assessments(world: World, journeys: Rows) -> Rows:
    """Assessments of the window and those open at its start: adds `on`, `done` (a day or NEVER) and `first`."""
    made = journeys.take(journeys["kind"] > 0)
    first = made.put(on=made["start"], done=_done(world, made["start"], made), first=np.ones(made.size, dtype=bool))
    later = _later(world, journeys)
    found = stack([first, later])
    done = np.where(found["done"] > world.last, NEVER, np.minimum(found["done"], found["end"]))
    return (
        found.put(done=done).take((found["done"] >= world.first) & (found["on"] <= world.last)).ordered("on", "child")
    )


def _done(world: World, on: Array, made: Rows) -> Array:
    return world.calendar.after(on, made["assess_wd"])


def _later(world: World, journeys: Rows) -> Rows:
    """A child who stays open is assessed again."""
    draw = world.draw
    wanted = world.profile.levels["later_assessments_per_referral"] * world.profile.levels["referrals"] * world.years
    begin = np.maximum(journeys["start"] + 120, world.first)
    end = np.minimum(journeys["end"], world.last) - 75
    possible = np.flatnonzero((journeys["kind"] == 2) & (end > begin))
    if not len(possible):
        return Rows()
    who = possible[draw.whole(min(round(wanted), 3 * len(possible)), 0, len(possible) - 1)]
    some = journeys.take(who)
    on = begin[who] + ((end - begin)[who] * draw.loose(len(who))).astype(np.int64)
    on = world.calendar.working_from(on)
    return some.put(on=on, done=_done(world, on, some), first=np.zeros(len(who), dtype=bool))


def assessment_tables(world: World, rows: Rows) -> dict[str, pa.Table]:
    """`ssd_cin_assessments` and `ssd_assessment_factors`."""
    n, draw = rows.size, world.draw
    finished = rows["done"] != NEVER
    outcome = np.where(rows["kind"] == 1, draw.codes(n, NOT_IN_NEED), draw.codes(n, IN_NEED))
    masks = {key: outcome == key for key in OUTCOMES}
    masks["STRATEGY_DISCUSSION_FLAG"] = rows["first"] & rows["conf"]
    masks["CLA_REQUEST_FLAG"] = rows["first"] & rows["care"]
    team = world.teams("Assessment", rows["locality"])
    columns = {
        "cina_assessment_id": world.ids("AS", np.arange(n)),
        "cina_person_id": world.ids("P", rows["child"]),
        "cina_referral_id": world.ids("R", rows["referral"]),
        "cina_assessment_start_date": iso(rows["on"]),
        "cina_assessment_child_seen": flags(draw.chance(n, 0.975)),
        "cina_assessment_auth_date": iso(rows["done"]),
        "cina_assessment_outcome_json": flag_json(masks, finished),
        "cina_assessment_outcome_nfa": flags(masks["NFA_FLAG"], finished),
        "cina_assessment_team": world.ids("T", team),
        "cina_assessment_worker_id": world.ids("W", world.workers(team, rows["child"])),
    }
    assessments = table_of("ssd_cin_assessments", n, columns)
    return {"ssd_cin_assessments": assessments, "ssd_assessment_factors": _factors(world, np.flatnonzero(finished))}


def _factors(world: World, assessments: Array) -> pa.Table:
    """One row for each finished assessment, with the factors found."""
    draw, n = world.draw, len(assessments)
    shares = stated()["shares"]["factor"]
    wanted = 1 + draw.pick(n, FACTORS_EACH)
    # Every code gets a random place, better for commoner ones; the best few are found (weighted, without return).
    places = np.log(draw.loose(n * len(shares)).reshape(n, len(shares))) / np.array(list(shares.values()))
    rank = (-places).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    none = rank[:, list(shares).index("21")] == 0
    held = (rank < wanted[:, None]) & ~none[:, None]
    masks = {code: held[:, place] & (code != "21") for place, code in enumerate(shares)}
    masks["21"] = none
    columns = {
        "cinf_table_id": world.ids("AF", np.arange(n)),
        "cinf_assessment_id": world.ids("AS", assessments),
        "cinf_assessment_factors_json": key_list(masks),
    }
    return table_of("ssd_assessment_factors", n, columns)
