"""Early help, youth justice, exploitation and private fostering episodes. Pure."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from .days import NEVER, YEAR
from .front_door import sources
from .people import more_children
from .rows import Array, Rows, stack
from .text import iso, table_of, words
from .world import World

CLOSED = {"NEEDS_MET": 1, "CONSENT_WITHDRAWN": 22, "MOVED": 6, "OTHER": 6}
NEEDS = {"BEHAVIOUR": 22, "DOMESTIC_ABUSE": 20, "MENTAL_HEALTH": 17, "PARENTING": 16, "EDUCATION": 9, "DISABILITY": 5,
         "HOUSING_MONEY": 5, "SUBSTANCES": 4, "OTHER": 2}  # fmt: skip
LEADS = {"EARLY_HELP": 48, "EDUCATION": 31, "HEALTH": 9, "VOLUNTARY": 7, "SOCIAL_CARE": 2, "HOUSING": 1, "OTHER": 2}


class Kind(NamedTuple):
    """A kind of episode: a share of a level's starts, the mean length in days, the least and greatest age."""

    code: str
    level: str
    share: float
    days: float
    least: float
    most: float


OTHER_KINDS = (
    Kind("YOUTH_JUSTICE", "youth_justice_per_10000", 1.0, 190, 10.2, 17.9),
    Kind("CSE", "exploitation_per_10000", 0.36, 170, 10.5, 17.9),
    Kind("CRIMINAL", "exploitation_per_10000", 0.40, 170, 10.5, 17.9),
    Kind("GANGS", "exploitation_per_10000", 0.24, 200, 11.0, 17.9),
    Kind("NRM", "exploitation_per_10000", 0.16, 75, 10.5, 17.9),
    Kind("PANEL", "exploitation_per_10000", 0.55, 90, 10.5, 17.9),
    Kind("PRIVATE_FOSTERING", "private_fostering_per_10000", 1.0, 270, 2.0, 15.9),
)
LONGEST_BEFORE = 4 * 365
FROM_CONTACTS = 0.6
"""Of the episodes that neither follow nor precede social care, those that come from a contact. Stated."""


def draw_help(world: World, journeys: Rows, contacts: Rows, known: Rows) -> tuple[Rows, Rows]:
    """Early help episodes open on a day of the window, and children who are new to the extract.

    Some are closed into social care, some follow an assessment that found no need, most come from a contact.
    """
    levels = world.profile.levels
    flow = levels["early_help_per_1000"] * world.profile.children / 1000
    count = known.size
    up = _stepped_up(world, journeys, round(flow * world.years * world.profile.share("early_help_stepped_up_pct")))
    down = _not_grown(_stepped_down(world, journeys), known)
    left = max(round(flow * world.years) - up.size - down.size, 0)
    asked = _not_grown(_from_contacts(world, contacts, round(left * FROM_CONTACTS)), known)
    before = world.first - (world.draw.even(round(flow * 4)) * LONGEST_BEFORE).astype(np.int64) - 1
    fresh, children = _new(world, before, count)
    days = _thin_days(world, stack([up, down, asked]), flow, left - asked.size)
    more, others = _new(world, days, count + children.size)
    rows = stack([up, down, asked, fresh, more])
    kept = (rows["done"] >= world.first) & (rows["on"] <= world.last)
    rows = rows.put(done=np.where(rows["done"] > world.last, NEVER, rows["done"])).take(kept)
    children, rows = _only_used(stack([children, others]), rows.ordered("on", "child"), count)
    n = rows.size
    kind = np.full(n, "EARLY_HELP", dtype=object)
    return rows.put(kind=kind, need=world.draw.codes(n, NEEDS), lead=world.draw.codes(n, LEADS)), children


def _not_grown(rows: Rows, known: Rows) -> Rows:
    return rows.take(rows["on"] - known["born"][rows["child"]] < 17.9 * YEAR)


def _only_used(children: Rows, rows: Rows, count: int) -> tuple[Rows, Rows]:
    """New children whose episode is over before the window are not in the extract."""
    fresh = rows["child"] >= count
    used, which = np.unique(rows["child"][fresh], return_inverse=True)
    child = rows["child"].copy()
    child[fresh] = count + which
    return children.take(used - count) if children.size else children, rows.put(child=child)


def _rows(child: Array, on: Array, done: Array, reason: Array) -> Rows:
    return Rows(child=child, on=on, done=done, reason=reason.astype(object))


def _lengths(world: World, n: int, mean: float) -> Array:
    return np.maximum(world.draw.long_tailed(n, mean, 0.75), 10).astype(np.int64)


def _reasons(world: World, n: int) -> Array:
    met = world.profile.levels["early_help_needs_met_pct"]
    rest = 100 - met - world.profile.levels["early_help_stepped_up_pct"]
    scale = rest / sum(list(CLOSED.values())[1:])
    return world.draw.codes(n, {code: weight * scale for code, weight in CLOSED.items()} | {"NEEDS_MET": met})


def _mean(world: World) -> float:
    return world.profile.levels["early_help_months"] * 30.4


def _stepped_up(world: World, journeys: Rows, wanted: int) -> Rows:
    possible = np.flatnonzero(world.inside(journeys["start"]) & ~journeys["again"] & ~journeys["alone"])
    some = journeys.take(world.draw.rng.choice(possible, min(wanted, len(possible)), replace=False))
    on = some["start"] - _lengths(world, some.size, _mean(world) * 0.8)
    rows = _rows(some["child"], on, some["start"], np.full(some.size, "STEPPED_UP"))
    return rows.take(on > some["born"])


