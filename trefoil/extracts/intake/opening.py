"""Opens CSV and Parquet files as tables of text. Pure; used by shapes that read such files.

Rows are numbered as a spreadsheet numbers them: the heading row is 1, blank rows count.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from .findings import Finding, RefusedError, refuse, warn
from .ragged import RowNumbers
from .scanning import scan

MOST_BYTES = 2 * 1024**3
MOST_ROWS = 50_000_000
MOST_COLUMNS = 500
MOST_FILES = 300
_LONGEST_HEADING = 64 * 1024
_PIECE = 4 * 1024 * 1024
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_NO_TEXT = "It holds bytes that are no text. Save it as “CSV UTF-8”."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as text: a `pyarrow.Table` whose first column is `row_`, and what was noticed on the way."""

    table: Any
    findings: tuple[Finding, ...] = ()


def files_of(folder: Path) -> list[Path]:
    """The files of a folder in order of name, without hidden ones; of a file alone, itself. Symbolic links are left out
    (`check_folder` refuses them)."""
    if folder.is_file():
        return [folder]
    return sorted(
        path for path in folder.iterdir() if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    )


def only_file(path: Path, endings: Collection[str], cure: str) -> Path:
    """The file of a kind that comes as one file: the path itself, or the one file in a folder that has such an ending.

    Raises RefusedError with the cure when there is none, or more than one.
    """
    if path.is_file():
        return path
    found = [one for one in files_of(path) if one.suffix.lower() in endings]
    if len(found) != 1:
        raise refuse("shape-unknown", path.name, cure)
    return found[0]


def check_folder(folder: Path) -> None:
    """Raises RefusedError for a folder that holds symbolic links or very many files."""
    paths = list(folder.iterdir())
    if len(paths) > MOST_FILES:
        raise refuse("file-unsafe", folder.name, f"Send a folder of at most {MOST_FILES} files.")
    for path in paths:
        if path.is_symlink():
            raise refuse("file-unsafe", path.name, "Replace the symbolic link by the file it leads to.")


def read_table(path: Path, name: str) -> Opened:
    """Read a CSV or Parquet file by its ending. `name` stands in the findings. Raises RefusedError."""
    if path.suffix.lower() == ".parquet":
        return read_parquet(path, name)
    return read_csv(path, name)


