"""The records of the children in need census and where they stand in each other. Source: `standard/data/cin.toml`.
Pure."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pyarrow as pa

from trefoil.extracts.standard import CodeList, code_lists

from ..layouts import Layout
from .specification import layout, specification, with_spellings

CHILD = "children"
REFERRAL = "referrals"
REVIEW = "reviews"
_KEYS = {"child", "referral", "plan"}
_MANY = {"Disability", "AssessmentFactors"}


@dataclass(frozen=True)
class Record:
    """One kind of record. `parent`: the record it stands in. `fields`: element to its place in the row; below zero
    for an element that may repeat."""

    layout: Layout
    element: str
    parent: str
    since: int

    @property
    def name(self) -> str:
        """The name of its layout."""
        return self.layout.name

    @cached_property
    def headings(self) -> list[str]:
        """The columns of its table: `row_`, then those of the layout."""
        return ["row_", *(column.name for column in self.layout.columns)]

    @cached_property
    def schema(self) -> Any:
        """The columns and their types, all text but the first."""
        return pa.schema([(name, pa.int32() if name == "row_" else pa.string()) for name in self.headings])

    @cached_property
    def fields(self) -> dict[str, int]:
        """Every element of the record, and an older name of one, to its place."""
        found = {}
        for at, column in enumerate(self.layout.columns, start=1):
            for name in (column.name, *column.also):
                if name not in _KEYS:
                    found[name] = -at if name in _MANY else at
        return found | ({"CPPreviewDate": -1} if self.name == "protection_plans" else {})


@cache
def records() -> tuple[Record, ...]:
    """Every record: the child first, then the referral, then what a referral holds."""
    lists = {name: _older(name) for name in specification("cin")["spellings"]}
    found = []
    for name, entry in specification("cin")["records"].items():
        parent = {CHILD: "", REFERRAL: CHILD}.get(name, REFERRAL)
        person, born = ("LAchildID", "PersonBirthDate") if name == CHILD else ("child", "")
        made = layout(name, entry, person=person, born=born, lists=lists)
        found.append(Record(made, entry["element"], parent, entry.get("since", specification("cin")["first_year"])))
    return tuple(found)


def _older(name: str) -> CodeList:
    return with_spellings(code_lists()[name], specification("cin")["spellings"][name])


@cache
def skipped() -> frozenset[str]:
    """Elements that only hold others."""
    wrappers = {"Header", "CollectionDetails", "Source"}
    return frozenset(specification("cin")["wrappers"]) | wrappers
