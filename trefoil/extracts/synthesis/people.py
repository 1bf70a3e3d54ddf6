"""The children themselves: sex, ethnic group, family, home, disability, invented names. Pure.

Columns of a child: `born`, `family`, `locality` (a number), `alone`, `known` (in
social care, not only a contact or early help), `longest` (days of the longest referral).
"""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trefoil.extracts.standard import code_lists

from .days import NEVER, YEAR
from .draw import Draw
from .profile import AreaProfile, stated
from .rows import Array, Rows
from .text import chosen, flags, iso, table_of, words
from .world import World

LOCALITY_WEIGHTS = (31, 24, 19, 15, 11, 9, 8, 7)
"""How unlike localities are: the share of children known who live in each, in an order drawn for the area. Stated."""
ALONE_GROUPS = {"AOTH": 34, "BAFR": 30, "OOTH": 30, "WOTH": 6}


@cache
def names() -> dict[str, list[str]]:
    """The only names there are."""
    return tomllib.loads((files("trefoil.extracts.synthesis") / "names.toml").read_text(encoding="utf-8"))


def children_of(journeys: Rows) -> Rows:
    """One row per child with a referral, numbered 0 to n-1 in the order of `numbered`."""
    _, first, which = np.unique(journeys["child"], return_index=True, return_inverse=True)
    longest = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(longest, which, journeys["length"])
    child = journeys.take(first)
    known = np.ones(child.size, dtype=bool)
    return Rows(born=child["born"], family=child["family"], alone=child["alone"], known=known, longest=longest)


def more_children(world: World, band: str, days: Array, until: Array) -> Rows:
    """Children known only from a contact or early help, with an age on the day given; families of two.

    `until`: the last day anything is heard of each, when they are still under 18.
    """
    n = len(days)
    born = days - (world.draw.ages(n, band) * YEAR).astype(np.int64) - 1
    born = np.maximum(born, until - int(17.98 * YEAR))
    family = np.arange(n) // 2
    never = np.zeros(n, dtype=bool)
    return Rows(born=born, family=family, alone=never, known=never, longest=np.zeros(n, dtype=np.int64))


def homes(world: World, family: Array) -> Array:
    """The number of the locality of each child's family."""
    places = world.places
    weights = world.draw.rng.permutation(np.array(LOCALITY_WEIGHTS[:places], dtype=float))
    _, which = np.unique(family, return_inverse=True)
    return world.draw.pick(int(which.max()) + 1, list(weights))[which]


def _ethnic_shares(profile: AreaProfile) -> dict[str, float]:
    """The shares of ethnic groups among children who are known."""
    groups = {code.code: code.group for code in code_lists()["ethnicity"].codes}
    known, younger = stated()["known"], stated()["younger"]
    shares = {code: people * known[groups[code]] * younger[groups[code]] for code, people in profile.ethnicity.items()}
    missing = known["not_known_pct"] / (100 - known["not_known_pct"]) * sum(shares.values())
    return shares | {"NOBT": missing * 0.8, "REFU": missing * 0.2}


def _ethnicity(world: World, children: Rows) -> Array:
    draw, family = world.draw, children["family"]
    _, which = np.unique(family, return_inverse=True)
    drawn = draw.codes(int(which.max()) + 1, _ethnic_shares(world.profile))[which]
    return np.where(children["alone"], draw.codes(children.size, ALONE_GROUPS), drawn)


def person_table(world: World, children: Rows) -> pa.Table:
    """`ssd_person`."""
    n, draw = children.size, world.draw
    boy = np.where(children["alone"], draw.chance(n, 0.95), draw.chance(n, world.profile.share("boys_pct")))
    sex = np.where(draw.loose(n) < 0.003, 2, boy.astype(np.int64))
    school = (world.last - children["born"]) > 5 * YEAR
    columns = {
        "pers_person_id": world.ids("P", np.arange(n)),
        "pers_forename": chosen(names()["forenames"], draw.whole(n, 0, len(names()["forenames"]) - 1)),
        "pers_surname": chosen(names()["surnames"], children["family"] * 31 % len(names()["surnames"])),
        "pers_sex": chosen(("F", "M", "U"), sex),
        "pers_gender": chosen(("02", "01", "00"), sex),
        "pers_ethnicity": words(_ethnicity(world, children)),
        "pers_dob": iso(children["born"]),
        "pers_upn_unknown": chosen(("UN1", "UN3"), draw.whole(n, 0, 1), ~school),
        "pers_send_flag": flags(draw.chance(n, 0.22)),
        "pers_death_date": iso(np.full(n, NEVER)),
        "pers_is_mother": flags((draw.loose(n) < 0.004) & (world.last - children["born"] > 15 * YEAR)),
    }
    return table_of("ssd_person", n, columns)


