"""Life in care: reviews, visits, health, strengths and difficulties. Pure."""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .rows import Array, Rows, stack
from .sequences import follow, met_in_time
from .support import draw_visits, participation, up_to_now, visits_of
from .text import chosen, flags, iso, numerals, table_of, words
from .world import World


def care_review_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_reviews`: the first within 20 working days, the second within three months, then every six."""
    draw = world.draw
    share = world.profile.share("care_reviews_in_time_pct")

    def gaps(place: Array) -> Array:
        due = np.select([place == 0, place == 1], [26, 91], 182)
        return met_in_time(draw, len(place), share, due, early=10, late=24)

    steps = follow(periods["on"], up_to_now(world, periods), 16, gaps)
    started = steps.on - steps.gap
    twenty = world.calendar.after(started, np.full(len(started), 20))
    due = np.where(steps.place == 0, twenty, started + np.where(steps.place == 1, 91, 182))
    rows = periods.take(steps.owner).put(held=steps.on, due=due)
    rows = rows.take(world.inside(rows["held"])).ordered("held", "child")
    columns = {
        "clar_cla_review_id": world.ids("LR", np.arange(rows.size)),
        "clar_cla_id": world.ids("L", rows["period"]),
        "clar_cla_review_due_date": iso(rows["due"]),
        "clar_cla_review_date": iso(rows["held"]),
        "clar_cla_review_cancelled": flags(np.zeros(rows.size, dtype=bool)),
        "clar_cla_review_participation": words(participation(draw, rows["held"] - rows["born"])),
    }
    return table_of("ssd_cla_reviews", rows.size, columns)


def care_visit_table(world: World, periods: Rows) -> tuple[pa.Table, Rows]:
    """`ssd_cla_visits`, and the visits as rows."""
    steps = draw_visits(world, periods, world.profile.share("care_visits_in_time_pct"), (28, 42), (43, 75))
    rows = periods.take(steps.owner).put(on=np.maximum(steps.on, periods["on"][steps.owner])).ordered("on", "child")
    n, draw = rows.size, world.draw
    seen = draw.chance(n, 0.98)
    columns = {
        "clav_cla_visit_id": world.ids("LV", np.arange(n)),
        "clav_cla_id": world.ids("L", rows["period"]),
        "clav_person_id": world.ids("P", rows["child"]),
        "clav_cla_visit_date": iso(rows["on"]),
        "clav_cla_visit_seen": flags(seen),
        "clav_cla_visit_seen_alone": flags(seen & (draw.loose(n) < world.profile.share("seen_alone_pct"))),
    }
    return table_of("ssd_cla_visits", n, columns), visits_of("CARE", rows)


def _first_check(world: World, periods: Rows) -> Rows:
    """The initial health assessment: within 20 working days, or later."""
    draw, n = world.draw, periods.size
    in_time = draw.chance(n, world.profile.share("first_health_in_time_pct"))
    days = np.where(in_time, draw.whole(n, 7, 20), draw.whole(n, 21, 55))
    on = world.calendar.after(np.maximum(periods["on"], world.calendar.first), days)
    fits = (on <= up_to_now(world, periods)) & (periods["on"] >= world.calendar.first)
    return periods.put(held=on, type=np.full(n, "IHA")).take(fits)


def _again(world: World, periods: Rows, kind: str, level: str, months: Array) -> Rows:
    """Checks that come round: on any day about the published share has had one in time."""
    draw = world.draw
    within = (months * 30.4).astype(np.int64)
    # Most go every round; the rest miss rounds, so that the share with one in the last twelve months is as published.
    keen = draw.loose(periods.size) < 2 * world.profile.share(level) - 1
    pace = np.where(keen, within - 14, within * 2)
    begin = np.maximum(periods["on"] + 20, world.first - 400)
    return _paced(world, periods, begin, pace, kind)


def _paced(world: World, periods: Rows, begin: Array, pace: Array, kind: str) -> Rows:
    draw, n = world.draw, periods.size
    end = up_to_now(world, periods)
    start = begin + (pace * draw.loose(n)).astype(np.int64)
    times = np.maximum((end - start) // pace + 1, 0)
    owner = np.repeat(np.arange(n), times)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(times) - times, times)
    held = start[owner] + place * pace[owner] - draw.whole(len(owner), 0, 12)
    rows = periods.take(owner).put(held=np.maximum(held, periods["on"][owner]), type=np.full(len(owner), kind))
    return rows.take(rows["held"] <= end[owner])


def health_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_health`: initial and review assessments, dental checks."""
    draw = world.draw
    middle = (np.maximum(periods["on"], world.first) + up_to_now(world, periods)) // 2
    young = middle - periods["born"] < 5 * YEAR
    reviews = _again(world, periods, "RHA", "health_checked_pct", np.where(young, 6, 12))
    teeth = _again(world, periods, "DENTAL", "dentist_pct", np.full(periods.size, 12))
    rows = stack([_first_check(world, periods), reviews, teeth])
    rows = rows.take(world.inside(rows["held"])).ordered("held", "child")
    columns = {
        "clah_health_check_id": world.ids("H", np.arange(rows.size)),
        "clah_person_id": world.ids("P", rows["child"]),
        "clah_health_check_type": words(rows["type"]),
        "clah_health_check_date": iso(rows["held"]),
        "clah_health_check_status": words(draw.codes(rows.size, {"Completed": 97, "Refused": 2, "Cancelled": 1})),
    }
    return table_of("ssd_cla_health", rows.size, columns)


def _now_in_care(periods: Rows) -> Rows:
    """The latest period of every child, open ones last."""
    latest = periods.ordered("child", "on")
    return latest.take(np.r_[latest["child"][1:] != latest["child"][:-1], True]) if latest.size else latest


def immunisation_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_immunisations`: one row for each child now in care."""
    rows = _now_in_care(periods)
    rows = rows.take(rows["done"] == NEVER)
    on = np.maximum(world.last - world.draw.whole(rows.size, 5, 300), rows["on"])
    columns = {
        "clai_person_id": world.ids("P", rows["child"]),
        "clai_immunisations_status": flags(world.draw.chance(rows.size, world.profile.share("immunised_pct"))),
        "clai_immunisations_status_date": iso(on),
    }
    return table_of("ssd_cla_immunisations", rows.size, columns)


