"""Opening CSV and Parquet as tables of text."""

from datetime import date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake import RefusedError
from trefoil.extracts.intake.opening import check_folder, files_of, read_csv, read_parquet


def opened(tmp_path: Path, data: bytes) -> tuple[list[dict[str, object]], list[str]]:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    found = read_csv(path, "file.csv")
    return found.table.to_pylist(), [f"{one.rule} {one.row}" for one in found.findings]


def refused(tmp_path: Path, data: bytes, name: str = "file.csv") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RefusedError) as refusal:
        (read_parquet if name.endswith("parquet") else read_csv)(path, name)
    return refusal.value.findings[0].rule


ROW = [{"row_": 2, "a": "é", "b": "2"}]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("a,b\né,2\n".encode(), []),
        ("a,b\r\né,2".encode("utf-8-sig"), []),
        ("a,b\né,2\n".encode("utf-16"), []),
        ("a,b\né,2\n".encode("cp1252"), ["encoding 2"]),
        ("a;b\né;2\n".encode(), ["separator 1"]),
        ("a\tb\né\t2\n".encode(), ["separator 1"]),
        ('"a"|"b"\n"é"|"2"\n'.encode(), ["separator 1"]),
    ],
)
def test_read_csv_in_any_encoding_and_separator_gives_the_same(tmp_path: Path, data: bytes, told: list[str]) -> None:
    assert opened(tmp_path, data) == (ROW, told)


def test_read_csv_numbers_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    rows, told = opened(tmp_path, b'a,b\n1,2\n\n3\n"x\ny",4\n5,6,7\n8,"9, 10"\n')

    assert [(row["row_"], row["a"], row["b"]) for row in rows if row["a"]] == [
        (2, "1", "2"),
        (5, "x\ny", "4"),
        (7, "8", "9, 10"),
    ]
    assert told == ["row-broken 4", "row-broken 6"]


def test_read_csv_numbers_rows_right_far_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.opening._PIECE", 256)
    lines = [f"{at},value {at}" if at % 97 else "too,many,cells" for at in range(2, 1_002)]
    rows, told = opened(tmp_path, "\n".join(["a,b", *lines]).encode())

    assert all(row["a"] == str(row["row_"]) for row in rows)
    assert told == [f"row-broken {at}" for at in range(2, 1_002) if not at % 97]


def test_read_csv_with_very_many_broken_rows_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.ragged.MOST_BROKEN", 300)
    path = tmp_path / "file.csv"
    path.write_text("a,b\n" + "1,2,3\n" * 5_000)

    with pytest.raises(RefusedError) as refusal:
        read_csv(path, "file.csv")

    assert [one.row for one in refusal.value.findings] == list(range(2, 302))


def test_read_csv_that_is_not_utf8_far_into_the_file_is_told_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.scanning.PIECE", 64)
    _, told = opened(tmp_path, b"a,b\n" + b"plain,text\n" * 50 + b"caf\xe9,x\n")

    assert told == ["encoding 52"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"\n\n1,2\n", "heading-broken"),
        (b"a,A\n1,2\n", "heading-broken"),
        (b"a,,c\n1,2,3\n", "heading-broken"),
        (b'a,"b\nc"\n1,2\n', "heading-broken"),
        (b"a,b\n1,\x00\n", "file-damaged"),
        (b"a,b\n\x81\x8d,2\n", "file-damaged"),
        (b"PK\x03\x04aaaa", "file-type"),
        (b"PAR1aaaa", "file-type"),
        (",".join(f"c{at}" for at in range(600)).encode(), "heading-broken"),
    ],
)
def test_read_csv_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    assert refused(tmp_path, data) == rule


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_read_csv_with_a_quote_left_open_is_refused(tmp_path: Path, encoding: str) -> None:
    assert refused(tmp_path, ('a,b\né,"2\n' + "3,4\n" * 10).encode(encoding)) == "file-damaged"