def read_csv(path: Path, name: str) -> Opened:
    """Read a CSV file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252 (told); commas, or semicolons,
    tabs or upright bars (told). Rows of another width than the heading are findings. Raises RefusedError."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise refuse("file-too-big", name, f"Send at most {MOST_BYTES // 1024**3} GB in one file.")
    encoding, notes = _encoding(path, name)
    separator, headings, told = _heading(path, name, encoding)
    rows = RowNumbers(name, len(headings))
    table = _parsed(path, name, encoding=encoding, separator=separator, headings=headings, rows=rows)
    if not table.num_rows:
        notes.append(warn("table-empty", name, "Nothing needs doing if there were no such rows."))
    return Opened(table.add_column(0, "row_", rows.of(table.num_rows)), (*notes, *told, *rows.findings()))


def _parsed(path: Path, name: str, *, encoding: str, separator: str, headings: list[str], rows: RowNumbers) -> Any:
    try:
        return pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(
                # One thread: only then does the parser know the number of a broken row.
                use_threads=False,
                block_size=_PIECE,
                encoding=encoding,
                column_names=headings,
                skip_rows=0,
                skip_rows_after_names=1,
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=rows.take,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(headings, pyarrow.string()),
                check_utf8=False,
                strings_can_be_null=False,
            ),
        )
    except (pyarrow.ArrowInvalid, pyarrow.ArrowKeyError):
        if rows.are_too_many:
            raise RefusedError(*rows.findings()) from None
        # The reason is left out: it may quote a row.
        cure = "Look for a double quote that is opened and not closed, or export the file again."
        raise refuse("file-damaged", name, cure) from None


def _encoding(path: Path, name: str) -> tuple[str, list[Finding]]:
    """The encoding by looking at every byte, and a warning when it is not UTF-8."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start.strip(b" \t\r\n\xef\xbb\xbf") and path.stat().st_size <= len(start):
        raise refuse("file-empty", name, "Export it again; it should hold a heading row and rows.")
    if start.startswith((b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        raise refuse("file-type", name, "The content is no CSV file whatever the name says. Save it as “CSV UTF-8”.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        if not scan(path, "utf-16", name).is_right:
            raise refuse("file-damaged", name, _NO_TEXT)
        return "utf-16", []
    scanned = scan(path, "utf-8", name)
    if scanned.is_right:
        return "utf8", []
    if not scan(path, "cp1252", name).is_right:
        raise refuse("file-damaged", name, _NO_TEXT)
    cure = f"From row {scanned.line:,}: look at accented letters, or save the file as “CSV UTF-8”."
    return "cp1252", [warn("encoding", name, cure, row=scanned.line)]


def _heading(path: Path, name: str, encoding: str) -> tuple[str, list[str], list[Finding]]:
    with path.open(encoding="utf-8-sig" if encoding == "utf8" else encoding, newline="") as file:
        line = file.readline(_LONGEST_HEADING)
    if not line.strip(' \t\r\n,;|"') or line.count('"') % 2:
        raise refuse("heading-broken", name, "Give the names of the columns in the first row.", row=1)
    outside = "".join(line.split('"')[::2])
    separator = max(_SEPARATORS, key=outside.count)
    headings = [heading.strip() for heading in next(csv.reader([line], delimiter=separator))]
    _check_headings(name, headings)
    if separator == "," or len(headings) == 1:
        return ",", headings, []
    return (
        separator,
        headings,
        [warn("separator", name, f"Read with {_SEPARATORS[separator]}. Commas are safer.", row=1)],
    )


def _check_headings(name: str, headings: list[str]) -> None:
    folded = [heading.casefold() for heading in headings]
    if len(headings) > MOST_COLUMNS:
        raise refuse("heading-broken", name, f"Send at most {MOST_COLUMNS} columns.", row=1)
    twice = next((heading for heading in headings if heading and folded.count(heading.casefold()) > 1), None)
    if twice:
        raise refuse("heading-broken", name, "Two columns have this name. Keep one.", row=1, column=twice)
    if any(not heading for heading in headings[:-1]):
        raise refuse("heading-broken", name, "A column has no name. Name it or take it out.", row=1)


def read_parquet(path: Path, name: str) -> Opened:
    """Read a Parquet file, every column as text (days as 2024-01-31). Raises RefusedError for a damaged one."""
    try:
        with path.open("rb") as source, pyarrow.parquet.ParquetFile(source) as file:
            _check_parquet(file, name)
        table = _encoded(path, [one.name for one in file.schema_arrow if pyarrow.types.is_string(one.type)])
    except (pyarrow.ArrowException, OSError, ValueError):
        cure = "It was cut short on its way, or is no Parquet file. Export it again and send the new copy."
        raise refuse("file-damaged", name, cure) from None
    _check_expanded(table, name)
    columns = [_as_text(table.column(at), name, heading) for at, heading in enumerate(table.column_names)]
    numbers = pyarrow.array(range(2, table.num_rows + 2), pyarrow.int32())
    notes = () if table.num_rows else (warn("table-empty", name, "Nothing needs doing if there were no such rows."),)
    return Opened(pyarrow.table([numbers, *columns], names=["row_", *table.column_names]), notes)


def _check_parquet(file: Any, name: str) -> None:
    meta = file.metadata
    size = sum(meta.row_group(at).total_byte_size for at in range(meta.num_row_groups))
    if size > MOST_BYTES or meta.num_rows > MOST_ROWS:
        raise refuse("file-too-big", name, f"Send at most {MOST_ROWS:,} rows and {MOST_BYTES // 1024**3} GB unpacked.")
    _check_headings(name, list(file.schema_arrow.names))


def _encoded(path: Path, texts: list[str]) -> Any:
    """The table with each different text once, as it lies in the file."""
    with path.open("rb") as source, pyarrow.parquet.ParquetFile(source, read_dictionary=texts) as file:
        return file.read(use_threads=False)


def _check_expanded(table: Any, name: str) -> None:
    """A few bytes can stand for one long text in millions of rows; count before the rows are written out."""
    size = 0
    for column in table.columns:
        for chunk in column.chunks if pyarrow.types.is_dictionary(column.type) else ():
            lengths = pyarrow.compute.binary_length(chunk.dictionary).take(chunk.indices)
            size += pyarrow.compute.sum(lengths).as_py() or 0
    if size > MOST_BYTES:
        raise refuse("file-too-big", name, f"It holds more than {MOST_BYTES // 1024**3} GB of text. Send it in parts.")


def _as_text(column: Any, name: str, heading: str) -> Any:
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pyarrow.types.is_floating(kind):
        column = _whole_if_it_can(column)
    try:
        return column.cast(pyarrow.string())
    except (pyarrow.ArrowNotImplementedError, pyarrow.ArrowInvalid):
        raise refuse("file-type", name, "Write the column as text, dates or figures.", column=heading) from None


def _whole_if_it_can(column: Any) -> Any:
    """Figures that some programs keep as 12.0 because a row of the column is blank."""
    try:
        return column.cast(pyarrow.int64())
    except pyarrow.ArrowInvalid:
        return column


__all__ = ["Opened", "RefusedError", "check_folder", "files_of", "read_csv", "read_parquet", "read_table"]
