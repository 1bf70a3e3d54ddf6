"""Unpacks a .zip of the files of an extract into a folder of its own. Refuses what is not safe to unpack. Pure."""

import os
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath

from .findings import RefusedError, refuse
from .opening import MOST_BYTES, MOST_FILES

MOST_RATIO = 300
_RATIO_FROM_BYTES = 10 * 1024 * 1024
_PIECE = 1024 * 1024
_LONGEST_PATH = 200  # bytes; a file system takes 255
_NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError),
    # A file and a folder of one name.
    *(FileExistsError, IsADirectoryError),
)


def unpack(archive: Path, folder: Path) -> None:
    """Write the files of an archive into an empty folder, each under its bare name. Raises RefusedError.

    Where two have one bare name, such as `2019/episodes.csv` and `2020/episodes.csv`, each lies in a folder named
    after its own. Refused: members with a path that leads elsewhere or a very long name, symbolic links, passwords, an
    archive in the archive, two files of one path, too many or too big members, or members that unpack to far more than
    was sent. Sizes are counted while unpacking; what the archive says of itself is not believed.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not _is_noise(member)]
            names = _checked(archive.name, members)
            left = MOST_BYTES
            for member, name in zip(members, names, strict=True):
                left -= _unpack(opened, member, folder / name, left)
    except _BROKEN:
        raise refuse(
            "file-damaged", archive.name, "The archive was cut short or is no archive. Send it again."
        ) from None


def _is_noise(member: zipfile.ZipInfo) -> bool:
    return member.is_dir() or any(noise in member.filename for noise in _NOISE)


def _checked(archive: str, members: list[zipfile.ZipInfo]) -> list[PurePosixPath]:
    """Where each member goes, below the folder."""
    if not members:
        raise refuse("file-empty", archive, "Put the files of the extract into the archive.")
    if len(members) > MOST_FILES:
        raise refuse("file-unsafe", archive, f"Send at most {MOST_FILES} files in one archive.")
    paths = [_path(archive, member) for member in members]
    bare = [PurePosixPath(path.name) for path in paths]
    if _twice(bare) is None:
        return bare
    shared = len(PurePosixPath(os.path.commonpath(path.parent for path in paths)).parts)
    places = [PurePosixPath("-".join(path.parts[shared:-1]), path.name) for path in paths]
    twice = _twice(places)
    if twice:
        raise refuse("file-twice", archive, "Two files of the archive have this name. Keep one.", value=str(twice))
    return places


def _twice(places: list[PurePosixPath]) -> PurePosixPath | None:
    """The first place that another has too, capitals aside."""
    counts = Counter(str(place).casefold() for place in places)
    return next((place for place in places if counts[str(place).casefold()] > 1), None)


def _path(archive: str, member: zipfile.ZipInfo) -> PurePosixPath:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        raise _unsafe(archive, "A file of the archive has a path that leads out of it. Put bare files into it.")
    if stat.S_IFMT(member.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise _unsafe(archive, "The archive holds a symbolic link or a device. Put the files themselves into it.")
    if member.flag_bits & 1:
        raise _unsafe(archive, "The archive is locked with a password. Take the password off.")
    if path.suffix.lower() == ".zip":
        raise _unsafe(archive, "The archive holds another archive. Put the files themselves into it.")
    if member.file_size > _RATIO_FROM_BYTES and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise _too_big(archive)
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise _unsafe(archive, "A file of the archive has a very long name. Give it a shorter one.")
    return path


def _unpack(opened: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, left: int) -> int:
    """Unpack one member and give its size. The limit is held against what really comes out."""
    limit = min(left, max(MOST_RATIO * member.compress_size, _RATIO_FROM_BYTES))
    size = 0
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with opened.open(member) as packed, place.open("xb") as file:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise _too_big(str(opened.filename and Path(opened.filename).name))
            file.write(piece)
    return size


def _unsafe(archive: str, cure: str) -> RefusedError:
    return refuse("file-unsafe", archive, cure)


def _too_big(archive: str) -> RefusedError:
    return refuse("file-unsafe", archive, "It unpacks to far more than was sent. Send the files without packing them.")
