"""Deletes stored extracts, and says which have been kept long enough."""

import shutil
from datetime import date, datetime
from pathlib import Path

from .places import LEAVING, UNFINISHED
from .reading import StoredExtract, stored_extracts


def delete(extract: StoredExtract) -> None:
    """Delete an extract with all its files. It is gone for readers at once; deleting twice is no error."""
    leaving = extract.folder.with_name(f"{LEAVING}{extract.extract}")
    if extract.folder.exists():
        extract.folder.rename(leaving)
    if leaving.exists():
        shutil.rmtree(leaving)


def expired(root: Path, today: date) -> list[StoredExtract]:
    """The extracts whose last day of keeping (`keep_until`) lies before today, oldest first."""
    return [
        extract
        for extract in stored_extracts(root)
        if extract.manifest.keep_until and extract.manifest.keep_until < today
    ]


def sweep(root: Path, *, before: datetime) -> int:
    """Delete what a killed process left half written or half deleted, when last touched before that moment.

    Gives how many folders went.
    """
    left = [
        folder
        for area in (root.iterdir() if root.is_dir() else ())
        if area.is_dir()
        for folder in area.iterdir()
        if folder.name.startswith((UNFINISHED, LEAVING)) and folder.stat().st_mtime < before.timestamp()
    ]
    for folder in left:
        shutil.rmtree(folder)
    return len(left)