def _stepped_down(world: World, journeys: Rows) -> Rows:
    some = journeys.take((journeys["closed"] == "RC9") & world.inside(journeys["end"]))
    some = some.take(world.draw.chance(some.size, 0.7))
    on = some["end"] + world.draw.whole(some.size, 1, 20)
    return _rows(some["child"], on, on + _lengths(world, some.size, _mean(world)), _reasons(world, some.size))


def _from_contacts(world: World, contacts: Rows, wanted: int) -> Rows:
    some = contacts.take((contacts["outcome"] == "EARLY_HELP_FLAG") & (contacts["on"] < world.last - 20))
    some = some.take(world.draw.rng.permutation(some.size))
    some = some.take(np.sort(np.unique(some["child"], return_index=True)[1])[: max(wanted, 0)])
    on = some["on"] + world.draw.whole(some.size, 2, 18)
    return _rows(some["child"], on, on + _lengths(world, some.size, _mean(world)), _reasons(world, some.size))


def _thin_days(world: World, rows: Rows, flow: float, n: int) -> Array:
    """`n` days on which more episodes begin, in the months that have too few."""
    edges = np.append(np.arange(world.first, world.last - 20, 30), world.last + 1)
    held, _ = np.histogram(rows["on"], edges)
    lacking = np.maximum(flow * np.diff(edges) / 365 - held, 0.01)
    month = world.draw.pick(n, list(lacking))
    days: Array = edges[month] + (np.diff(edges)[month] * world.draw.loose(n)).astype(np.int64)
    return days


def _new(world: World, on: Array, count: int) -> tuple[Rows, Rows]:
    n = len(on)
    children = more_children(world, "early_help", on, on)
    rows = _rows(count + np.arange(n), on, on + _lengths(world, n, _mean(world)), _reasons(world, n))
    return rows, children


def draw_other_kinds(world: World, children: Rows) -> Rows:
    """Episodes of the other kinds, of children who are known already: `kind` as well as the columns of early help."""
    return stack([_other(world, children, one) for one in OTHER_KINDS])


def _other(world: World, children: Rows, kind: Kind) -> Rows:
    draw = world.draw
    flow = world.profile.levels[kind.level] * kind.share * world.profile.children / 10_000
    n = draw.rng.poisson(flow * (world.years + 2))
    on = (world.first - 730 + draw.even(n) * (world.last - world.first + 730)).astype(np.int64)
    child = draw.whole(n, 0, children.size - 1)
    for _ in range(12):
        age = on - children["born"][child]
        wrong = (age < kind.least * YEAR) | (age > kind.most * YEAR) | ~children["known"][child]
        child = np.where(wrong, draw.whole(n, 0, children.size - 1), child)
    age = on - children["born"][child]
    right = (age >= kind.least * YEAR) & (age <= kind.most * YEAR)
    done = on + np.maximum(draw.long_tailed(n, kind.days, 0.7), 12).astype(np.int64)
    kept = right & (done >= world.first)
    reason = "SENTENCE_ENDED" if kind.code == "YOUTH_JUSTICE" else "NEEDS_MET"
    need = {"YOUTH_JUSTICE": "BEHAVIOUR", "PRIVATE_FOSTERING": "OTHER"}.get(kind.code, "EXPLOITATION")
    rows = _rows(child, on, np.where(done > world.last, NEVER, done), np.full(n, reason))
    same = {"kind": kind.code, "need": need, "lead": "SOCIAL_CARE"}
    return rows.put(**{name: np.full(n, word, dtype=object) for name, word in same.items()}).take(kept)


def early_help_table(world: World, rows: Rows, locality: Array) -> pa.Table:
    """`ssd_early_help_episodes`: the same episodes as in our own table, as the standard has them."""
    team = world.teams("Early help", locality[rows["child"]])
    columns = {
        "earl_episode_id": world.ids("EH", np.arange(rows.size)),
        "earl_person_id": world.ids("P", rows["child"]),
        "earl_episode_start_date": iso(rows["on"]),
        "earl_episode_end_date": iso(rows["done"]),
        "earl_episode_reason": words(rows["need"]),
        "earl_episode_end_reason": words(rows["reason"], rows["done"] != NEVER),
        "earl_episode_organisation": words(rows["lead"]),
        "earl_episode_worker_id": world.ids("W", world.workers(team, rows["child"])),
    }
    return table_of("ssd_early_help_episodes", rows.size, columns)


def own_episode_table(world: World, early_help: Rows, others: Rows, locality: Array) -> pa.Table:
    """`trefoil_episodes`: every kind, by the day each began."""
    rows = stack([early_help, others]).ordered("on", "child")
    n, draw = rows.size, world.draw
    fostered = rows["kind"] == "PRIVATE_FOSTERING"
    visited = np.minimum(rows["done"], world.last) - draw.whole(n, 1, 45)
    team = world.teams("Early help", locality[rows["child"]])
    columns = {
        "epis_id": world.ids("EP", np.arange(n)),
        "epis_person_id": world.ids("P", rows["child"]),
        "epis_kind": words(rows["kind"]),
        "epis_start_date": iso(rows["on"]),
        "epis_end_date": iso(rows["done"]),
        "epis_source_code": words(sources(draw, world.profile, n)),
        "epis_need": words(rows["need"]),
        "epis_lead_agency": words(rows["lead"]),
        "epis_end_reason": words(rows["reason"], rows["done"] != NEVER),
        "epis_last_visit_date": iso(np.maximum(visited, rows["on"]), fostered),
        "epis_team": world.ids("T", team),
    }
    return table_of("trefoil_episodes", n, columns)