def test_read_csv_with_headings_alone_warns(tmp_path: Path) -> None:
    assert opened(tmp_path, b"a,b\n") == ([], ["table-empty 0"])


def test_read_csv_larger_than_is_taken_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.opening.MOST_BYTES", 10)

    assert refused(tmp_path, b"a,b\n1,2\n3,4\n") == "file-too-big"


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.tuples(*[st.text(st.characters(exclude_characters="\x00\r", codec="utf-8"), max_size=8)] * 2),
        min_size=1,
        max_size=8,
    )
)
def test_read_csv_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    text = "first,second\n" + "".join(f"{cell(a)},{cell(b)}\n" for a, b in rows)
    found, told = opened(tmp_path_factory.mktemp("csv"), text.encode())

    assert [(row["row_"], row["first"], row["second"]) for row in found] == [
        (at, a, b) for at, (a, b) in enumerate(rows, start=2)
    ]
    assert told == []


def test_read_parquet_gives_every_column_as_text(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    table = pyarrow.table(
        {
            "whole": pyarrow.array([1, None], pyarrow.int64()),
            "whole_as_float": pyarrow.array([12.0, None], pyarrow.float64()),
            "float": pyarrow.array([1.5, None], pyarrow.float64()),
            "day": pyarrow.array([date(2026, 1, 31), None], pyarrow.date32()),
            "moment": pyarrow.array([datetime(2026, 1, 31, 9, 30), None], pyarrow.timestamp("ns")),  # noqa: DTZ001
            "yes": pyarrow.array([True, None], pyarrow.bool_()),
            "few": pyarrow.array(["x", None], pyarrow.string()).dictionary_encode(),
        }
    )
    pyarrow.parquet.write_table(table, path)
    first, second = read_parquet(path, "file.parquet").table.to_pylist()

    assert first["row_"] == 2
    assert [first[name] for name in ("whole", "whole_as_float", "float", "yes", "few")] == [
        "1",
        "12",
        "1.5",
        "true",
        "x",
    ]
    assert first["day"] == "2026-01-31"
    assert first["moment"].startswith("2026-01-31 09:30:00")
    assert set(second.values()) == {3, None}


def test_read_parquet_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "whole.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"a": list(range(1_000))}), path)
    data = path.read_bytes()

    assert refused(tmp_path, data[: len(data) // 2], "cut.parquet") == "file-damaged"
    assert refused(tmp_path, b"", "empty.parquet") == "file-damaged"
    assert refused(tmp_path, b"no parquet at all", "text.parquet") == "file-damaged"


def test_read_parquet_of_few_bytes_that_stand_for_very_much_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"a": ["x" * 10_000] * 1_000}), path)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr("trefoil.extracts.intake.opening.MOST_BYTES", 1_000_000)

    with pytest.raises(RefusedError) as refusal:
        read_parquet(path, "bomb.parquet")

    assert refusal.value.findings[0].rule == "file-too-big"


def test_read_parquet_with_lists_in_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lists.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"a": [[1, 2], [3]]}), path)

    with pytest.raises(RefusedError) as refusal:
        read_parquet(path, "lists.parquet")

    assert (refusal.value.findings[0].rule, refusal.value.findings[0].column) == ("file-type", "a")


def test_files_of_a_folder_leaves_out_hidden_files_and_links(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden"):
        (tmp_path / name).write_text("x")
    (tmp_path / "inner").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")

    assert [path.name for path in files_of(tmp_path)] == ["a.csv", "b.csv"]


def test_check_folder_with_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("/etc/hostname")

    with pytest.raises(RefusedError, match="symbolic link"):
        check_folder(tmp_path)


def test_check_folder_of_very_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.opening.MOST_FILES", 2)
    for name in "abc":
        (tmp_path / name).touch()

    with pytest.raises(RefusedError, match="at most 2"):
        check_folder(tmp_path)
