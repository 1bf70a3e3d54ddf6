"""Cleans the cells of a file: blank letters around a value go, and what is blank becomes null. Pure."""

from collections.abc import Mapping
from typing import Any

import pyarrow
from pyarrow import compute

from trefoil.extracts.store.columns import texts

_NOTHING = texts(["", "NULL"])
"""What stands for no value: an empty cell, and the word that some databases write for one."""
_NULL = texts([None])[0]


def clean_cells(table: Any, headings: Mapping[str, str]) -> Any:
    """A `pyarrow.Table` of `row_` and the cells of each heading, named after the columns; rows without a value are left
    out."""
    columns = {name: _clean(table.column(heading)) for name, heading in headings.items()}
    cells = pyarrow.table({"row_": table.column("row_"), **columns})
    if all(column.null_count for column in columns.values()):
        filled = [compute.is_valid(column) for column in columns.values()]
        some = filled[0]
        for one in filled[1:]:
            some = compute.or_(some, one)
        cells = cells.filter(some)
    return cells


def _clean(column: Any) -> Any:
    trimmed = compute.utf8_trim_whitespace(column)
    blank = compute.is_in(trimmed, value_set=_NOTHING)
    return compute.if_else(blank, _NULL, trimmed) if compute.any(blank).as_py() else trimmed
