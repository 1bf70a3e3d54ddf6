"""From the tables in memory through the door into the store."""

from datetime import date
from pathlib import Path

import duckdb

from trefoil.extracts.privacy import CollisionError, Door, Localities, Pseudonyms
from trefoil.extracts.store import Manifest, StoredExtract, extract_folder, writing

from .assembled import Assembled
from .findings import refuse
from .layouts import Context


def store(
    connection: duckdb.DuckDBPyConnection,
    tables: Assembled,
    context: Context,
    *,
    root: Path,
    extract_id: str,
    keep_until: date | None,
) -> StoredExtract:
    """Write one extract, whole or not at all. Raises RefusedError for a collision, StoreError when it is there."""
    place = extract_folder(root, context.area, extract_id)
    manifest = Manifest(
        area=context.area,
        extract=extract_id,
        shape=tables.shape,
        edition=tables.edition,
        as_at=context.as_at,
        covers=tables.covers,
        carries=tables.carries,
        keep_until=keep_until,
    )
    with writing(root, manifest) as writer:
        door = _door(connection, tables, context)
        for table in tables.sources:
            writer.write(table.name, door.let_through(table))
    return StoredExtract(place)


def _door(connection: duckdb.DuckDBPyConnection, tables: Assembled, context: Context) -> Door:
    try:
        return Door(
            connection,
            tables.sources,
            pseudonyms=Pseudonyms(context.key, context.area),
            localities=Localities(context.localities),
            area=context.area,
            as_at=context.as_at,
        )
    except CollisionError as collision:
        cure = "Load it again under another key, for all extracts of the area."
        raise refuse("collision", "", cure, column=collision.domain) from None
