"""Reads stored extracts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet

from .manifest import Days, Manifest, StoreError, manifest_from
from .places import MANIFEST, area_folder


class StoredExtract:
    """One stored extract. Raises StoreError when the folder does not hold all that its manifest says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            text = (folder / MANIFEST).read_text(encoding="utf-8")
        except OSError as wrong:
            raise StoreError(f"There is no stored extract at {folder.name}. Load it again.") from wrong
        self.manifest: Manifest = manifest_from(text)
        lost = [table for table in self.manifest.rows if not self.path(table).is_file()]
        if lost:
            raise StoreError(f"The stored extract {self.extract} has lost its table {lost[0]}. Load it again.")

    @property
    def area(self) -> str:
        """The code of its area."""
        return self.manifest.area

    @property
    def extract(self) -> str:
        """Its id."""
        return self.manifest.extract

    @property
    def as_at(self) -> date:
        """The day on which it was taken."""
        return self.manifest.as_at

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables it has, in order of name."""
        return tuple(sorted(self.manifest.rows))

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows by table."""
        return self.manifest.rows

    def path(self, table: str) -> Path:
        """The Parquet file of a table, whether or not it is there."""
        return self.folder / f"{table}.parquet"

    @property
    def carries(self) -> Mapping[str, tuple[str, ...]]:
        """By table, the fields about which the extract can say something (names as stored)."""
        return self.manifest.carries

    @property
    def covers(self) -> Mapping[str, Days]:
        """By table, the days in which every event is in the extract; a table that is not there: nobody can say."""
        return self.manifest.covers

    def read(self, table: str) -> Any:
        """One table as a `pyarrow.Table`. Raises StoreError when the extract lacks it."""
        if table not in self.manifest.rows:
            raise StoreError(f"The stored extract {self.extract} has no table {table}.")
        return pyarrow.parquet.read_table(self.path(table), memory_map=False)


def stored_extracts(root: Path, area: str | None = None) -> list[StoredExtract]:
    """Every whole extract under the root, of one area or of all, oldest first."""
    areas = [area_folder(root, area)] if area else sorted(root.iterdir()) if root.is_dir() else []
    found = [
        StoredExtract(folder)
        for place in areas
        if place.is_dir() and not place.name.startswith(".")
        for folder in sorted(place.iterdir())
        if not folder.name.startswith(".") and (folder / MANIFEST).is_file()
    ]
    return sorted(found, key=lambda extract: (extract.as_at, extract.area, extract.extract))
