"""Layouts from the specification files, and SELECTs over checked views. What the shapes of a national return share.
Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast, get_args

from trefoil.extracts.standard import CodeList, code_lists
from trefoil.extracts.standard.loader import Code

from ..layouts import Column, Kind, Layout, View

_QUOTED = re.compile(r'"([^"]+)"')


@cache
def specification(name: str) -> dict[str, Any]:
    """The specification file `standard/data/<name>.toml` as it stands."""
    place = files("trefoil.extracts.standard") / "data" / f"{name}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


def with_spellings(code_list: CodeList, spellings: Mapping[str, str], *, extra: Iterable[Code] = ()) -> CodeList:
    """The list with more codes, and with more spellings of its codes (spelling to code)."""
    more: dict[str, list[str]] = {}
    for spelling, code in spellings.items():
        more.setdefault(code, []).append(spelling)
    codes = (
        Code(code.code, code.label, (*code.also, *more.get(code.code, ())), code.group)
        for code in (*code_list.codes, *extra)
    )
    return CodeList(code_list.name, code_list.source, tuple(codes))


def layout(
    name: str, entry: Mapping[str, Any], *, person: str, born: str = "", lists: Mapping[str, CodeList] | None = None
) -> Layout:
    """A layout from one entry of a specification. `lists`: code lists that differ from the store's own.

    `person` and `born` name the columns with the child and the date of birth, where the entry has them.
    """
    columns = tuple(_column(one, lists or {}) for one in entry["columns"])
    names = {column.name for column in columns}
    return Layout(
        name,
        entry["title"],
        columns,
        orders=tuple((first, second) for first, second in entry.get("orders", ())),
        person=person if person in names else "",
        born=born if born in names else "",
        events=tuple(entry.get("events", ())) if person in names else (),
        required=entry.get("required", False),
    )


def _column(entry: Mapping[str, Any], lists: Mapping[str, CodeList]) -> Column:
    kind, _, codes = entry["kind"].partition(":")
    return Column(
        entry["name"],
        _kind(kind),
        required=entry.get("required", False),
        codes=lists.get(codes) or (code_lists()[codes] if codes else ""),
        personal=entry.get("personal", kind == "id"),
        also=tuple(entry.get("also", ())),
        expected=entry.get("expected", False),
        refers=entry.get("refers", ""),
        as_standard=entry.get("as_standard", ""),
    )


def _kind(word: str) -> Kind:
    if word not in get_args(Kind):
        raise ValueError(word)
    return cast(Kind, word)


def select(view: View, fields: Mapping[str, str], *, where: str = "", source: str = "") -> str:
    """`SELECT fields FROM view`, without the fields that the view cannot carry.

    `fields`: name in the result to an expression. Every column of the layout is written in double quotes, and only
    those are: a field is left out when one of them is not carried. `source` stands in for the view when it was
    worked on first.
    """
    kept = [f"{sql} AS {name}" for name, sql in fields.items() if carried(view, sql)]
    condition = f" WHERE {where}" if where else ""
    return f"SELECT {', '.join(kept)} FROM {source or view}{condition}"


def carried(view: View | None, sql: str) -> bool:
    """Whether the view has every column that the expression names."""
    return view is not None and set(_QUOTED.findall(sql)) <= view.carries
