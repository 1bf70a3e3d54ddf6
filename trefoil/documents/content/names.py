"""The name a file comes under: what is hostile in it is refused, not mended, so that nobody is shown another name."""

import re
import unicodedata

from .kinds import CURES, ENDINGS, LIST_WORDS, FileKind
from .refusal import RefusedFileError

LONGEST = 150
# Characters that no system takes in a name, or that turn the reading direction round and hide the true ending.
_HOSTILE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Names that Windows keeps for devices, whatever stands after the dot.
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# Endings of programs: `minutes.exe.pdf` is shown as `minutes.exe` where known endings are hidden.
_PROGRAMS = frozenset({"bat", "cmd", "com", "exe", "hta", "js", "jse", "lnk", "msi", "ps1", "scr", "vbs", "wsf", "sh"})


def plain_name(name: str) -> str:
    """The name in one spelling of its letters, without space around it. Raises RefusedFileError for a hostile one."""
    plain = unicodedata.normalize("NFC", name).strip()
    if not plain or plain.startswith("."):
        raise RefusedFileError("The file has no name. Give it one, such as minutes.pdf, and send it again.")
    if _HOSTILE.search(plain):
        raise RefusedFileError(
            "The name of the file holds a character that is not taken in a name, such as / or a hidden one. "
            "Give it a plain name, such as minutes.pdf, and send it again."
        )
    if len(plain) > LONGEST:
        raise RefusedFileError(f"The name of the file is longer than {LONGEST} characters. Shorten it.")
    if _DEVICES.match(plain) or plain.endswith("."):
        raise RefusedFileError(f"“{plain}” is a name that Windows does not take. Give the file another one.")
    if _PROGRAMS.intersection(plain.lower().split(".")[1:-1]):
        raise RefusedFileError("The name of the file has two endings, one of a program. Give it a plain name.")
    return plain


def kind_by_name(name: str) -> FileKind:
    """What the ending says. Raises RefusedFileError, with the cure where one is known, for one not on the list."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ENDINGS:
        return ENDINGS[ending]
    cure = CURES.get(ending, f"Files that are taken: {LIST_WORDS}.")
    said = f"A file that ends in .{ending[:12]} is not taken." if ending else "The file's name has no ending."
    raise RefusedFileError(f"{said} {cure}")
