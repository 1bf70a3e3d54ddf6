"""Reads a children in need census as XML, one element at a time, into columns. Pure; memory stays flat.

Nothing but plain elements and text is taken: a document type, an entity, a processing instruction that leads elsewhere,
deep nesting, very long text or a very long tag refuses the file. expat is used as it comes with Python, in the one
way that is fast enough: three small functions and no tree.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pyarrow as pa

from ..findings import Finding, Level, refuse, warn
from .cin_records import CHILD, REVIEW, Record, records, skipped
from .columns import numbers, texts
from .specification import specification

MAX_BYTES = 4 * 1024**3
MAX_DEPTH = 32
MAX_TEXT = 10_000
MAX_TAG = 4 * 1024 * 1024
MAX_STRANGE = 500
CHILDREN_AT_ONCE = 500
_PIECE = 1024 * 1024
_READABLE = {None, "utf-8", "us-ascii", "ascii", "utf-16", "iso-8859-1", "latin-1", "windows-1252", "cp1252"}
_CURE = "Export the census again from your system and send that file unchanged."

_ENCODING = f"It is in an encoding that cannot be read. Use UTF-8. {_CURE}"

Row = list[Any]


class _StopError(Exception):
    """Raised inside expat to leave it: the rule and the cure."""

    def __init__(self, rule: str, cure: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.cure = cure


@dataclass
class Read:
    """What a file came to: per record its table of text, the header of the census, and what was noticed."""

    tables: dict[str, Any]
    header: dict[str, str]
    findings: tuple[Finding, ...]


@dataclass
class _Sink:
    """Rows of finished children, turned to columns every CHILDREN_AT_ONCE."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {record.name: [] for record in records()})
    batches: dict[str, list[Any]] = field(default_factory=lambda: {record.name: [] for record in records()})

    def flush(self) -> None:
        for record in records():
            rows = self.rows[record.name]
            if rows:
                columns = zip(*rows, strict=True)
                arrays = [numbers(next(columns)), *(texts(column) for column in columns)]
                self.batches[record.name].append(pa.RecordBatch.from_arrays(arrays, schema=record.schema))
                rows.clear()

    def tables(self) -> dict[str, Any]:
        self.flush()
        return {
            record.name: pa.Table.from_batches(self.batches[record.name], schema=record.schema) for record in records()
        }


def read_census(path: Path) -> Read:
    """Every record of the file. `row_` is the line on which a record begins; where several begin on one line, they are
    numbered on. Raises RefusedError for a file that is not well formed, not safe, or not a census."""
    if path.stat().st_size > MAX_BYTES:
        raise refuse("file-too-big", path.name, "Send a file of at most 4 GB.")
    reader = _Reader(path.name)
    parser = reader.parser
    try:
        for piece, fed in _pieces(path):
            parser.Parse(piece, False)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise _StopError("file-unsafe", f"It has a tag of more than 4 MB. {_CURE}")
        parser.Parse(b"", True)
    except _StopError as stop:
        raise refuse(stop.rule, path.name, stop.cure, row=parser.CurrentLineNumber) from None
    except expat.ExpatError as wrong:
        reason = expat.ErrorString(wrong.code)
        cure = f"It is not well-formed XML ({reason}). {_CURE}"
        raise refuse("file-damaged", path.name, cure, row=wrong.lineno) from None
    except (LookupError, UnicodeError, ValueError):
        raise refuse("file-damaged", path.name, _ENCODING) from None
    return reader.result()


def _pieces(path: Path) -> Iterator[tuple[bytes, int]]:
    fed = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            fed += len(piece)
            yield piece, fed


