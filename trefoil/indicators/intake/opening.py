"""Opens what somebody sends: CSV and XLSX, judged by content and not only by name. Pure; evaluates nothing."""

from pathlib import PurePath

from .opening_text import read_text
from .opening_workbook import read_workbook
from .sheets import MAX_BYTES, Opened, RefusedError, refuse

_TEXT_NAMES = {".csv", ".tsv", ".txt"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM6", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (RAR)"),
    (b"SQLite format 3", "a database"),
)
_MARKUP = (
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"<table", "a web page"),
)
_CURE = "Save it as “CSV UTF-8” or as an Excel workbook (.xlsx) and send that."


def open_upload(name: str, data: bytes) -> Opened:
    """Open a file of figures.

    `name` is the name it was sent under, `data` its bytes. Gives the one sheet that is to be read, or no sheet and
    findings that say what is wrong, where, and how to put it right. Any bytes give an answer; none raises.
    """
    try:
        return _open(PurePath(name).suffix.lower(), data)
    except RefusedError as refused:
        return Opened(None, refused.findings)


def _open(suffix: str, data: bytes) -> Opened:
    if len(data) > MAX_BYTES:
        raise refuse(
            "file-too-big",
            f"{len(data) / 1048576:.1f} MB",
            f"at most {MAX_BYTES // 1048576} MB",
            f"The file is {len(data) / 1048576:.1f} MB; at most {MAX_BYTES // 1048576} MB is taken. Send it in parts.",
        )
    if not data.strip(b" \t\r\n\x1a\xef\xbb\xbf"):
        raise refuse("file-empty", "an empty file", "a heading row and rows of figures", "The file is empty.")
    if data.startswith(_OLE):
        raise _ole_refusal(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(suffix, data)
    _refuse_known_types(data)
    return _open_text(suffix, data)


def _open_zip(suffix: str, data: bytes) -> Opened:
    opened = read_workbook(data)
    if suffix != ".xlsx":
        raise refuse(
            "file-name",
            f"an Excel workbook under a name that ends in “{suffix}”",
            "a name that ends in .xlsx",
            "The file is an Excel workbook but its name does not say so. Rename it so that it ends in .xlsx.",
        )
    return opened


def _open_text(suffix: str, data: bytes) -> Opened:
    if suffix not in _TEXT_NAMES:
        raise refuse(
            "file-type",
            f"text under a name that ends in “{suffix}”" if suffix else "a name without an ending",
            "a CSV file (.csv) or an Excel workbook (.xlsx)",
            f"The name ends in “{suffix}” but the content is not a workbook: it is damaged or was renamed. {_CURE}",
        )
    return read_text(data)


def _refuse_known_types(data: bytes) -> None:
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _wrong_type(kind)
    for signature, kind in _MARKUP:
        if start.startswith(signature):
            raise _wrong_type(kind)


def _ole_refusal(data: bytes) -> RefusedError:
    """An OLE container is an encrypted workbook, an old .xls, or another old Office file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse(
            "file-encrypted",
            "a workbook locked with a password",
            "a workbook without a password",
            "The workbook is encrypted and cannot be read. Open it, take the password off (File, Info, "
            "Protect "
            "Workbook, Encrypt with Password, leave blank), save it and send it again.",
        )
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return _wrong_type("an old Excel workbook (.xls)")
    return _wrong_type("an old Office document")


def _wrong_type(kind: str) -> RefusedError:
    return refuse(
        "file-type",
        kind,
        "a CSV file (.csv) or an Excel workbook (.xlsx)",
        f"The file is {kind}, which cannot be read. {_CURE}",
    )
