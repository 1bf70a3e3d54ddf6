"""From numbers to the text that a council sends: identifiers, ISO dates, Y and N, JSON of flags, tables. Pure."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trefoil.extracts.standard import load_tables

from .days import NEVER
from .rows import Array

MARK = "SYN"
"""Every identifier begins with it, so that nobody takes an invented child for a real one."""


def _digits(numbers: Array) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers.astype(np.int64)).cast(pa.string()), 7, "0")


def identifiers(area: str, letter: str, numbers: Array) -> pa.Array:
    """`SYN-302-C0000123`; null for a number below zero."""
    made = pc.binary_join_element_wise(f"{MARK}-{area}-{letter}", _digits(np.maximum(numbers, 0)), "")
    return pc.if_else(pa.array(numbers >= 0), made, pa.scalar(None, pa.string()))


def iso(days: Array, shown: Array | None = None) -> pa.Array:
    """Days as ISO text; null for NEVER and where `shown` is false."""
    there = days != NEVER if shown is None else (days != NEVER) & shown
    safe = np.where(there, days, 0).astype(np.int32)
    return pc.if_else(pa.array(there), pa.array(safe).cast(pa.date32()).cast(pa.string()), pa.scalar(None, pa.string()))


def flags(truth: Array, shown: Array | None = None) -> pa.Array:
    """Y or N; null where `shown` is false."""
    return chosen(("N", "Y"), truth.astype(np.int64), shown)


def chosen(words: Sequence[str], which: Array, shown: Array | None = None) -> pa.Array:
    """The word at each position; null where `shown` is false."""
    taken = pa.array(list(words), pa.string()).take(pa.array(which.astype(np.int64)))
    return taken if shown is None else pc.if_else(pa.array(shown), taken, pa.scalar(None, pa.string()))


def words(values: Array, shown: Array | None = None) -> pa.Array:
    """Codes as text; null where `shown` is false or the code is empty."""
    known, which = np.unique(values.astype(str), return_inverse=True)
    there = values != "" if shown is None else (values != "") & shown
    return chosen([str(one) for one in known], which, there.astype(bool))


def numerals(values: Array, shown: Array | None = None) -> pa.Array:
    """Whole numbers as text; null where `shown` is false."""
    text = pa.array(values.astype(np.int64)).cast(pa.string())
    return text if shown is None else pc.if_else(pa.array(shown), text, pa.scalar(None, pa.string()))


def _bits(masks: Mapping[str, Array]) -> tuple[Array, Array]:
    packed = sum(mask.astype(np.int64) << place for place, mask in enumerate(masks.values()))
    return np.unique(packed, return_inverse=True)


def flag_json(masks: Mapping[str, Array], shown: Array | None = None) -> pa.Array:
    """JSON with every key and Y or N, as the standard's outcome fields: `{"NFA_FLAG": "Y", ...}`."""
    known, which = _bits(masks)
    texts = [json.dumps({key: "NY"[int(bits) >> place & 1] for place, key in enumerate(masks)}) for bits in known]
    return chosen(texts, which, shown)


def key_list(masks: Mapping[str, Array], shown: Array | None = None) -> pa.Array:
    """A JSON list of the keys that hold: `["3B", "16A"]`."""
    known, which = _bits(masks)
    texts = [json.dumps([key for place, key in enumerate(masks) if int(bits) >> place & 1]) for bits in known]
    return chosen(texts, which, shown)


@cache
def fields_of(table: str) -> tuple[str, ...]:
    """The raw field names of a table, in the standard's order."""
    return tuple(field.name for field in load_tables()[table].fields)


def table_of(name: str, size: int, columns: Mapping[str, pa.Array]) -> pa.Table:
    """A table of text with every field of the standard; those not given are blank. Raises KeyError for others."""
    if unknown := set(columns) - set(fields_of(name)):
        raise KeyError(f"{name} has no {', '.join(sorted(unknown))}")
    blank = pa.nulls(size, pa.string())
    return pa.table({field: columns.get(field, blank) for field in fields_of(name)})
