"""PDF: whole, unlocked, and without what a reader would run on opening it."""

from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .packages import locked_words
from .refusal import RefusedFileError

# What a broken or hostile file makes the library raise, besides errors of its own.
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError)
_RUNS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}


def check_pdf(file: IO[bytes]) -> None:
    """Raises RefusedFileError unless it is a whole, unlocked PDF without scripts and attached files."""
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted
        runs = not locked and _runs(reader.root_object)
    except BROKEN as broken:
        raise RefusedFileError("The file is not a whole PDF. Open it, print it to PDF again and send that.") from broken
    if locked:
        raise RefusedFileError(locked_words("PDF"))
    if runs:
        raise RefusedFileError("The PDF holds a script or an attached file. Print it to PDF again and send that.")


def _runs(root: Any) -> bool:
    """Whether opening it would run something: an action, a script by name, a file within it."""
    names = _held(root, "/Names")
    if any(_held(names, key) is not None for key in ("/JavaScript", "/EmbeddedFiles")):
        return True
    return _acts(_held(root, "/OpenAction")) or _held(root, "/AA") is not None


def _acts(action: Any) -> bool:
    return _held(action, "/S") in _RUNS


def _held(holder: Any, key: str) -> Any:
    """The value under a key of a dictionary of the PDF; None where there is none."""
    if not hasattr(holder, "get"):
        return None
    value = holder.get(key)
    return value.get_object() if hasattr(value, "get_object") else value
