"""What is done while a child is on a plan: reviews, visits, plans for children in need, failed visits. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .draw import Draw
from .rows import Array, Rows, stack
from .sequences import Steps, follow, kept_in_time, met_in_time
from .text import chosen, flags, iso, table_of, words
from .world import World

PARTICIPATION = {"PN1": 38, "PN2": 7, "PN3": 5, "PN4": 4, "PN5": 6, "PN6": 24, "PN7": 16}
NOT_SEEN = 0.025
"""Visits at which the child was not seen; they do not count, so visits are made a little oftener. Stated."""
VISIT_KINDS = ("CIN", "CP", "CARE", "FOSTERING")
FAILED = {"NOT_IN": 48, "CANCELLED_BY_FAMILY": 24, "REFUSED": 10, "CANCELLED_BY_SERVICE": 13, "OTHER": 5}


def participation(draw: Draw, ages: Array) -> Array:
    """How a child took part; a child under 4 is too young to."""
    return np.where(ages < 4 * YEAR, "PN0", draw.codes(len(ages), PARTICIPATION))


def up_to_now(world: World, rows: Rows) -> Array:
    """The last day on which something can have happened to each row."""
    return np.minimum(rows["done"], world.last)


def plan_review_table(world: World, plans: Rows) -> pa.Table:
    """`ssd_cp_reviews`: the first within three months, the next within six, and the one that ended the plan."""
    draw = world.draw
    live = plans.take(plans["referral"] >= 0)
    share = world.profile.share("plan_reviews_in_time_pct") ** 0.7

    def gaps(place: Array) -> Array:
        return met_in_time(draw, len(place), share, np.where(place == 0, 91, 182), early=14, late=35)

    steps = follow(live["on"], up_to_now(world, live), 70, gaps)
    due = steps.on - steps.gap + np.where(steps.place == 0, 91, 182)
    regular = live.take(steps.owner).put(held=steps.on, due=due, goes_on=np.ones(len(due), dtype=bool))
    # A plan ends at a review: the last one is moved to that day, or there is one more.
    ended = live.take((live["done"] != NEVER) & (draw.loose(live.size) < 0.8))
    last = ended.put(held=ended["done"], due=ended["done"] + 10, goes_on=np.zeros(ended.size, dtype=bool))
    close = regular["done"] - regular["held"] < 25
    rows = stack([regular.take(~close), last])
    rows = rows.take(world.inside(rows["held"])).ordered("held", "child")
    return _review_rows(world, rows)


def _review_rows(world: World, rows: Rows) -> pa.Table:
    n, draw = rows.size, world.draw
    columns = {
        "cppr_cp_review_id": world.ids("PR", np.arange(n)),
        "cppr_person_id": world.ids("P", rows["child"]),
        "cppr_cp_plan_id": world.ids("CP", rows["number"]),
        "cppr_cp_review_due": iso(rows["due"]),
        "cppr_cp_review_date": iso(rows["held"]),
        "cppr_cp_review_meeting_id": world.ids("PM", np.arange(n)),
        "cppr_cp_review_outcome_continue_cp": flags(rows["goes_on"]),
        "cppr_cp_review_quorate": flags(draw.chance(n, 0.95)),
        "cppr_cp_review_participation": words(participation(draw, rows["held"] - rows["born"])),
    }
    return table_of("ssd_cp_reviews", n, columns)


def _seen(draw: Draw, ages: Array, alone_share: float) -> tuple[Array, Array]:
    """Whether the child was seen, and seen alone: seldom under 4."""
    n = len(ages)
    seen = draw.chance(n, 1 - NOT_SEEN)
    alone = seen & (draw.loose(n) < np.where(ages < 4 * YEAR, 0.15, alone_share * 1.12))
    return seen, alone


def draw_visits(world: World, rows: Rows, share: float, soon: tuple[int, int], late: tuple[int, int]) -> Steps:
    """Visits of the window while each row lasts; on any day the share has been visited within `soon[1]` days.

    Of a row older than the window only its last stretch is drawn.
    """
    draw = world.draw
    begin = np.maximum(rows["on"], world.first - late[1])

    def gaps(place: Array) -> Array:
        later = kept_in_time(draw, len(place), share, soon=soon, late=late)
        return np.where(place == 0, draw.whole(len(place), 1, 7), later)

    steps = follow(begin, up_to_now(world, rows), soon[0], gaps)
    moved = Steps(steps.owner, _weekday(steps.on), steps.place, steps.gap)
    return moved.take(world.inside(moved.on) & (moved.on <= up_to_now(world, rows)[moved.owner]))


def _weekday(days: Array) -> Array:
    """A Saturday's visit was on Friday and a Sunday's on Friday too, mostly."""
    weekday = (days + 3) % 7
    shifted: Array = days - np.where(weekday > 4, weekday - 4, 0)
    return shifted


def plan_visit_table(world: World, plans: Rows) -> tuple[pa.Table, Rows]:
    """`ssd_cp_visits`, and the visits as rows (`child`, `on`) for those that failed."""
    live = plans.take(plans["referral"] >= 0)
    share = world.profile.share("visits_in_10_days_pct") + NOT_SEEN
    steps = draw_visits(world, live, share, (7, 14), (15, 34))
    rows = live.take(steps.owner).put(on=np.maximum(steps.on, live["on"][steps.owner])).ordered("on", "child")
    seen, alone = _seen(world.draw, rows["on"] - rows["born"], world.profile.share("seen_alone_pct"))
    n = rows.size
    columns = {
        "cppv_cp_visit_id": world.ids("PV", np.arange(n)),
        "cppv_person_id": world.ids("P", rows["child"]),
        "cppv_cp_plan_id": world.ids("CP", rows["number"]),
        "cppv_cp_visit_date": iso(rows["on"]),
        "cppv_cp_visit_seen": flags(seen),
        "cppv_cp_visit_seen_alone": flags(alone),
        "cppv_cp_visit_bedroom": flags(seen & world.draw.chance(n, 0.7)),
    }
    return table_of("ssd_cp_visits", n, columns), visits_of("CP", rows)


def visits_of(kind: str, rows: Rows) -> Rows:
    """Visits as the failed ones are drawn from them."""
    which = np.full(rows.size, VISIT_KINDS.index(kind))
    return Rows(child=rows["child"], on=rows["on"], kind=which, born=rows["born"])


def draw_need_plans(world: World, journeys: Rows, plans: Rows, assessments: Rows) -> Rows:
    """In-need plans open on a day of the window: after the assessment, and again after a protection plan.

    Adds `on`, `done`. A child in care has none while in care.
    """
    draw = world.draw
    finished = np.full(journeys.size, NEVER)
    first = assessments.take(assessments["first"])
    finished[first["referral"]] = first["done"]
    # An assessment older than the window is not in the extract; it took about six weeks.
    old = (journeys["start"] < world.first) & (finished == NEVER) & (journeys["start"] + 70 < world.first)
    finished = np.where(old, journeys["start"] + 45, finished)
    starts = finished + draw.whole(journeys.size, 0, 10)
    care = np.where(journeys["care"], journeys["start"] + journeys["care_at"], NEVER)
    ends = np.minimum(np.minimum(journeys["end"], care), np.where(journeys["conf"], journeys["conf_day"], NEVER))
    before = journeys.put(on=starts, done=ends).take((journeys["kind"] == 2) & (draw.loose(journeys.size) < 0.92))
    ended = plans.take((plans["referral"] >= 0) & (plans["done"] != NEVER))
    after = journeys.take(ended["referral"]).put(
        on=ended["done"], done=np.minimum(ended["end"], care[ended["referral"]])
    )
    rows = stack([before, after])
    kept = (rows["done"] - rows["on"] > 6) & (rows["on"] <= world.last) & (rows["done"] >= world.first)
    rows = rows.put(done=np.where(rows["done"] > world.last, NEVER, rows["done"])).take(kept).ordered("on", "child")
    return rows.put(number=np.arange(rows.size))


def need_plan_table(world: World, rows: Rows) -> pa.Table:
    """`ssd_cin_plans`."""
    team = world.teams("Support and protection", rows["locality"])
    columns = {
        "cinp_cin_plan_id": world.ids("N", rows["number"]),
        "cinp_referral_id": world.ids("R", rows["referral"]),
        "cinp_person_id": world.ids("P", rows["child"]),
        "cinp_cin_plan_start_date": iso(rows["on"]),
        "cinp_cin_plan_end_date": iso(rows["done"]),
        "cinp_cin_plan_team": world.ids("T", team),
        "cinp_cin_plan_worker_id": world.ids("W", world.workers(team, rows["child"])),
    }
    return table_of("ssd_cin_plans", rows.size, columns)


def need_visit_table(world: World, plans: Rows) -> tuple[pa.Table, Rows]:
    """`ssd_cin_visits`, and the visits as rows."""
    share = world.profile.share("need_visits_in_4_weeks_pct") + NOT_SEEN
    steps = draw_visits(world, plans, share, (16, 28), (29, 60))
    rows = plans.take(steps.owner).put(on=np.maximum(steps.on, plans["on"][steps.owner])).ordered("on", "child")
    seen, alone = _seen(world.draw, rows["on"] - rows["born"], world.profile.share("seen_alone_pct") * 0.9)
    columns = {
        "cinv_cin_visit_id": world.ids("NV", np.arange(rows.size)),
        "cinv_person_id": world.ids("P", rows["child"]),
        "cinv_cin_visit_date": iso(rows["on"]),
        "cinv_cin_visit_seen": flags(seen),
        "cinv_cin_visit_seen_alone": flags(alone),
        "cinv_cin_visit_bedroom": flags(seen & world.draw.chance(rows.size, 0.5)),
    }
    return table_of("ssd_cin_visits", rows.size, columns), visits_of("CIN", rows)


def failed_visit_table(world: World, visits: Rows) -> pa.Table:
    """`trefoil_failed_visits`: some days before a visit that was made."""
    draw = world.draw
    some = visits.take(draw.chance(visits.size, world.profile.share("failed_visits_pct")))
    day = _weekday(some["on"] - draw.whole(some.size, 1, 6))
    rows = some.put(on=day).take(world.inside(day) & (day > some["born"])).ordered("on", "child")
    columns = {
        "fvis_id": world.ids("FV", np.arange(rows.size)),
        "fvis_person_id": world.ids("P", rows["child"]),
        "fvis_date": iso(rows["on"]),
        "fvis_kind": chosen(VISIT_KINDS, rows["kind"]),
        "fvis_reason": words(draw.codes(rows.size, FAILED)),
    }
    return table_of("trefoil_failed_visits", rows.size, columns)
