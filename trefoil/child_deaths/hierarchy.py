"""The national lists: categories of death with their order, criteria and steps of a joint agency response. Pure."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Which names those are stands in the data: a test holds this sentence against it.
UNSURE = "The names of categories 2, 5 and 6, the order and the scores are from memory: hold them against your form."
# Read in the Children and Social Work Act 2017, section 24 (legislation.gov.uk), on 23 November 2026.
HOME_LAW = (
    "The partners of the area where a child normally lived review the death; those of the area where the child died "
    "may, if they consider it appropriate (Children Act 2004, section 16M). Agree between you who does."
)
GUIDANCE = "Child Death Review: statutory and operational guidance 2018"


@dataclass(frozen=True)
class Category:
    """One category of the analysis form. The lower its number, the higher it stands.

    `source` says where its name was seen; empty: from memory.
    """

    number: int
    title: str
    source: str

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


@dataclass(frozen=True)
class Criterion:
    """One question of the decision on a joint agency response."""

    code: str
    ask: str


@dataclass(frozen=True)
class Step:
    """One step of a joint agency response."""

    code: str
    title: str
    ask: str


@cache
def _data() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((files(__package__) / "hierarchy.toml").read_text(encoding="utf-8"))


@cache
def categories() -> tuple[Category, ...]:
    """All ten, the highest first."""
    found = [Category(int(one["number"]), one["title"], one["source"]) for one in _data()["category"]]
    return tuple(sorted(found, key=lambda one: one.number))


@cache
def criteria() -> tuple[Criterion, ...]:
    """What calls for a joint agency response: any one of them."""
    return tuple(Criterion(one["id"], one["ask"]) for one in _data()["criterion"])


@cache
def steps() -> tuple[Step, ...]:
    """The steps of a joint agency response in their order."""
    return tuple(Step(one["id"], one["title"], one["ask"]) for one in _data()["step"])


def category_of(applying: Iterable[int]) -> Category:
    """The category of a death to which these apply: the highest of them. ValueError for none, or for an unknown one."""
    known = {one.number: one for one in categories()}
    numbers = set(applying)
    if not numbers or not numbers <= known.keys():
        raise ValueError("one to ten of the ten categories")
    return known[min(numbers)]


def explained(applying: Iterable[int]) -> str:
    """Why the category is what it is, in a sentence or two."""
    numbers = sorted(set(applying))
    chosen = category_of(numbers)
    if len(numbers) == 1:
        return f"Category {chosen.number} is the only one that applies."
    others = ", ".join(str(number) for number in numbers[1:])
    return (
        f"Categories {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} apply. The list is a hierarchy: the "
        f"highest that applies is the category, so it is {chosen.number}, and {others} "
        f"{'stays' if len(numbers) == 2 else 'stay'} on record beside it."
    )
