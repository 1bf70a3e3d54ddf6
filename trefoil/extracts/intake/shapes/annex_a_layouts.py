"""The eleven lists of Annex A as layouts, and the spellings of their categories. Source:
`standard/data/annex_a.toml`. Pure."""

import re
from collections.abc import Iterator
from functools import cache

from trefoil.extracts.standard import CodeList, code_lists
from trefoil.extracts.standard.loader import Code, folded

from ..layouts import Layout
from .specification import layout, specification, with_spellings

CHILD = "Child Unique ID"
BORN = "Date of Birth"
AGE = "Age of Child (Years)"
NOT_KNOWN = "NOT_KNOWN"
_LETTER = re.compile(r"^[a-z]{1,2}\)\s*")
_CODE = re.compile(r"^([A-Z]*[0-9]+[A-Z]*|[A-Z])(?::| -)\s+")
_OWN_LABELS = {
    "CARE": "In care",
    "CP": "Child protection plan",
    "CIN": "Child in need plan",
    "ASSESSMENT": "Open assessment",
    "CLOSED": "Closed",
    "IN": "Inside the authority",
    "OUT": "Outside the authority",
    "1": "Withdrew",
    "2": "Put on hold",
    "3": "Refused",
}


@cache
def layouts() -> tuple[Layout, ...]:
    """The eleven lists in order. The first, `contacts`, is list 1."""
    lists = {name: _code_list(name) for name in specification("annex_a")["codes"]}
    return tuple(
        layout(name, entry, person=CHILD, born=BORN, lists=lists)
        for name, entry in specification("annex_a")["lists"].items()
    )


def number(name: str) -> int:
    """The number of a list: 1 for `contacts`."""
    return int(specification("annex_a")["lists"][name]["number"])


def _code_list(name: str) -> CodeList:
    entry = specification("annex_a")["codes"][name]
    documented: dict[str, str] = entry["documented"]
    if "of" not in entry:
        codes = dict.fromkeys(documented.values())
        base = CodeList(name, "Annex A", tuple(Code(code, _OWN_LABELS[code]) for code in codes))
        return with_spellings(base, spellings(documented))
    extra = (Code(NOT_KNOWN, "Not known"),) if NOT_KNOWN in documented.values() else ()
    return with_spellings(code_lists()[entry["of"]], spellings(documented), extra=extra)


def spellings(documented: dict[str, str]) -> dict[str, str]:
    """Every spelling that is read: a documented category ("b) 1B: Individual"), the same without its letter ("1B:
    Individual"), with the other mark after its code ("1B - Individual"), the code alone ("1B") and the words alone.
    Words that would mean several codes ("Individual") are left out: nobody may guess which was meant."""
    codes: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for category, code in documented.items():
        for spelling in _forms(category):
            codes.setdefault(folded(spelling), set()).add(code)
            written.setdefault(folded(spelling), spelling)
    return {written[key]: next(iter(meant)) for key, meant in codes.items() if len(meant) == 1}


def _forms(category: str) -> Iterator[str]:
    letter = _LETTER.match(category)
    before = letter.group() if letter else ""
    bare = category[len(before) :]
    yield from (category, bare)
    if code := _CODE.match(bare):
        short, words = code.group(1), bare[code.end() :]
        yield from (short, words)
        for mark in (": ", " - "):
            yield from (f"{short}{mark}{words}", f"{before}{short}{mark}{words}")
