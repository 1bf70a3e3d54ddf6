"""Cleans the cells of a file: blank letters around a value go, and what is blank becomes null. Pure."""

from collections.abc import Mapping
from typing import Any

import pyarrow
from pyarrow import compute

from trefoil.extracts.standard.arrow_alone import leave_pandas_out

from .layouts import Layout

leave_pandas_out()
_NOTHING = pyarrow.array(["", "NULL"])
"""What stands for no value: an empty cell, and the word that some databases write for one."""


def clean_cells(table: Any, layout: Layout, headings: Mapping[str, str]) -> Any:
    """A `pyarrow.Table` of `row_` and the cells of each heading, under the names of the layout's columns.

    Rows without a value are left out. A column of codes is dictionary-encoded, each value once; of a column that is
    left out only whether it is filled remains (true or null).
    """
    columns = {name: _cleaned(table.column(heading), layout, name) for name, heading in headings.items()}
    cells = pyarrow.table({"row_": table.column("row_"), **columns})
    if not all(column.null_count for column in columns.values()):
        return cells
    some = None
    for column in columns.values():
        filled = compute.is_valid(column)
        some = filled if some is None else compute.or_(some, filled)
    return cells.filter(some)


def _cleaned(cells: Any, layout: Layout, name: str) -> Any:
    column = layout.column(name)
    if column.code_list is not None:
        return _encoded(cells)
    cleaned = _trimmed(cells)
    if column.kind == "left_out":
        return compute.if_else(compute.is_valid(cleaned), True, None)
    return cleaned


def _trimmed(cells: Any) -> Any:
    trimmed = compute.utf8_trim_whitespace(cells)
    blank = compute.is_in(trimmed, value_set=_NOTHING)
    return compute.if_else(blank, None, trimmed) if compute.any(blank).as_py() else trimmed


def _encoded(cells: Any) -> Any:
    """Codes repeat: each value is trimmed and kept once."""
    encoded = cells.dictionary_encode()
    if not encoded.num_chunks:
        return encoded
    values = _trimmed(encoded.chunk(0).dictionary)
    unique = values.unique().drop_null()
    meant = compute.index_in(values, value_set=unique)
    return pyarrow.chunked_array(
        [pyarrow.DictionaryArray.from_arrays(meant.take(chunk.indices), unique) for chunk in encoded.chunks]
    )