def _guarded() -> Any:
    """A parser that refuses what a census never holds."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def no_type(*_: object) -> int:
        raise _StopError("file-unsafe", f"It has a document type or entities, which a census never has. {_CURE}")

    def encoding(_version: str, name: str | None, _standalone: int) -> None:
        if (name or "utf-8").lower() not in _READABLE:
            raise _StopError("file-damaged", _ENCODING)

    parser.StartDoctypeDeclHandler = no_type
    parser.EntityDeclHandler = no_type
    parser.UnparsedEntityDeclHandler = no_type
    parser.ExternalEntityRefHandler = no_type
    parser.SkippedEntityHandler = no_type
    parser.XmlDeclHandler = encoding
    return parser


class _Reader:
    """The state of one reading. `start`, `data` and `end` are closures: local names are what makes them quick."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sink = _Sink()
        self.header: dict[str, str] = {}
        self.unknown: dict[str, tuple[int, int]] = {}
        self.twice: list[Finding] = []
        self.parser = _guarded()
        self._last = 0
        self._child: Row | None = None
        self._pending: list[tuple[str, Row]] = []
        self._open: list[tuple[Record, Row]] = []
        self._children = 0
        self._listen()

    def result(self) -> Read:
        """What was read. Raises RefusedError when there was no child at all."""
        if not self._children:
            raise refuse(
                "shape-unknown", self.file, "It holds no children. Send the XML of the children in need census."
            )
        cure = "Check its name against the census of the year. It stands"
        notes = [
            warn("column-unknown", self.file, f"{cure} {_times(count)}.", row=line, column=name)
            for name, (line, count) in sorted(self.unknown.items())
        ]
        return Read(self.sink.tables(), self.header, (*self.twice, *notes))

    def _listen(self) -> None:
        by_element = {record.element: record for record in records() if record.name != REVIEW}
        depth = 0
        buffer = ""
        fields: Mapping[str, int] = {}
        row: Row = []

        def start(name: str, _attributes: Mapping[str, str]) -> None:
            nonlocal depth, buffer, fields, row
            depth += 1
            buffer = ""
            if name in by_element:
                row = self._begin(by_element[name])
                fields = by_element[name].fields
            elif depth > MAX_DEPTH:
                raise _StopError("file-unsafe", f"Its elements are nested more than {MAX_DEPTH} deep. {_CURE}")

        def data(text: str) -> None:
            nonlocal buffer
            buffer += text
            if len(buffer) > MAX_TEXT:
                raise _StopError("file-unsafe", f"An element holds more than {MAX_TEXT:,} letters. {_CURE}")

        def end(name: str) -> None:
            nonlocal depth, buffer, fields, row
            depth -= 1
            at = fields.get(name)
            if at is None:
                if name in by_element:
                    row, fields = self._finish()
                elif name not in skipped():
                    self._strange(name, buffer)
            elif at > 0 and row[at] is None:
                row[at] = buffer
            else:
                self._again(name, at, row, buffer)
            buffer = ""

        self.parser.StartElementHandler = _first(self.parser, start)
        self.parser.CharacterDataHandler = data
        self.parser.EndElementHandler = end

    def _line(self) -> int:
        self._last = max(self.parser.CurrentLineNumber, self._last + 1)
        return self._last

    def _begin(self, record: Record) -> Row:
        parent = self._open[-1][0].name if self._open else ""
        if record.parent != parent:
            raise _StopError("file-damaged", f"{record.element} stands where it cannot stand. {_CURE}")
        row: Row = [None] * len(record.headings)
        row[0] = self._line()
        if parent == CHILD:
            self._pending.append((record.name, row))
        elif parent:
            row[2] = self._open[-1][1]
            self._pending.append((record.name, row))
        self._open.append((record, row))
        return row

    def _finish(self) -> tuple[Row, Mapping[str, int]]:
        record, row = self._open.pop()
        if record.name == CHILD:
            self._finish_child(row)
        if not self._open:
            return [], {}
        parent, parent_row = self._open[-1]
        return parent_row, parent.fields

    def _finish_child(self, child: Row) -> None:
        """Gives every row of the child its identifiers: child, referral, plan. They were rows until now."""
        name = child[1]
        days: dict[str, int] = {}
        rows = self.sink.rows
        rows[CHILD].append(child)
        for table, row in self._pending:
            row[1] = name
            held = row[2]
            if held is None:
                days[row[3]] = count = days.get(row[3], 0) + 1
                row[2] = f"{name}|{row[3]}|{count}"
            else:
                row[2] = held[2]
            if table == REVIEW:
                row[3] = f"{row[2]}|plan|{row[3][3]}"
            rows[table].append(row)
        self._pending.clear()
        self._children += 1
        if self._children % CHILDREN_AT_ONCE == 0:
            self.sink.flush()

    def _again(self, name: str, at: int, row: Row, text: str) -> None:
        """A second element of one name: one more value, one more review, or too many."""
        if at < 0 and name == "CPPreviewDate":
            plan = row
            self._pending.append((REVIEW, [self._line(), None, plan[2], plan, text]))
        elif at < 0:
            kept = row[-at]
            row[-at] = text if kept is None else f"{kept},{text}"
        else:
            line = self.parser.CurrentLineNumber
            cure = "Keep one of the two."
            self.twice.append(Finding(Level.FAULT, self.file, "", line, name, "", "element-twice", cure))

    def _strange(self, name: str, text: str) -> None:
        if self._open or name not in _HEADER:
            if name not in self.unknown and len(self.unknown) >= MAX_STRANGE:
                raise _StopError("file-unsafe", f"More than {MAX_STRANGE} of its elements are no census's. {_CURE}")
            line, count = self.unknown.get(name, (self.parser.CurrentLineNumber, 0))
            self.unknown[name] = (line, count + 1)
        else:
            self.header.setdefault(name, text.strip())


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


_HEADER = frozenset(specification("cin")["header"])


def _first(parser: Any, start: Callable[[str, Mapping[str, str]], None]) -> Callable[[str, Mapping[str, str]], None]:
    """The handler of the first element: it must be a Message. Where names carry a prefix, the prefix is taken off."""

    def first(name: str, attributes: Mapping[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if local.casefold() != "message":
            raise _StopError("shape-unknown", f"A children in need census begins with Message. {_CURE}")
        parser.StartElementHandler = start
        if prefix:
            end = parser.EndElementHandler
            parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        start(local, attributes)

    return first
