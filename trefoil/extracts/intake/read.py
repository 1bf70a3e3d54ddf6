"""Reads an extract from end to end: opens it, checks it, makes the tables of the store, and stores them on demand."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from trefoil.extracts.store import StoredExtract

from .archives import unpack
from .assembled import Assembled, assemble
from .check import PartCheck
from .collected import Collected, Source
from .connection import connect, quoted
from .findings import Level, RefusedError, refuse
from .headings import match_headings
from .layouts import Context, Layout, Part, Shape, View
from .loading import Loaded, load_part
from .opening import check_folder
from .report import FieldQuality, FileRead, Report, Unmapped
from .shapes import SHAPES, shape_named
from .storing import store
from .together import Together


class Intake:
    """An extract that was read: its report, and, when it is not refused, its tables waiting for the store.

    Holds identifiable data in memory until `close`, or the end of a `with` block.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, context: Context, report: Report, tables: Assembled | None
    ) -> None:
        self.report = report
        self._connection = connection
        self._context = context
        self._tables = tables

    def store(self, root: Path, extract_id: str, *, keep_until: date | None = None) -> StoredExtract:
        """Take the extract through the door and store it under the root. `keep_until`: its last day of keeping.

        Raises RefusedError when the report refuses it or two identifiers fall on one pseudonym, StoreError when it is
        already stored. Leaves nothing behind then.
        """
        if self.report.refused or self._tables is None:
            raise RefusedError(*(one for one in self.report.findings if one.level != Level.WARNING))
        return store(
            self._connection, self._tables, self._context, root=root, extract_id=extract_id, keep_until=keep_until
        )

    def close(self) -> None:
        """Let go of everything in memory."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_extract(path: Path, *, shape: Shape | str | None = None, context: Context) -> Intake:
    """Read and check an extract: a folder, a file, or a .zip of either. Writes nothing that lasts.

    `shape`: a shape or the name of one; None: the first that recognises it. A bad extract raises nothing: the report
    of what comes back says what is wrong with it. Raises KeyError for an unknown name of a shape.
    """
    if isinstance(shape, str):
        shape = shape_named(shape)
    reading = _Reading(context)
    try:
        with unpacked(path) as place:
            reading.read(place, shape)
    except RefusedError as refused:
        reading.collected.add(refused.findings)
    except duckdb.OutOfMemoryException:
        cure = "Send it in parts, for example by year, or give the machine more memory."
        reading.collected.add(refuse("file-too-big", path.name, cure).findings)
    except BaseException:
        reading.connection.close()
        raise
    return reading.intake()


class _Reading:
    """The state of one reading, step by step."""

    def __init__(self, context: Context) -> None:
        self.connection = connect()
        self.collected = Collected()
        self._context = context
        self._shape = ""
        self._sources: list[Source] = []
        self._files: list[FileRead] = []
        self._quality: list[FieldQuality] = []
        self._unmapped: list[Unmapped] = []
        self._mapped: dict[str, int] = {}
        self._tables: Assembled | None = None

    def read(self, place: Path, shape: Shape | None) -> None:
        shape = shape or _recognised(place)
        self._shape = shape.name
        loaded = self._load(shape, place)
        if not loaded:
            if not self._report().refused:
                raise refuse("file-empty", place.name, "Send at least one table of the extract.")
            return
        if not any(one.rows for one in loaded.values()):
            raise refuse("file-empty", place.name, "It has headings and no rows. Export it again.")
        self._miss_tables(shape, loaded, place.name)
        layouts = {part.part.layout.name: part.part.layout for part in loaded.values()}
        views = _views(self.connection, layouts, loaded)
        Together(self.connection, layouts, views, self._sources, self.collected).run()
        if not self._report().refused:
            self._tables = assemble(self.connection, shape, views, self._context)
        for number in loaded:
            self.connection.execute(f"DROP TABLE part_{number}")

    def intake(self) -> Intake:
        """What the reading came to."""
        return Intake(self.connection, self._context, self._report(), self._tables)

    def _load(self, shape: Shape, place: Path) -> dict[int, Loaded]:
        loaded: dict[int, Loaded] = {}
        for number, part in enumerate(shape.parts(place, self._context)):
            self._sources.append(Source(part.file, part.sheet))
            one = self._load_part(part, number)
            if one:
                loaded[number] = one
                self._files.append(FileRead(part.file, part.sheet, part.layout.name, one.rows))
                self._context.told(part.file, one.rows)
        return loaded

    def _load_part(self, part: Part, number: int) -> Loaded | None:
        self.collected.add(part.findings)
        if part.table is None:
            return None
        matched = match_headings(part)
        self.collected.add(matched.findings)
        if not matched.headings:
            return None
        loaded = load_part(self.connection, part, matched.headings, number, self._context)
        check = PartCheck(self.connection, loaded, self.collected)
        check.run()
        self._quality += check.quality
        self._unmapped += check.unmapped
        for key, count in check.mapped.items():
            self._mapped[key] = self._mapped.get(key, 0) + count
        return replace(loaded, part=replace(part, table=None), cells=None, readings={})

    def _miss_tables(self, shape: Shape, loaded: Mapping[int, Loaded], name: str) -> None:
        given = {one.part.layout.name for one in loaded.values()}
        for layout in shape.layouts:
            if layout.required and layout.name not in given:
                self.collected.add(refuse("table-missing", name, f"Add the table “{layout.name}”.").findings)

    def _report(self) -> Report:
        tables = self._tables
        return Report(
            shape=self._shape,
            area=self._context.area,
            as_at=self._context.as_at,
            files=tuple(self._files),
            findings=tuple(self.collected.findings),
            tallies=self.collected.tallies,
            quality=tuple(self._quality),
            unmapped=tuple(self._unmapped),
            mapped=dict(self._mapped),
            covers=dict(tables.covers) if tables else {},
        )


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder or file to read; the content of a .zip lies in a folder that only we may read, and is then deleted.

    Raises RefusedError for what is not there, and for an archive that is not safe to unpack.
    """
    with ExitStack() as stack:
        if path.is_file() and path.suffix.lower() == ".zip":
            # Named after the archive: the name stands in what is found against the whole of it.
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trefoil-extract-"))) / path.name
            folder.mkdir(mode=0o700)
            unpack(path, folder)
            _check_folders(folder)
            files = list(folder.iterdir())
            yield files[0] if len(files) == 1 and files[0].suffix.lower() in {".xlsx", ".xml"} else folder
            return
        if path.is_symlink() or not path.exists():
            raise refuse("file-not-found", path.name, "Give the path of the folder or file itself.")
        if path.is_dir():
            check_folder(path)
        yield path


