"""What an area is modelled on: its newest published figures, else its region's, else England's. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from trefoil.indicators.national.comparators import ENGLAND, UnknownAreaError, area_named
from trefoil.indicators.national.figures import Area, AreaKind
from trefoil.indicators.national.reader import (
    COUNT_TABLES,
    read_areas,
    read_counts,
    read_ethnicity,
    read_populations,
    read_published,
)

__all__ = ["AreaProfile", "UnknownAreaError", "all_profiles", "profile_for", "stated"]

NEWEST_YEARS = 4
"""How far back a figure of the area itself is preferred to a newer one of its region."""

# The census's group numbers and the standard's codes.
ETHNIC_CODES = {
    1: "ABAN",
    2: "CHNE",
    3: "AIND",
    4: "APKN",
    5: "AOTH",
    6: "BAFR",
    7: "BCRB",
    8: "BOTH",
    9: "MWAS",
    10: "MWBA",
    11: "MWBC",
    12: "MOTH",
    13: "WBRI",
    14: "WIRI",
    15: "WIRT",
    16: "WROM",
    17: "WOTH",
    18: "OOTH",
    19: "OOTH",
}


@dataclass(frozen=True)
class AreaProfile:
    """One area to be invented.

    `levels` holds every level of `levels.toml` by name: counts a year or at a day, percentages, rates per 10,000.
    `ethnicity` is the area's people by code, all ages. `taken_from` says whose figure a published level is.
    """

    code: str
    old_code: str
    name: str
    children: int
    levels: Mapping[str, float]
    ethnicity: Mapping[str, float]
    localities: tuple[str, ...]
    taken_from: Mapping[str, str]

    def share(self, level: str) -> float:
        """A percentage level as a share of one."""
        return min(max(self.levels[level] / 100, 0.0), 1.0)


@cache
def stated() -> dict[str, Any]:
    """The file of levels and shares."""
    text = (files("trefoil.extracts.synthesis") / "levels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _areas() -> dict[str, Area]:
    return {area.code: area for area in read_areas()}


@cache
def _children() -> dict[str, int]:
    """Children aged 0 to 17 by area, newest mid-year."""
    newest: dict[str, tuple[int, int]] = {}
    for one in read_populations():
        if one.children is not None and one.mid_year >= newest.get(one.area_code, (0, 0))[0]:
            newest[one.area_code] = (one.mid_year, one.children)
    return {code: children for code, (_, children) in newest.items()}


def _figures() -> Iterator[tuple[str, str, int, float]]:
    """Every published figure that gives a level: its source's name, the area, the year, the value."""
    wanted = stated()["published"].values()
    measures = {one["measure"] for one in wanted if "measure" in one}
    for found in read_published(measures):
        if found.value is not None and found.year is not None:
            yield found.measure, found.area_code, found.year, float(found.value)
    items = {(one["table"], one["item"]) for one in wanted if "table" in one}
    for table in COUNT_TABLES:
        for count in read_counts(table):
            if count.value is not None and (table, count.item) in items:
                yield f"{table}.{count.item}", count.area_code, count.year, float(count.value)


@cache
def _newest() -> dict[str, dict[str, tuple[int, float]]]:
    """For each source the newest year and value by area."""
    newest: dict[str, dict[str, tuple[int, float]]] = {}
    for source, area, year, value in _figures():
        held = newest.setdefault(source, {})
        if year >= held.get(area, (0, 0.0))[0]:
            held[area] = (year, value)
    return newest


def _source(entry: Mapping[str, str]) -> str:
    return entry["measure"] if "measure" in entry else f"{entry['table']}.{entry['item']}"


def _published(entry: Mapping[str, str], line: tuple[str, ...], children: int) -> tuple[float, str]:
    """The level of one entry from the first area of `line` that has it, and that area."""
    held = _newest()[_source(entry)]
    last = max(year for year, _ in held.values())
    for code in line:
        year, value = held.get(code, (0, 0.0))
        if year > last - NEWEST_YEARS:
            scale = children / _children()[code] if entry.get("kind") == "count" else 1.0
            return value * scale, code
    raise UnknownAreaError(f"nothing is published for {_source(entry)}")


def _levels(line: tuple[str, ...], children: int) -> tuple[dict[str, float], dict[str, str]]:
    levels: dict[str, float] = dict(stated()["stated"])
    taken: dict[str, str] = {}
    for name, entry in stated()["published"].items():
        levels[name], taken[name] = _published(entry, line, children)
    return levels, taken


@cache
def _ethnicity() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for one in read_ethnicity():
        held = found.setdefault(one.area_code, {})
        code = ETHNIC_CODES[one.group]
        held[code] = held.get(code, 0.0) + one.people
    return found


def _mixture(codes: list[str]) -> dict[str, float]:
    """The ethnic groups of several areas, each area counting the same."""
    mixed: dict[str, float] = {}
    for area in codes:
        people = _ethnicity()[area]
        for code, number in people.items():
            mixed[code] = mixed.get(code, 0.0) + number / sum(people.values())
    return mixed


def _real(area: Area) -> AreaProfile:
    children = _children()[area.code]
    line = tuple(code for code in (area.code, area.london_part, area.region, ENGLAND) if code)
    levels, taken = _levels(line, children)
    levels |= stated()["areas"].get(area.code, {})
    places = tuple(f"{side} locality" for side in ("North", "East", "South", "West", "Central"))
    return AreaProfile(area.code, area.old_code, area.name, children, levels, _mixture([area.code]), places, taken)


def _invented(name: str, entry: Mapping[str, Any]) -> AreaProfile:
    children = entry["children"]
    levels, taken = _levels((ENGLAND,), children)
    own = entry["levels"]
    taken = {level: "stated" if level in own else code for level, code in taken.items()}
    return AreaProfile(
        entry["code"],
        entry["old_code"],
        name,
        children,
        levels | own,
        _mixture(entry["alike"]),
        tuple(entry["localities"]),
        taken,
    )


def profile_for(name: str) -> AreaProfile:
    """The profile of an authority by name or code, or of an invented borough. Raises UnknownAreaError."""
    for invented, entry in stated()["invented"].items():
        if name.strip().casefold() in {invented.casefold(), entry["code"].casefold()}:
            return _invented(invented, entry)
    area = area_named(name, _areas().values())
    if area.kind is not AreaKind.LOCAL_AUTHORITY or area.ended_on is not None:
        raise UnknownAreaError(f"“{area.name}” is not an authority now standing")
    return _real(area)


def all_profiles() -> Iterator[AreaProfile]:
    """The 153 authorities now standing, by three-digit code."""
    for area in _areas().values():
        if area.kind is AreaKind.LOCAL_AUTHORITY and area.ended_on is None:
            yield _real(area)
