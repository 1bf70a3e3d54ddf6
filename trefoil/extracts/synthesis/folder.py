"""An invented borough as a folder of files, as a council would send it. Pure."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

FORMATS = ("csv", "parquet")


def write_folder(tables: Mapping[str, pa.Table], folder: Path, *, how: str = "csv") -> list[Path]:
    """One file per table (`ssd_contacts.csv`), the localities always as CSV. Makes the folder; gives the files.

    Raises ValueError for a format that is not one of FORMATS.
    """
    if how not in FORMATS:
        raise ValueError(f"“{how}” is not one of {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(name, table, folder, "csv" if name == "localities" else how) for name, table in tables.items()]


def _write(name: str, table: pa.Table, folder: Path, how: str) -> Path:
    place = folder / f"{name}.{how}"
    if how == "csv":
        pyarrow.csv.write_csv(table, place, pyarrow.csv.WriteOptions(quoting_style="needed"))
    else:
        pyarrow.parquet.write_table(table, place, compression="zstd")
    return place
