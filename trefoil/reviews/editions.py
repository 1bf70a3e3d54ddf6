"""What a rapid review must hold under the edition in force on a day, and the criteria for a local review. Pure.

The criteria are those of SI 2018/789, regulation 11: four that must be taken into account, four to have regard to.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

REGULATION = "Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018, SI 2018/789"


@dataclass(frozen=True)
class Section:
    """One thing that a rapid review says."""

    code: str
    title: str
    ask: str
    law: str


@dataclass(frozen=True)
class Criterion:
    """One question of the decision. `must`: it must be taken into account; else one has regard to it."""

    code: str
    must: bool
    ask: str


@dataclass(frozen=True)
class Edition:
    """What holds from a day on."""

    code: str
    title: str
    in_force_from: date
    confidence: str
    sections: tuple[Section, ...]


@cache
def _data() -> tuple[tuple[Edition, ...], tuple[Criterion, ...]]:
    raw = tomllib.loads((files(__package__) / "editions.toml").read_text(encoding="utf-8"))
    sections = {code: Section(code, **facts) for code, facts in raw["sections"].items()}
    editions = [
        Edition(
            one["id"],
            one["title"],
            one["in_force_from"],
            one["confidence"],
            tuple(sections[code] for code in one["sections"]),
        )
        for one in raw["edition"]
    ]
    criteria = tuple(Criterion(one["id"], one["must"], one["ask"]) for one in raw["criterion"])
    return tuple(sorted(editions, key=lambda one: one.in_force_from)), criteria


def edition_on(day: date) -> Edition:
    """The edition in force on a day; the first one for days before all of them."""
    editions = _data()[0]
    in_force = [one for one in editions if one.in_force_from <= day]
    return in_force[-1] if in_force else editions[0]


def criteria() -> tuple[Criterion, ...]:
    """The eight criteria, those that must be taken into account first."""
    return _data()[1]
