"""What a rapid review still lacks, in the order in which it is written, each with where it stands on the page."""

from collections.abc import Iterable
from typing import Any

AGENCIES = "agencies"
Gap = tuple[str, str]


def missing_of(rapid: dict[str, Any]) -> list[Gap]:
    """The words and the anchor of each gap. `rapid` is what the page shows of the rapid review. No queries."""
    owed = [one for one in rapid["parts"] if one.part is None]
    late = sum(one.is_late for one in owed)
    counted = [
        ("Agencies’ parts", len(owed), len(rapid["parts"]), f"to come, {late} late" if late else "to come", AGENCIES),
        ("Sections", _empty(rapid["sections"]), len(rapid["sections"]), "to write", "contents"),
        ("Criteria", _empty(rapid["criteria"]), len(rapid["criteria"]), "to answer", "criteria"),
        ("Partners’ positions", _empty(rapid["positions"]), len(rapid["positions"]), "awaited", "positions"),
    ]
    return [(f"{what}: {gaps} of {whole} {state}", anchor) for what, gaps, whole, state, anchor in counted if gaps]


def may_decide(missing: Iterable[Gap]) -> bool:
    """Whether the next step can be decided: an agency that is late does not hold it up."""
    return all(anchor == AGENCIES for _words, anchor in missing)


def _empty(pairs: Iterable[tuple[object, object | None]]) -> int:
    return sum(held is None for _one, held in pairs)