def family_table(world: World, children: Rows) -> pa.Table:
    """`ssd_family`: a child and the family they are in."""
    n = children.size
    columns = {
        "fami_table_id": world.ids("F", np.arange(n)),
        "fami_family_id": world.ids("FM", children["family"]),
        "fami_person_id": world.ids("P", np.arange(n)),
    }
    return table_of("ssd_family", n, columns)


def postcodes(draw: Draw, locality: Array) -> pa.Array:
    """Postcodes of the area ZZ, which there is not; the district is the locality's."""
    n = len(locality)
    district = chosen([f"ZZ{place} " for place in range(1, 10)], locality)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    ends = [f"{figure}{one}{two}" for figure in range(10) for one in letters for two in letters]
    return pc.binary_join_element_wise(district, chosen(ends, draw.whole(n, 0, len(ends) - 1)), "")


def address_table(world: World, children: Rows) -> pa.Table:
    """`ssd_address`: where each child lives, and for some where they lived before."""
    n, draw = children.size, world.draw
    moved = np.flatnonzero((draw.loose(n) < 0.22) & (world.last - children["born"] > YEAR))
    born = children["born"]
    moving = born[moved] + ((world.last - born[moved]) * (0.3 + 0.6 * draw.loose(len(moved)))).astype(np.int64)
    began = born.copy()
    began[moved] = moving
    child = np.r_[np.arange(n), moved]
    where = np.r_[children["locality"], (children["locality"][moved] + draw.whole(len(moved), 0, 2)) % world.places]
    code = postcodes(draw, where)
    columns = {
        "addr_table_id": world.ids("A", np.arange(len(child))),
        "addr_address_json": pc.binary_join_element_wise('{"POSTCODE": "', code, '"}', ""),
        "addr_person_id": world.ids("P", child),
        "addr_address_type": chosen(("HOME",), np.zeros(len(child), dtype=np.int64)),
        "addr_address_start_date": iso(np.r_[began, born[moved]]),
        "addr_address_end_date": iso(np.r_[np.full(n, NEVER), moving]),
        "addr_address_postcode": code,
    }
    return table_of("ssd_address", len(child), columns)


def disability_table(world: World, children: Rows) -> pa.Table:
    """`ssd_disability`: likelier for children in need for long, so that the share of those open is as stated."""
    draw, n = world.draw, children.size
    times = np.where(children["longest"] > 2 * YEAR, 1.6, np.where(children["longest"] > 100, 0.8, 0.4))
    disabled = (draw.loose(n) < world.profile.share("disabled_pct") * times) & children["known"]
    who = np.flatnonzero(disabled)
    several = who[draw.loose(len(who)) < 0.35]
    first, second = draw.listed(len(who), "disability"), draw.listed(len(several), "disability")
    clear = np.flatnonzero(children["known"] & ~disabled)
    same = second == first[np.searchsorted(who, several)]
    several, second = several[~same], second[~same]
    child = np.r_[who, several, clear]
    code = np.r_[first, second, np.full(len(clear), "NONE", dtype=object)]
    columns = {
        "disa_person_id": world.ids("P", child),
        "disa_table_id": world.ids("D", np.arange(len(child))),
        "disa_disability_code": words(code),
    }
    return table_of("ssd_disability", len(child), columns)


def localities_table(world: World) -> pa.Table:
    """Postcode beginnings and the names of localities, for the partnership's own table."""
    begins = [f"ZZ{place + 1}" for place in range(world.places)]
    return pa.table({"postcode": pa.array(begins), "locality": pa.array(list(world.profile.localities))})
