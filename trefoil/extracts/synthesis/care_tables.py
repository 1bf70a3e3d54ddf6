"""Care as tables: episodes, placements, legal statuses, care plans, who came alone. Pure."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .days import NEVER, YEAR
from .people import postcodes
from .rows import Rows
from .text import chosen, flag_json, flags, iso, numerals, table_of, words
from .world import World

CARE_PLANS = ("RETURN", "ADOPTION", "SGO", "SUPPORTED", "RESIDENTIAL", "FOSTERING", "OTHER")


def episode_table(world: World, episodes: Rows, entered: Rows) -> pa.Table:
    """`ssd_cla_episodes`. `entered`: the periods, for the day each child came into care."""
    n, rows = episodes.size, episodes
    need = np.where(np.isin(rows["need"], ("N9", "N0")), "N1", rows["need"])
    until = np.minimum(rows["done"], world.last)
    visited = np.maximum(until - world.draw.whole(n, 1, 80), rows["on"])
    columns = {
        "clae_cla_episode_id": world.ids("LE", np.arange(n)),
        "clae_person_id": world.ids("P", rows["child"]),
        "clae_cla_episode_start_date": iso(rows["on"]),
        "clae_cla_episode_start_reason": words(rows["cause"]),
        "clae_cla_primary_need_code": words(need),
        "clae_cla_episode_ceased_date": iso(rows["done"]),
        "clae_cla_episode_ceased_reason": words(rows["ceased"], rows["done"] != NEVER),
        "clae_cla_id": world.ids("L", rows["period"]),
        "clae_referral_id": world.ids("R", rows["referral"]),
        "clae_cla_placement_id": world.ids("LP", rows["placement"]),
        "clae_entered_care_date": iso(entered["on"][rows["period"]]),
        "clae_cla_last_iro_contact_date": iso(visited),
    }
    return table_of("ssd_cla_episodes", n, columns)


def placement_table(world: World, rows: Rows) -> pa.Table:
    """`ssd_cla_placement`."""
    n = rows.size
    tenths = numerals((rows["miles"] * 10).round() // 10), numerals((rows["miles"] * 10).round() % 10)
    columns = {
        "clap_cla_placement_id": world.ids("LP", rows["placement"]),
        "clap_cla_placement_start_date": iso(rows["on"]),
        "clap_cla_placement_type": words(rows["type"]),
        "clap_cla_placement_distance": pc.binary_join_element_wise(*tenths, "."),
        "clap_cla_id": world.ids("L", rows["period"]),
        "clap_cla_placement_provider": words(rows["provider"]),
        "clap_cla_placement_postcode": postcodes(world.draw, rows["locality"]),
        "clap_cla_placement_end_date": iso(rows["done"]),
        "clap_cla_placement_change_reason": words(rows["change"]),
        "clap_person_id": world.ids("P", rows["child"]),
    }
    return table_of("ssd_cla_placement", n, columns)


def status_table(world: World, rows: Rows) -> pa.Table:
    """`ssd_legal_status`."""
    columns = {
        "lega_legal_status_id": world.ids("LS", rows["number"]),
        "lega_person_id": world.ids("P", rows["child"]),
        "lega_legal_status": words(rows["status"]),
        "lega_legal_status_start_date": iso(rows["on"]),
        "lega_legal_status_end_date": iso(rows["done"]),
    }
    return table_of("ssd_legal_status", rows.size, columns)


def care_plan_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_cla_care_plan`: one for each period, from some days after it began."""
    draw = world.draw
    on = periods["on"] + draw.whole(periods.size, 0, 14)
    rows = periods.put(on=on).take((on <= world.last) & (on < periods["done"]))
    age = rows["on"] - rows["born"]
    young, teen = age < 5 * YEAR, age > 15 * YEAR
    goal = draw.codes(rows.size, {"RETURN": 30, "SGO": 14, "FOSTERING": 38, "RESIDENTIAL": 10, "OTHER": 8})
    goal = np.where(np.isin(rows["reason"], ("E11", "E12")), "ADOPTION", np.where(teen, "SUPPORTED", goal))
    goal = np.where(young & (goal == "RESIDENTIAL"), "RETURN", goal)
    columns = {
        "lacp_table_id": world.ids("LC", np.arange(rows.size)),
        "lacp_person_id": world.ids("P", rows["child"]),
        "lacp_cla_care_plan_start_date": iso(rows["on"]),
        "lacp_cla_care_plan_end_date": iso(rows["done"]),
        "lacp_cla_care_plan_json": flag_json({plan: goal == plan for plan in CARE_PLANS}),
    }
    return table_of("ssd_cla_care_plan", rows.size, columns)


def immigration_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_immigration_status`: children who came alone."""
    alone = periods.take(periods["alone"])
    rows = alone.take(np.unique(alone["child"], return_index=True)[1])
    columns = {
        "immi_person_id": world.ids("P", rows["child"]),
        "immi_immigration_status_id": world.ids("I", np.arange(rows.size)),
        "immi_immigration_status": chosen(("UASC",), np.zeros(rows.size, dtype=np.int64)),
        "immi_immigration_status_start_date": iso(rows["start"]),
        "immi_immigration_status_end_date": iso(rows["done"]),
    }
    return table_of("ssd_immigration_status", rows.size, columns)


def permanence_table(world: World, periods: Rows) -> pa.Table:
    """`ssd_permanence`: children who were adopted, from the decision to the order."""
    draw = world.draw
    rows = periods.take(np.isin(periods["reason"], ("E11", "E12")) & (periods["done"] != NEVER))
    n = rows.size
    length = rows["done"] - rows["on"]
    days = {part: rows["on"] + (length * share).astype(np.int64) for part, share in (("decided", 0.35), ("order", 0.5))}
    matched = rows["on"] + (length * 0.65).astype(np.int64)
    together = draw.loose(n) < 0.3
    columns = {
        "perm_table_id": world.ids("AD", np.arange(n)),
        "perm_person_id": world.ids("P", rows["child"]),
        "perm_cla_id": world.ids("L", rows["period"]),
        "perm_adm_decision_date": iso(days["decided"]),
        "perm_placement_order_date": iso(days["order"]),
        "perm_matched_date": iso(matched),
        "perm_placed_for_adoption_date": iso(matched + 20),
        "perm_adopted_by_carer_flag": flags(draw.loose(n) < 0.12),
        "perm_part_of_sibling_group": chosen(("0", "1"), together.astype(np.int64)),
        "perm_siblings_placed_together": numerals(np.where(together, 2, 0)),
        "perm_siblings_placed_apart": numerals(np.zeros(n)),
        "perm_permanence_order_date": iso(rows["done"]),
        "perm_permanence_order_type": chosen(("Adoption order",), np.zeros(n, dtype=np.int64)),
        "perm_adopter_sex": words(draw.codes(n, {"MF": 82, "F1": 9, "MM": 5, "FF": 4})),
        "perm_adopter_legal_status": words(draw.codes(n, {"L11": 76, "L0": 12, "L12": 12})),
        "perm_number_of_adopters": chosen(("1", "2"), (draw.loose(n) < 0.9).astype(np.int64)),
    }
    return table_of("ssd_permanence", n, columns)
