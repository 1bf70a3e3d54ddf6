"""Office files are zip files of parts. They are opened here, never unpacked: sizes, locks, macros, names of parts."""

import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from .kinds import WORDS, FileKind
from .refusal import RefusedFileError

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
# Real documents stay under this many times their size; a bomb is thousands of times.
MOST_TIMES = 200
SMALL = 10 * 1024 * 1024
_LONGEST_READ = 2 * 1024 * 1024

_MAIN_TYPE = {
    FileKind.DOCX: b"wordprocessingml.document.main+xml",
    FileKind.XLSX: b"spreadsheetml.sheet.main+xml",
    FileKind.PPTX: b"presentationml.presentation.main+xml",
}
_OPEN_DOCUMENT = {
    FileKind.ODT: b"application/vnd.oasis.opendocument.text",
    FileKind.ODS: b"application/vnd.oasis.opendocument.spreadsheet",
}
PACKAGES = frozenset({*_MAIN_TYPE, *_OPEN_DOCUMENT})
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "basic/", "scripts/")


def check_package(file: IO[bytes], kind: FileKind) -> None:
    """Raises RefusedFileError unless the file is a sound package of this kind, unlocked and without macros."""
    words = WORDS[kind]
    try:
        with ZipFile(file) as package:
            _check_parts(package.infolist(), words)
            _check_macros(package.infolist(), words)
            _check_kind(package, kind)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise RefusedFileError(f"The file is not a whole {words}. Open it, save it again and send that.") from broken


def _check_parts(parts: list[ZipInfo], words: str) -> None:
    """Number, size and names of the parts, as the package announces them."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    bomb = unpacked > SMALL and unpacked > MOST_TIMES * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or bomb:
        raise RefusedFileError(
            f"The {words} would unpack to far more than its size, as an attack does. Save it as PDF and send that."
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedFileError(locked_words(words))
    if any(_leaves(part.filename) for part in parts):
        raise RefusedFileError(f"The {words} holds a part that points outside it. Save it again and send that.")


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _check_macros(parts: list[ZipInfo], words: str) -> None:
    names = [f"/{part.filename.lower()}" for part in parts]
    if any(macro in name for name in names for macro in _MACRO_PARTS):
        raise RefusedFileError(f"The {words} holds macros. Save it without them, or as PDF, and send that.")


def _check_kind(package: ZipFile, kind: FileKind) -> None:
    """What the package says it is must be what its name says."""
    if kind in _OPEN_DOCUMENT:
        said = _part(package, "mimetype").strip()
        right = said == _OPEN_DOCUMENT[kind]
        if b"manifest:encryption-data" in _part(package, "META-INF/manifest.xml"):
            raise RefusedFileError(locked_words(WORDS[kind]))
    else:
        said = _part(package, "[Content_Types].xml")
        right = _MAIN_TYPE[kind] in said
        if b"macroenabled" in said.lower():
            raise RefusedFileError(f"The {WORDS[kind]} may hold macros. Save it without them and send that.")
    if not right:
        raise RefusedFileError(f"The file is called .{kind} and is something else inside. Give it its right ending.")


def _part(package: ZipFile, name: str) -> bytes:
    """The beginning of a part; empty when there is none. Never more than two megabytes, whatever it announces."""
    if name not in package.namelist():
        return b""
    with package.open(name) as part:
        return b"".join(_pieces(part))


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    left = _LONGEST_READ
    while left > 0 and (piece := part.read(min(left, 65_536))):
        left -= len(piece)
        yield piece


def locked_words(words: str) -> str:
    return (
        f"The {words} is locked with a password. Save it without one and send that. Its marking says who may read it."
    )
