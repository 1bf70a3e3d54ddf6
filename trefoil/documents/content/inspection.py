"""One question: may this file be kept, and what is it? Its name and its content must give the same answer."""

import re
from typing import IO

import puremagic

from .kinds import WORDS, FileKind
from .names import kind_by_name
from .packages import PACKAGES, check_package, locked_words
from .portable import check_pdf
from .refusal import RefusedFileError

HEAD = 8_192
_PIECE = 1024 * 1024
_TEXT = frozenset({FileKind.CSV, FileKind.TXT})
# What the first bytes may be called, for each kind that has any.
_MAGIC: dict[FileKind, frozenset[str]] = {
    FileKind.PDF: frozenset({".pdf"}),
    FileKind.PNG: frozenset({".png"}),
    FileKind.JPG: frozenset({".jpg", ".jpeg", ".jfif"}),
    **dict.fromkeys(PACKAGES, frozenset({".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods"})),
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SCRIPT = re.compile(rb"^\s*(#!|<\?php|<!doctype\s+html|<(html|script|svg|\?xml)\b)", re.IGNORECASE)


def inspect_file(file: IO[bytes], name: str) -> FileKind:
    """What the file is. Raises RefusedFileError with the reason and the cure. Leaves the file at its beginning."""
    kind = kind_by_name(name)
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise RefusedFileError("The file is empty. Choose the one you meant.")
    if head.startswith(_OLD_OFFICE):
        raise RefusedFileError(_old_office_words(kind))
    if kind in _TEXT:
        _check_text(file, head)
    else:
        _check_magic(head, kind)
        _check_inside(file, kind)
    file.seek(0)
    return kind


def _check_inside(file: IO[bytes], kind: FileKind) -> None:
    file.seek(0)
    if kind in PACKAGES:
        check_package(file, kind)
    elif kind is FileKind.PDF:
        check_pdf(file)


def _check_magic(head: bytes, kind: FileKind) -> None:
    """The first bytes must be those of the kind that the name says."""
    if not _MAGIC[kind] & _called(head):
        raise RefusedFileError(
            f"The file is called .{kind} and is not a {WORDS[kind]} inside. Open it and save it in that format."
        )


def _called(head: bytes) -> set[str]:
    """Every ending that the first bytes could have."""
    try:
        return {found.extension for found in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def _check_text(file: IO[bytes], head: bytes) -> None:
    """Text through and through, in one of two encodings, that no program would run."""
    if _SCRIPT.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise RefusedFileError("The file is a script or a page, not plain text. Save it as PDF and send that.")
    file.seek(0)
    while piece := file.read(_PIECE):
        if _CONTROL.search(piece):
            raise RefusedFileError("The file is not plain text inside. Save it as text (UTF-8) and send that.")


def _old_office_words(kind: FileKind) -> str:
    """A locked docx and an old doc begin alike."""
    if kind in PACKAGES:
        return f"{locked_words(WORDS[kind])} If it has no password it is of an old kind: save it as .{kind}."
    return f"The file is an old Office file and is called .{kind}. Save it in a format of today and send that."
