"""Folders of Parquet with a manifest: the only code that writes or deletes stored extracts."""

from .manifest import Manifest, StoreError
from .places import extract_folder
from .reading import StoredExtract, stored_extracts
from .retention import delete, expired, sweep
from .writing import Writer, stored_schema, write_table, writing

__all__ = [
    "Manifest",
    "StoreError",
    "StoredExtract",
    "Writer",
    "delete",
    "expired",
    "extract_folder",
    "stored_extracts",
    "stored_schema",
    "sweep",
    "write_table",
    "writing",
]
