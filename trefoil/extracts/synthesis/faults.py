"""What is wrong in real files, put into an invented one. Pure.

The draws are apart from those of the borough: the same seed gives the same borough with and without faults.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .draw import Draw
from .profile import AreaProfile
from .rows import Array
from .text import MARK

SETS = ("none", "usual", "unmapped", "refused")
"""Each holds the faults of those before it: none; at most warnings; values for the value map; what refuses a file."""


@dataclass(frozen=True)
class Fault:
    """One fault of `faults.toml`. `share`: of the rows with a value. `words`: from a value to others, "" for any."""

    set: str
    table: str
    column: str
    how: str
    share: float
    says: str
    words: Mapping[str, list[str]] = field(default_factory=dict)
    other: str = ""


@cache
def known_faults() -> tuple[Fault, ...]:
    """Every fault, in the order of the file."""
    text = (files("trefoil.extracts.synthesis") / "faults.toml").read_text(encoding="utf-8")
    return tuple(
        Fault(**{("other" if name == "with" else name): value for name, value in one.items()})
        for one in tomllib.loads(text)["fault"]
    )


def with_faults(tables: Mapping[str, pa.Table], profile: AreaProfile, *, seed: int, faults: str) -> dict[str, pa.Table]:
    """The tables with the faults of a set and of those before it. Raises ValueError for a set that is not in SETS."""
    if faults not in SETS:
        raise ValueError(f"“{faults}” is not one of {', '.join(SETS)}")
    taken = SETS[: SETS.index(faults) + 1]
    spoilt, draw = dict(tables), Draw(seed, profile.code + " faults")
    for fault in known_faults():
        rows = _rows(spoilt[fault.table], fault, draw)
        if fault.set in taken and len(rows):
            spoilt[fault.table] = _spoil(spoilt[fault.table], fault, rows)
    return spoilt


def _rows(table: pa.Table, fault: Fault, draw: Draw) -> Array:
    """The rows that the fault strikes; at least one, where there is any to strike."""
    values = table[fault.column]
    fits = values.is_valid()
    if fault.words and "" not in fault.words:
        fits = pc.and_(fits, pc.is_in(values, pa.array(list(fault.words))))
    if fault.other:
        # Two equal dates swapped are no fault.
        fits = pc.and_(fits, pc.fill_null(pc.not_equal(values, table[fault.other]), False))
    possible = np.flatnonzero(fits.to_numpy())
    wanted = min(max(round(fault.share * len(possible)), 1), len(possible))
    chosen: Array = np.sort(draw.rng.choice(possible, wanted, replace=False))
    return chosen


def _spoil(table: pa.Table, fault: Fault, rows: Array) -> pa.Table:
    if fault.how == "twice":
        return pa.concat_tables([table, table.take(pa.array(rows))])
    if fault.how == "swapped":
        first, last = (table[name].take(pa.array(rows)).to_pylist() for name in (fault.other, fault.column))
        return _put(_put(table, fault.other, rows, last), fault.column, rows, first)
    values = table[fault.column].take(pa.array(rows)).to_pylist()
    return _put(table, fault.column, rows, [_written(fault, value, place) for place, value in enumerate(values)])


def _written(fault: Fault, value: str, place: int) -> str | None:
    """What stands in the cell instead."""
    if fault.how in {"word", "spelled"}:
        ways = fault.words.get(value) or fault.words[""]
        return ways[place % len(ways)]
    ways_of_writing: dict[str, str | None] = {
        "blank": None,
        "day_first": f"{value[8:]}/{value[5:7]}/{value[:4]}",
        "time": f"{value} 00:00:00",
        "lower": value.lower(),
        "padded": f" {value}  ",
        "orphan": f"{MARK}-GONE-{place:07}",
    }
    return ways_of_writing[fault.how]


def _put(table: pa.Table, column: str, rows: Array, values: list[str | None]) -> pa.Table:
    mask = np.zeros(table.num_rows, dtype=bool)
    mask[rows] = True
    held = table[column].combine_chunks()
    changed = pc.replace_with_mask(held, pa.array(mask), pa.array(values, pa.string()))
    return table.set_column(table.schema.get_field_index(column), column, changed)
