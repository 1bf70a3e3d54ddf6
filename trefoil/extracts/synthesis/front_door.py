"""Contacts and referrals. Pure.

A referral comes from a contact of the same day or the working day before. The other contacts are about children already
known and about children who are never referred.
"""

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .draw import Draw
from .profile import AreaProfile
from .rows import Array, Rows, stack
from .text import chosen, flag_json, flags, iso, table_of, words
from .world import World

CONTACT_KEYS = (
    "NEW_REFERRAL_FLAG",
    "EXISTING_REFERRAL_FLAG",
    "CP_ENQUIRY_FLAG",
    "NFA_FLAG",
    "NON_AGENCY_ADOPTION_FLAG",
    "PRIVATE_FOSTERING_FLAG",
    "ADVICE_FLAG",
    "MISSING_FLAG",
    "OLA_CP_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
    "EARLY_HELP_FLAG",
    "SIGNPOSTING_FLAG",
)
REFERRAL_KEYS = (
    "SINGLE_ASSESSMENT_FLAG",
    "STRATEGY_DISCUSSION_FLAG",
    "CLA_REQUEST_FLAG",
    "CP_CONFERENCE_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
    "NFA_FLAG",
)
KNOWN_SHARE = 0.3
"""Of the contacts that are not referrals, those about a child who has had or will have one. Stated."""
TIMES_EACH = 1.6
"""Contacts of a child who is never referred. Stated."""


def sources(draw: Draw, profile: AreaProfile, n: int) -> Array:
    """Codes of who made contact: schools, health and police as published, the rest as stated."""
    shares = [profile.levels[f"from_{who}_pct"] for who in ("schools", "health", "police")]
    who = draw.pick(n, [*shares, max(100 - sum(shares), 1)])
    listed = [draw.listed(n, f"source_{name}") for name in ("schools", "health", "rest")]
    return np.select([who == 0, who == 1, who == 2], [listed[0], listed[1], np.full(n, "6")], listed[2])


def dress_referrals(world: World, journeys: Rows) -> Rows:
    """The journeys with what only a referral's row says: `source`, `need`, `referral` (its number), `closed` (why)."""
    n, draw = journeys.size, world.draw
    source = np.where(journeys["alone"], "6", sources(draw, world.profile, n))
    need = np.where(journeys["alone"], "N8", draw.listed(n, "need_code"))
    need = np.where(journeys["conf"] & (draw.loose(n) < 0.9), "N1", need)
    disabled_long = (journeys["length"] > 3 * YEAR) & ~journeys["care"] & (draw.loose(n) < 0.35)
    need = np.where(disabled_long, "N2", need)
    closed = _close_reason(draw, journeys)
    return journeys.put(source=source, need=need, referral=np.arange(n), closed=closed)


def referral_table(world: World, journeys: Rows) -> pa.Table:
    """`ssd_cin_episodes`."""
    n, spell = journeys.size, journeys
    ended, nothing = spell["end"] != NEVER, spell["kind"] == 0
    soon = spell["enquiry_at"] <= 4
    masks = dict.fromkeys(REFERRAL_KEYS, np.zeros(n, dtype=bool)) | {
        "SINGLE_ASSESSMENT_FLAG": spell["kind"] > 0,
        "STRATEGY_DISCUSSION_FLAG": spell["conf"] & soon,
        "CLA_REQUEST_FLAG": spell["care"] & (spell["care_at"] <= 4),
        "NFA_FLAG": nothing,
    }
    team = world.teams("Front door", spell["locality"])
    columns = {
        "cine_referral_id": world.ids("R", spell["referral"]),
        "cine_person_id": world.ids("P", spell["child"]),
        "cine_referral_date": iso(spell["start"]),
        "cine_cin_primary_need_code": words(spell["need"]),
        "cine_referral_source_code": words(spell["source"]),
        "cine_referral_outcome_json": flag_json(masks),
        "cine_referral_nfa": flags(nothing),
        "cine_close_reason": words(spell["closed"], ended),
        "cine_close_date": iso(spell["end"]),
        "cine_referral_team": world.ids("T", team),
        "cine_referral_worker_id": world.ids("W", world.workers(team, spell["child"])),
    }
    return table_of("ssd_cin_episodes", n, columns)


