"""Writes stored extracts: whole or not at all."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from trefoil.extracts.standard import Table, load_tables

from .manifest import Manifest, StoreError
from .places import MANIFEST, UNFINISHED, extract_folder

_ARROW = {
    "BIGINT": pyarrow.int64(),
    "DATE": pyarrow.date32(),
    "VARCHAR": pyarrow.string(),
    "BOOLEAN": pyarrow.bool_(),
    "INTEGER": pyarrow.int32(),
    "DOUBLE": pyarrow.float64(),
}
_ROW_GROUP = 122_880  # what DuckDB reads in one piece


def stored_schema(table: Table) -> Any:
    """The `pyarrow.Schema` of a table's file."""
    return pyarrow.schema([(name, _ARROW[kind]) for name, kind in table.stored_columns.items()])


def write_table(folder: Path, table: str, data: Any) -> int:
    """Write `<table>.parquet` and give its number of rows.

    `data`: a `pyarrow.Table` or `RecordBatchReader` of the table's stored columns in any order; a column it lacks
    becomes null, one that is not stored raises StoreError, as does a value that does not fit its column.
    """
    schema = stored_schema(load_tables()[table])
    extra = [name for name in data.schema.names if name not in schema.names]
    if extra:
        raise StoreError(f"The store keeps no column {extra[0]} of {table}.")
    batches = data.to_batches() if isinstance(data, pyarrow.Table) else data
    rows = 0
    with pyarrow.parquet.ParquetWriter(
        folder / f"{table}.parquet", schema, compression="zstd", use_dictionary=_texts(schema)
    ) as writer:
        for batch in batches:
            piece = _fitted(pyarrow.Table.from_batches([batch]), schema, table)
            writer.write_table(piece, row_group_size=_ROW_GROUP)
            rows += piece.num_rows
    return rows


def _texts(schema: Any) -> list[str]:
    return [one.name for one in schema if pyarrow.types.is_string(one.type) or pyarrow.types.is_date32(one.type)]


def _fitted(piece: Any, schema: Any, table: str) -> Any:
    columns = [
        piece.column(one.name) if one.name in piece.schema.names else pyarrow.nulls(piece.num_rows, one.type)
        for one in schema
    ]
    try:
        return pyarrow.table(columns, names=schema.names).cast(schema)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
        # The reason is left out: it may quote a value.
        raise StoreError(f"A value of {table} does not fit its column in the store.") from None


class Writer:
    """Writes the tables of one extract into an unfinished folder; see `writing`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}

    def write(self, table: str, data: Any) -> int:
        """Write one table (see `write_table`). Gives its number of rows."""
        if table in self.rows:
            raise StoreError(f"The table {table} was written twice.")
        self.rows[table] = write_table(self.folder, table, data)
        return self.rows[table]


@contextmanager
def writing(root: Path, manifest: Manifest) -> Iterator[Writer]:
    """Store an extract: write each table with the writer; at the end of the block it appears as a whole.

        with writing(root, manifest) as writer:
            writer.write("ssd_person", table)
        extract = StoredExtract(extract_folder(root, manifest.area, manifest.extract))

    `manifest.rows` is filled in. An error within the block, or an extract that is already there (StoreError), leaves
    nothing behind. Only its owner may read the folder.
    """
    place = extract_folder(root, manifest.area, manifest.extract)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.exists():
        raise StoreError(f"The extract {manifest.extract} is already stored.")
    unfinished = place.parent / f"{UNFINISHED}{uuid.uuid4().hex}"
    unfinished.mkdir(mode=0o700)
    try:
        writer = Writer(unfinished)
        yield writer
        text = replace(manifest, rows=writer.rows).to_json()
        (unfinished / MANIFEST).write_text(text, encoding="utf-8")
        _settle(unfinished)
        _name(unfinished, place, manifest)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _name(unfinished: Path, place: Path, manifest: Manifest) -> None:
    try:
        unfinished.rename(place)
    except OSError as wrong:
        # Another process was quicker: a folder with files in it is never written over.
        raise StoreError(f"The extract {manifest.extract} is already stored.") from wrong


def _settle(folder: Path) -> None:
    """Have the disk hold every file before the folder gets its name."""
    for path in folder.iterdir():
        path.chmod(0o600)
        with path.open("rb") as held:
            os.fsync(held.fileno())