def _yearly(world: World, periods: Rows, share: float, least: float, most: float) -> Rows:
    """Rows for a share of the children in care each year of the window, of the ages named, with a day `held`."""
    draw, parts = world.draw, []
    for begin in range(world.first, world.last - 300, 365):
        end = min(begin + 364, world.last)
        low, high = np.maximum(periods["on"] + 200, begin), np.minimum(up_to_now(world, periods), end)
        held = low + ((high - low) * draw.loose(periods.size)).astype(np.int64)
        age = held - periods["born"]
        fits = (high > low) & (age >= least * YEAR) & (age < most * YEAR)
        rows = periods.put(held=held).take(fits)
        parts.append(rows.take(draw.chance(rows.size, share)))
    return stack(parts)


def sdq_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_sdq_scores`: once a year from 4 to 16; about four in five are scored."""
    rows = _yearly(world, periods, 0.95, 4, 17)
    if not rows.size:
        return table_of("ssd_sdq_scores", 0, {})
    n, draw = rows.size, world.draw
    scored = draw.chance(n, 0.8)
    score = np.clip(world.profile.levels["sdq_mean"] + 6.8 * draw.rng.standard_normal(n), 0, 40).round()
    columns = {
        "csdq_table_id": world.ids("Q", np.arange(n)),
        "csdq_person_id": world.ids("P", rows["child"]),
        "csdq_sdq_completed_date": iso(rows["held"]),
        "csdq_sdq_reason": words(draw.codes(n, {"SDQ2": 30, "SDQ3": 8, "SDQ4": 42, "SDQ5": 20}), ~scored),
        "csdq_sdq_score": numerals(score, scored),
    }
    return table_of("ssd_sdq_scores", n, columns)


def misuse_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_substance_misuse`."""
    rows = _yearly(world, periods, world.profile.share("substance_pct") * 2.2, 11, 18)
    n = rows.size
    columns = (
        {}
        if not n
        else {
            "clas_substance_misuse_id": world.ids("SM", np.arange(n)),
            "clas_person_id": world.ids("P", rows["child"]),
            "clas_substance_misuse_date": iso(rows["held"]),
            "clas_substance_misused": chosen(("Cannabis",), np.zeros(n, dtype=np.int64)),
            "clas_intervention_received": flags(world.draw.chance(n, 0.5)),
        }
    )
    return table_of("ssd_cla_substance_misuse", n, columns)


def conviction_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_convictions`."""
    rows = _yearly(world, periods, world.profile.share("convicted_pct") * 2.2, 10, 18)
    n = rows.size
    columns = (
        {}
        if not n
        else {
            "clac_cla_conviction_id": world.ids("CV", np.arange(n)),
            "clac_person_id": world.ids("P", rows["child"]),
            "clac_cla_conviction_date": iso(rows["held"]),
            "clac_cla_conviction_offence": chosen(("Not named",), np.zeros(n, dtype=np.int64)),
        }
    )
    return table_of("ssd_cla_convictions", n, columns)
