"""Reads the small parts of a workbook: its list of sheets, its content types, its number formats. Pure."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from .sheets import refuse

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_PERCENT = {9, 10}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class NumberKind(StrEnum):
    """What a cell's number format makes of the number that is stored."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet in the workbook's list: its name, where it stands, what sort it is, whether it is hidden."""

    name: str
    target: str
    kind: str
    hidden: bool


class PartReader(ContentHandler):
    """A streaming reader of one part.

    `start` and `end` get the local name of each element, without its prefix.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Called when an element opens."""

    def end(self, name: str) -> None:
        """Called when an element closes."""


class _Parser(DefusedExpatParser):
    """The guarded parser, which hands elements straight to the reader: two calls fewer for each."""

    def __init__(self, reader: PartReader) -> None:
        super().__init__(forbid_dtd=True)
        self.setContentHandler(reader)
        self._reader = reader

    def start_element(self, name: str, attrs: Mapping[str, str]) -> None:
        self._reader.start(name.rpartition(":")[2] if ":" in name else name, attrs)

    def end_element(self, name: str) -> None:
        self._reader.end(name.rpartition(":")[2] if ":" in name else name)


def parse(part: bytes, handler: PartReader) -> None:
    """Stream a part through a reader. Document types and entities are refused before they can expand."""
    source = InputSource()
    source.setByteStream(io.BytesIO(part))
    try:
        _Parser(handler).parse(source)
    except DefusedXmlException as wrong:
        raise refuse(
            "file-entities",
            "a document type or entity inside the workbook",
            "a workbook as Excel writes it",
            "The workbook holds XML entities, which no spreadsheet program writes and which may attack. "
            "Copy the rows of figures into a new workbook and send that.",
        ) from wrong
    except SAXException as wrong:
        raise refuse(
            "file-broken",
            "a part that is not well formed",
            "a whole workbook",
            "The workbook is damaged. Open it, save it again and send the new copy.",
        ) from wrong


class _Elements(PartReader):
    """Calls one function with the local name and the attributes of every element."""

    def __init__(self, take: Callable[[str, dict[str, str]], None]) -> None:
        super().__init__()
        self._take = take

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._take(name, {key.rpartition(":")[2]: value for key, value in attributes.items()})


def content_types(part: bytes) -> dict[str, str]:
    """Part name to content type, from `[Content_Types].xml`."""
    found: dict[str, str] = {}

    def take(name: str, attributes: dict[str, str]) -> None:
        if name == "Override":
            found[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")

    parse(part, _Elements(take))
    return found


def parts_named(relations: bytes) -> dict[str, str]:
    """Kind (`styles`, `sharedStrings`) to target, for the parts that a workbook has once."""
    return dict(_relations(relations).values())


def sheet_list(workbook: bytes, relations: bytes) -> list[ListedSheet]:
    """The sheets in the order of their tabs."""
    targets = _relations(relations)
    found: list[ListedSheet] = []

    def take(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            kind, target = targets.get(attributes.get("id", ""), ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            found.append(ListedSheet(attributes.get("name", ""), target, kind, hidden))

    parse(workbook, _Elements(take))
    return found


def _relations(part: bytes) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def take(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    parse(part, _Elements(take))
    return found


def number_kinds(styles: bytes) -> list[NumberKind]:
    """What each cell style (by its index) does to a number."""
    custom: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def take(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            used.append(int(attributes.get("numFmtId", "0")))

    parse(styles, _Elements(take))
    return [_kind(number, custom.get(number)) for number in used]


def _kind(number: int, code: str | None) -> NumberKind:
    shown = _NOT_SHOWN.sub("", code).lower() if code else ""
    if number in _BUILT_IN_PERCENT or "%" in shown:
        return NumberKind.PERCENT
    if shown.replace("general", "") and re.search("[dmyhs]", shown.replace("general", "")):
        return NumberKind.DATE
    return NumberKind.DATE if code is None and number in _BUILT_IN_DATES else NumberKind.PLAIN
