"""Raw files, from the moment they come in until they are checked. Nobody else on the machine can read them.

One folder for each extract: its files in a folder `SENT`, and a lock that a worker holds while it checks them. The
system takes the lock from a process that is killed, so whoever gets it knows that nobody works on the extract.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

CHUNK = 1024 * 1024
INCOMING = "incoming"
# The folder of the files of one extract; the name stands in what is found against all of them together.
SENT = "the files sent"


@dataclass(frozen=True)
class Taken:
    """What came in: the names of the files, their fingerprint together, their bytes."""

    name: str
    sha256: str
    size: int


def _closed(folder: Path) -> Path:
    """The folder, made if need be, for this account alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def root() -> Path:
    return _closed(Path(settings.EXTRACT_SPOOL))


def incoming() -> Path:
    """Where a file is while the browser still sends it."""
    return _closed(root() / INCOMING)


def raw(folder: str) -> Path:
    """The files of one extract."""
    return root() / folder / SENT


def prepared(folder: str) -> Path:
    """The same, made and closed to others, for files that are about to come."""
    return _closed(_closed(root() / folder) / SENT)


def take(files: Iterable["UploadedFile[bytes]"], folder: str) -> Taken:
    """Move what a form sent into the spool. Raises FileExistsError when two files have one name."""
    place = prepared(folder)
    digest, size, names = hashlib.sha256(), 0, []
    for file in sorted(files, key=lambda one: one.name or ""):
        name = Path(file.name or "file").name
        target = place / name
        if target.exists():
            raise FileExistsError(f"two of the files are called {name}")
        size += _move(file, target, digest)
        names.append(name)
    return Taken(_in_one(names), digest.hexdigest(), size)


def _in_one(names: list[str]) -> str:
    words = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return words[:200]


def _move(file: "UploadedFile[bytes]", target: Path, digest: "hashlib._Hash") -> int:
    """To its place, with mode 0600: by a link where the file is on disk already, else by writing it. Its bytes."""
    if isinstance(file, TemporaryUploadedFile):
        os.link(file.temporary_file_path(), target)
    else:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    target.chmod(0o600)
    return _add(target, digest)


def _add(path: Path, digest: "hashlib._Hash") -> int:
    size = 0
    with path.open("rb") as opened:
        while part := opened.read(CHUNK):
            digest.update(part)
            size += len(part)
    return size


def fingerprint(path: Path) -> Taken:
    """The same for a file or a folder at the command line, which stays where it is."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    digest = hashlib.sha256()
    size = sum(_add(one, digest) for one in files)
    return Taken(path.name[:200], digest.hexdigest(), size)


def one_path(folder: str) -> Path:
    """What the intake opens: the file itself when there is one, the folder when there are several."""
    files = sorted(raw(folder).iterdir())
    return files[0] if len(files) == 1 else raw(folder)


def has(folder: str) -> bool:
    return raw(folder).is_dir()


def remove(folder: str) -> None:
    """Every trace of the raw files. Does nothing when they are gone already."""
    shutil.rmtree(root() / folder, ignore_errors=True)


def folders() -> list[str]:
    """The extracts that have something in the spool."""
    return sorted(one.name for one in root().iterdir() if one.is_dir() and one.name != INCOMING)


def changed(folder: str) -> float:
    """When something last came into the folder or left it, in seconds since 1970."""
    return (root() / folder).stat().st_mtime


@contextmanager
def scratch(folder: str) -> Iterator[None]:
    """While this lasts, what a library unpacks for a moment is in the extract's folder, and goes with it.

    A process that is killed cannot clean up after itself; in the machine's /tmp nobody would.
    """
    place, before = _closed(_closed(root() / folder) / "scratch"), tempfile.tempdir
    tempfile.tempdir = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def locked(folder: str) -> Iterator[bool]:
    """Whether nobody else works on the extract; while it is yielded nobody else can begin."""
    place = _closed(root() / folder)
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
