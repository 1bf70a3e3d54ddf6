"""Looks at every byte of a text file before it is parsed: is it text, and are its quotes in pairs. Pure."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from .findings import refuse

PIECE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Scanned:
    """Whether every byte is text in an encoding; if not, `line` is the line of the first that is none."""

    is_right: bool
    line: int


def scan(path: Path, encoding: str, name: str) -> Scanned:
    """Look through a file. Refuses, in an encoding that fits, zero bytes and a double quote that is not closed:
    the parser would take all rows after it for one cell and lose them without a word."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, quotes = 1, 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as wrong:
                return Scanned(False, line + piece[: wrong.start].count(b"\n"))
            if "\x00" in text:
                row = line + text[: text.index("\x00")].count("\n")
                raise refuse(
                    "file-damaged", name, "It holds a zero byte, so it is no CSV file. Export it again.", row=row
                )
            line += text.count("\n")
            quotes += text.count('"')
            if not piece:
                break
    if quotes % 2:
        raise refuse("file-damaged", name, "A double quote is opened and not closed. Look for it, or export again.")
    return Scanned(True, line)
