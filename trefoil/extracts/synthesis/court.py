"""Workers who are involved, steps before court, and earlier permanence. Pure."""

import numpy as np
import pyarrow as pa

from .care import one_after_other
from .days import NEVER
from .rows import Rows
from .sequences import follow
from .text import chosen, flags, iso, numerals, table_of, words
from .world import World

CHANGES = {"MANAGE": 22, "LEFTRL": 34, "TSPROC": 26, "ABSENC": 8, "ORGRST": 6, "OTHERS": 4}


def involvement_table(world: World, journeys: Rows) -> pa.Table:
    """`ssd_involvements`: the worker who assesses, then one after another while the child is in need."""
    draw = world.draw
    held = journeys.take(journeys["kind"] == 2).put(on=journeys["start"][journeys["kind"] == 2])
    held = held.put(done=held["end"])
    end = np.minimum(held["done"], world.last) - 10
    steps = follow(
        held["on"], end, 45, lambda place: np.where(place == 0, 50, 60 + draw.rng.exponential(330, len(place)))
    )
    rows = one_after_other(held, Rows(owner=steps.owner, on=steps.on))
    rows = rows.take(rows["done"] >= world.first)
    first = rows["on"] == held["on"][rows["owner"]]
    place = rows["locality"]
    team = np.where(first, world.teams("Assessment", place), world.teams("Support and protection", place))
    n = rows.size
    columns = {
        "invo_involvements_id": world.ids("IN", np.arange(n)),
        "invo_professional_id": world.ids("W", world.workers(team, rows["child"] * 5 + rows["on"] % 97)),
        "invo_professional_role_id": chosen(("Allocated worker",), np.zeros(n, dtype=np.int64)),
        "invo_professional_team": world.ids("T", team),
        "invo_involvement_start_date": iso(rows["on"]),
        "invo_involvement_end_date": iso(rows["done"]),
        "invo_worker_change_reason": words(np.where(first, "FCONTA", draw.codes(n, CHANGES))),
        "invo_person_id": world.ids("P", rows["child"]),
        "invo_referral_id": world.ids("R", rows["referral"]),
    }
    return table_of("ssd_involvements", n, columns)


def pre_proceedings_table(world: World, statuses: Rows) -> pa.Table:
    """`ssd_pre_proceedings`: before most first care orders, some weeks of meetings with the parents' lawyers."""
    draw = world.draw
    orders = statuses.take(statuses["status"] == "C1")
    decided = orders["on"] - draw.whole(orders.size, 70, 190)
    kept = world.inside(decided) & (decided > orders["born"]) & (draw.loose(orders.size) < 0.65)
    rows, decided = orders.take(kept), decided[kept]
    n = rows.size
    letter = decided + draw.whole(n, 3, 12)
    columns = {
        "prep_table_id": world.ids("PP", np.arange(n)),
        "prep_person_id": world.ids("P", rows["child"]),
        "prep_plo_family_id": world.ids("FM", rows["family"]),
        "prep_pre_pro_decision_date": iso(decided),
        "prep_initial_pre_pro_meeting_date": iso(letter + draw.whole(n, 7, 20)),
        "prep_agree_stepdown_issue_date": iso(rows["on"] - 5),
        "prep_cp_plans_referral_period": numerals(rows["plan"].astype(np.int64)),
        "prep_prev_pre_proc_child": numerals((draw.loose(n) < 0.1).astype(np.int64)),
        "prep_prev_care_proc_child": numerals((draw.loose(n) < 0.08).astype(np.int64)),
        "prep_pre_pro_letter_date": iso(letter),
        "prep_care_pro_letter_date": iso(rows["on"] - 3),
        "prep_pre_pro_meetings_num": numerals(draw.whole(n, 1, 4)),
        "prep_pre_pro_parents_legal_rep": flags(draw.chance(n, 0.92)),
        "prep_parents_legal_rep_point_of_issue": flags(draw.chance(n, 0.95)),
        "prep_care_proc_court_hearings": numerals(draw.whole(n, 1, 5)),
        "prep_care_proc_short_notice": flags(draw.loose(n) < 0.12),
        "prep_la_inital_plan_approved": flags(draw.chance(n, 0.94)),
        "prep_la_final_plan_approved": flags(draw.chance(n, 0.9), rows["done"] != NEVER),
    }
    return table_of("ssd_pre_proceedings", n, columns)


def previous_permanence_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_previous_permanence`: a few came back to care from adoption or guardianship."""
    draw = world.draw
    rows = periods.take(np.unique(periods["child"], return_index=True)[1])
    n = rows.size
    option = draw.codes(n, {"Z1": 962, "P1": 8, "P2": 22, "P3": 8})
    ordered = rows["on"] - draw.whole(n, 200, 2500)
    columns = {
        "lapp_table_id": world.ids("PX", np.arange(n)),
        "lapp_person_id": world.ids("P", rows["child"]),
        "lapp_previous_permanence_order_date": iso(ordered, (option != "Z1") & (ordered > rows["born"])),
        "lapp_previous_permanence_option": words(option),
    }
    return table_of("ssd_cla_previous_permanence", n, columns)
