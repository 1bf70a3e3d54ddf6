"""Reads the specification files of `data/`. Pure: no database.

Source of the tables: Standard Safeguarding Dataset 1.4.5 (github.com/data-to-insight/ssd-data-model, MIT licence).
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

STORED_TYPES = {
    "id": "BIGINT",
    "date": "DATE",
    "code": "VARCHAR",
    "flags": "VARCHAR",
    "flag": "BOOLEAN",
    "count": "INTEGER",
    "number": "DOUBLE",
    "words": "VARCHAR",
    "locality": "VARCHAR",
    "age_in_months": "INTEGER",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list. `also`: other spellings that mean the same beyond doubt. `group`: the wider group."""

    code: str
    label: str
    also: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes, with its source."""

    name: str
    source: str
    codes: tuple[Code, ...]

    @property
    def spellings(self) -> dict[str, str]:
        """Every accepted spelling, folded (see `folded`), to its code. A code wins over another's label."""
        found: dict[str, str] = {}
        for code in self.codes:
            for text in (code.label, *code.also):
                found.setdefault(folded(text), code.code)
        found.update({folded(code.code): code.code for code in self.codes})
        return found


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table.

    `kept` is how the store keeps it (`id`, `date`, `code` ... or `left_out`); `of` is the domain of an identifier or
    the name of a code list, else empty.
    """

    name: str
    kept: str
    of: str = ""
    required: bool = False
    key: bool = False
    description: str = ""

    @property
    def stored_name(self) -> str:
        """A date of birth is kept as `pers_age_months`, a postcode as `addr_locality`; others under their own name."""
        return {"age_in_months": "pers_age_months", "locality": "addr_locality"}.get(self.kept, self.name)

    @property
    def stored_type(self) -> str | None:
        """The type of its column in the store, None when it is left out."""
        return STORED_TYPES.get(self.kept)

    @property
    def is_personal(self) -> bool:
        """Whether a value must never be printed in a report: it names a child, or may."""
        return self.kept in {"left_out", "id", "age_in_months", "locality"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its fields in order and, where a row is an event, the field that dates it."""

    name: str
    title: str
    fields: tuple[Field, ...]
    event: str = ""

    @property
    def person_field(self) -> Field | None:
        """The field that says which child a row is about, if there is one."""
        return next((field for field in self.fields if field.kept == "id" and field.of == "person"), None)

    @property
    def stored_columns(self) -> dict[str, str]:
        """Columns of the stored file and their types: `area`, the kept fields, `age_months` where a row is an event."""
        columns = {"area": "VARCHAR"}
        columns |= {field.stored_name: field.stored_type for field in self.fields if field.stored_type}
        if self.event and self.person_field:
            columns["age_months"] = "INTEGER"
        return columns


def folded(text: str) -> str:
    """A spelling without capitals and doubled spaces, for comparing."""
    return " ".join(text.split()).casefold()


def _read(name: str) -> Any:
    place = files("trefoil.extracts.standard") / "data" / name
    text = place.read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else tomllib.loads(text)


@cache
def code_lists() -> dict[str, CodeList]:
    """Every code list by name."""
    return {
        name: CodeList(
            name,
            entry["source"],
            tuple(
                Code(one["code"], one["label"], tuple(one.get("also", ())), one.get("group", ""))
                for one in entry["codes"]
            ),
        )
        for name, entry in _read("code_lists.toml").items()
    }


def _field(name: str, kept: str, **rest: Any) -> Field:
    how, _, of = kept.partition(":")
    return Field(name, how, of, **rest)


def _standard_table(name: str, published: list[dict[str, Any]], kept: dict[str, Any]) -> Table:
    fields = tuple(
        _field(
            one["field"],
            kept["fields"][one["field"]],
            required=one["required"] and not one["key"],
            key=one["key"],
            description=one["description"],
        )
        for one in published
    )
    return Table(name, name.removeprefix("ssd_").replace("_", " "), fields, kept.get("event", ""))


def _own_table(name: str, entry: dict[str, Any]) -> Table:
    fields = tuple(
        _field(field, kept, required=field in entry["required"], key=field == entry["key"])
        for field, kept in entry["fields"].items()
    )
    return Table(name, entry["title"], fields, entry.get("event", ""))


@cache
def load_tables(edition: str = "1.4.5") -> dict[str, Table]:
    """Every table of the store by name: the standard's of that edition, then our own."""
    kept, own = _read("kept.toml"), _read("own.toml")
    standard = _read(f"ssd-{edition}.json")["tables"]
    tables = {name: _standard_table(name, fields, kept[name]) for name, fields in standard.items()}
    return tables | {name: _own_table(name, entry) for name, entry in own.items()}