def _check_folders(place: Path) -> None:
    """An archive with several files of one name is for a shape whose files come in a folder for each year."""
    files = [file for folder in place.iterdir() if folder.is_dir() for file in folder.iterdir()]
    if files and not any(shape.recognises(place) for shape in SHAPES):
        cure = "Several files of the archive have this name. Only an SSDA903 return comes in a folder for each year."
        raise refuse("file-twice", place.name, cure, value=min(file.name for file in files))


def _recognised(place: Path) -> Shape:
    shape = next((shape for shape in SHAPES if shape.recognises(place)), None)
    if shape is None:
        known = ", ".join(shape.name for shape in SHAPES)
        raise refuse(
            "shape-unknown", place.name, f"Say which kind it is ({known}), and look at the names of the files."
        )
    return shape


def _views(
    connection: duckdb.DuckDBPyConnection, layouts: Mapping[str, Layout], loaded: Mapping[int, Loaded]
) -> dict[str, View]:
    views = {}
    for at, (name, layout) in enumerate(layouts.items()):
        parts = [one for one in loaded.values() if one.part.layout.name == name]
        columns = ["row_", "part_", *(quoted(one.name) for one in layout.columns if one.kind != "left_out")]
        union = " UNION ALL ".join(f"SELECT {', '.join(columns)} FROM {one.table}" for one in parts)
        connection.execute(f"CREATE TEMP VIEW view_{at} AS {union}")
        kept = {column.name for column in layout.columns if column.kind != "left_out"}
        carries = frozenset.intersection(*(one.present for one in parts)) & kept
        found = frozenset.union(*(one.present for one in parts)) & kept
        views[name] = View(f"view_{at}", carries, found)
    return views
