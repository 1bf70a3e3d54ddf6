"""Where the files are: `TREFOIL_HOME/documents`, closed to other accounts, each under a random name.

A file is whole or not there: it is written beside its place, forced to disk, then moved. It is there before its row;
if the row is not written the file goes at once, and one that a crash left behind goes with the next sweep.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from django.conf import settings

from .content import RefusedFileError

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
_UNFINISHED = ".part"


@dataclass(frozen=True)
class Stored:
    """A file that is in its place."""

    key: UUID
    size: int
    sha256: str


def root() -> Path:
    """The folder, made if need be, for this account alone."""
    folder = Path(settings.DOCUMENT_STORE)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def place(key: UUID) -> Path:
    """Where the file of this key lies."""
    return root() / key.hex


def store(file: IO[bytes], most: int | None = None) -> Stored:
    """Write the file into a new place. Raises RefusedFileError when it is longer than `most`, or than the setting."""
    key = uuid4()
    unfinished = place(key).with_suffix(_UNFINISHED)
    try:
        stored = _written(file, unfinished, key, most or settings.DOCUMENT_MAX_BYTES)
        unfinished.replace(place(key))
    finally:
        unfinished.unlink(missing_ok=True)
    _settle(root())
    return stored


def _written(file: IO[bytes], target: Path, key: UUID, most: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        file.seek(0)
        while piece := file.read(CHUNK):
            size += len(piece)
            if size > most:
                raise RefusedFileError(too_long_words())
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return Stored(key, size, digest.hexdigest())


def _settle(folder: Path) -> None:
    """Force the folder's own list to disk, so that a moved file is there after a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def pieces(key: UUID) -> Iterator[bytes]:
    """What is in a file, a piece at a time. It is open only while somebody reads."""
    with place(key).open("rb") as opened:
        while piece := opened.read(CHUNK):
            yield piece


def remove(key: UUID) -> None:
    """Take a file away. Does nothing when it is gone already."""
    place(key).unlink(missing_ok=True)


def too_long_words() -> str:
    most = settings.DOCUMENT_MAX_BYTES // MEGABYTE
    return f"The file is larger than {most} MB. Save it smaller, for instance with smaller pictures, and send that."


def lying(before: datetime) -> Iterator[Path]:
    """Every file in the folder, finished or not, that was last written before a moment."""
    for path in sorted(root().iterdir()):
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield path


def fingerprint(key: UUID) -> str | None:
    """The SHA-256 of a stored file; None when it is not there."""
    try:
        with place(key).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return None