def _close_reason(draw: Draw, spell: Rows) -> Array:
    n = spell.size
    after = np.where(draw.chance(n, 0.32), "RC9", "RC8")
    plain = np.where(draw.loose(n) < 0.06, "RC5", "RC7")
    adult = (spell["end"] - spell["born"] > 17.9 * YEAR) & (draw.loose(n) < 0.3)
    reason: Array = np.where(spell["kind"] == 1, after, np.where(adult, "RC6", plain))
    return reason


def draw_contacts(world: World, journeys: Rows) -> Rows:
    """Every contact of the window: `child` (-1 for a child who is never referred), `on`, `source`, and its outcome."""
    referred = _of_referrals(world, journeys)
    ratio, flow = world.profile.levels["contacts_per_referral"], world.profile.levels["referrals"]
    wanted = max(round(ratio * flow * world.years) - referred.size, 0)
    known = _of_known(world, journeys, round(wanted * KNOWN_SHARE))
    others = _of_others(world, max(wanted - known.size, 0))
    return stack([referred, known, others])


def _of_referrals(world: World, journeys: Rows) -> Rows:
    made = journeys.take(world.inside(journeys["start"]))
    early = world.draw.loose(made.size) < 0.35
    before = world.calendar.after(made["start"], np.where(early, -1, 0))
    day = np.maximum(np.minimum(before, made["start"]), np.maximum(made["born"], world.first))
    enquiry = made["conf"] & (made["enquiry_at"] <= 2)
    outcome = np.where(enquiry, "CP_ENQUIRY_FLAG", "")
    return _contacts(made["child"], day, made["source"], np.full(made.size, "NEW_REFERRAL_FLAG"), outcome)


def _contacts(child: Array, on: Array, source: Array, outcome: Array, also: Array) -> Rows:
    plain = {"source": source.astype(object), "outcome": outcome.astype(object), "also": also.astype(object)}
    return Rows(child=child, on=on, **plain)


def _of_known(world: World, journeys: Rows, n: int) -> Rows:
    draw, calendar = world.draw, world.calendar
    if not n:
        return Rows()
    some = journeys.take(draw.whole(round(n * 1.15), 0, journeys.size - 1))
    end = np.minimum(some["start"] + np.minimum(some["length"], 500) + 120, world.last)
    begin = np.maximum(some["start"] - 200, world.first)
    day = calendar.working_from(begin + ((end - begin) * draw.loose(some.size)).astype(np.int64))
    fits = (end > begin) & (day > some["born"]) & (day < some["born"] + 17.9 * YEAR) & (day <= world.last)
    some, day = some.take(fits), day[fits]
    is_open = (some["start"] < day) & (some["end"] > day)
    outcome = np.where(is_open, "EXISTING_REFERRAL_FLAG", draw.listed(some.size, "contact_outcome"))
    source = sources(draw, world.profile, some.size)
    return _contacts(some["child"], day, source, outcome, np.full(some.size, "")).take(np.arange(some.size) < n)


def _of_others(world: World, n: int) -> Rows:
    draw = world.draw
    day = world.calendar.spread(draw.even(n), since=world.first)
    child = -1 - (draw.loose(n) * max(n / TIMES_EACH, 1)).astype(np.int64)
    outcome = np.where(draw.loose(n) < 0.003, "", draw.listed(n, "contact_outcome"))
    return _contacts(child, day, sources(draw, world.profile, n), outcome, np.full(n, ""))


def contact_table(world: World, contacts: Rows) -> pa.Table:
    """`ssd_contacts`, by day."""
    rows = contacts.ordered("on", "child")
    masks = {key: (rows["outcome"] == key) | (rows["also"] == key) for key in CONTACT_KEYS}
    columns = {
        "cont_contact_id": world.ids("C", np.arange(rows.size)),
        "cont_person_id": world.ids("P", rows["child"]),
        "cont_contact_date": iso(rows["on"]),
        "cont_contact_source_code": words(rows["source"]),
        "cont_contact_source_desc": chosen(("See the code",), np.zeros(rows.size, dtype=np.int64)),
        "cont_contact_outcome_json": flag_json(masks),
    }
    return table_of("ssd_contacts", rows.size, columns)
