"""Stored extracts: written whole or not at all, read, and deleted."""

import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow
import pytest

from trefoil.extracts.store import (
    Manifest,
    StoredExtract,
    StoreError,
    delete,
    expired,
    extract_folder,
    stored_extracts,
    sweep,
    write_table,
    writing,
)


def manifest(extract: str = "one", **rest: object) -> Manifest:
    return Manifest(
        **{  # type: ignore[arg-type]
            "area": "E09000003",
            "extract": extract,
            "shape": "ssd",
            "edition": "1.4.5",
            "as_at": date(2026, 10, 31),
            "covers": {"ssd_contacts": (date(2023, 11, 1), date(2026, 10, 31))},
            "carries": {"ssd_contacts": ("cont_contact_id",)},
            **rest,
        }
    )


def contacts(*numbers: int) -> pyarrow.Table:
    return pyarrow.table({"area": ["E09000003"] * len(numbers), "cont_contact_id": list(numbers)})


def stored(root: Path, extract: str = "one", **rest: object) -> StoredExtract:
    with writing(root, manifest(extract, **rest)) as writer:
        writer.write("ssd_contacts", contacts(7, 8))
    return StoredExtract(extract_folder(root, "E09000003", extract))


def test_writing_gives_an_extract_that_says_what_was_written(tmp_path: Path) -> None:
    extract = stored(tmp_path, keep_until=date(2032, 10, 31))

    assert extract.manifest == manifest(rows={"ssd_contacts": 2}, keep_until=date(2032, 10, 31))
    assert extract.tables == ("ssd_contacts",)
    assert extract.covers["ssd_contacts"] == (date(2023, 11, 1), date(2026, 10, 31))
    assert "ssd_person" not in extract.covers
    assert "cont_contact_id" in extract.carries["ssd_contacts"]
    assert "age_months" not in extract.carries["ssd_contacts"]
    assert extract.read("ssd_contacts").column("cont_contact_id").to_pylist() == [7, 8]
    assert extract.read("ssd_contacts").schema.field("cont_contact_date").type == pyarrow.date32()


def test_writing_lets_only_the_owner_read(tmp_path: Path) -> None:
    folder = stored(tmp_path).folder

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_writing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with writing(tmp_path, manifest()) as writer:
            writer.write("ssd_contacts", contacts(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list((tmp_path / "E09000003").iterdir()) == []


def test_writing_an_extract_that_is_there_leaves_it_as_it_was(tmp_path: Path) -> None:
    first = stored(tmp_path)

    with pytest.raises(StoreError, match="already stored"):
        stored(tmp_path)

    assert first.read("ssd_contacts").num_rows == 2


def test_writing_while_another_process_stores_the_same_extract_leaves_the_quicker_one(tmp_path: Path) -> None:
    def race() -> None:
        with writing(tmp_path, manifest()) as writer:
            writer.write("ssd_contacts", contacts(1))
            stored(tmp_path)

    with pytest.raises(StoreError, match="already stored"):
        race()

    assert [one.rows["ssd_contacts"] for one in stored_extracts(tmp_path)] == [2]
    assert len(list((tmp_path / "E09000003").iterdir())) == 1


def test_writing_under_a_name_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    for area, extract in (("..", "one"), ("E09000003", "../one"), ("E09000003", ""), ("/", "one"), ("a", ".hidden")):
        with pytest.raises(StoreError, match="named in letters"):
            extract_folder(tmp_path, area, extract)


def test_write_table_of_a_column_that_is_not_stored_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pers_surname"):
        write_table(tmp_path, "ssd_person", pyarrow.table({"pers_surname": ["Quillfeather"]}))


def test_write_table_of_a_value_that_does_not_fit_is_refused_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        write_table(tmp_path, "ssd_contacts", pyarrow.table({"cont_contact_id": ["Quillfeather"]}))

    assert "Quillfeather" not in str(refused.value)


def test_write_table_twice_with_the_same_rows_gives_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_table(tmp_path / name, "ssd_contacts", contacts(*range(1, 500)))
        files.append((tmp_path / name / "ssd_contacts.parquet").read_bytes())

    assert files[0] == files[1]


def test_stored_extract_that_lost_a_table_is_refused(tmp_path: Path) -> None:
    extract = stored(tmp_path)
    extract.path("ssd_contacts").unlink()

    with pytest.raises(StoreError, match="lost its table ssd_contacts"):
        StoredExtract(extract.folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "null"])
def test_stored_extract_with_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    extract = stored(tmp_path)
    (extract.folder / "manifest.json").write_text(text)

    with pytest.raises(StoreError, match="damaged"):
        StoredExtract(extract.folder)


def test_stored_extract_of_a_later_format_is_refused(tmp_path: Path) -> None:
    extract = stored(tmp_path)
    whole = json.loads((extract.folder / "manifest.json").read_text())
    (extract.folder / "manifest.json").write_text(json.dumps({**whole, "format": 2}))

    with pytest.raises(StoreError, match="format 2"):
        StoredExtract(extract.folder)


def test_stored_extracts_are_listed_oldest_first(tmp_path: Path) -> None:
    stored(tmp_path, "late", as_at=date(2026, 10, 31))
    stored(tmp_path, "early", as_at=date(2026, 9, 30))
    (tmp_path / "E09000003" / ".unfinished-x").mkdir()

    assert [one.extract for one in stored_extracts(tmp_path)] == ["early", "late"]
    assert [one.extract for one in stored_extracts(tmp_path, "E09000003")] == ["early", "late"]
    assert stored_extracts(tmp_path, "E09000004") == []
    assert stored_extracts(tmp_path / "nowhere") == []


def test_delete_removes_every_file_of_one_extract_alone(tmp_path: Path) -> None:
    gone, kept = stored(tmp_path, "gone"), stored(tmp_path, "kept")

    delete(gone)
    delete(gone)

    assert list((tmp_path / "E09000003").iterdir()) == [kept.folder]


def test_expired_on_the_day_after_the_last_day_of_keeping_names_the_extract(tmp_path: Path) -> None:
    stored(tmp_path, "old", keep_until=date(2026, 10, 31))
    stored(tmp_path, "new", keep_until=date(2027, 10, 31))
    stored(tmp_path, "unsaid")

    assert expired(tmp_path, date(2026, 10, 31)) == []
    assert [one.extract for one in expired(tmp_path, date(2026, 11, 1))] == ["old"]


def test_sweep_deletes_what_a_killed_process_left_and_nothing_newer(tmp_path: Path) -> None:
    kept = stored(tmp_path)
    left = kept.folder.with_name(".unfinished-abc")
    left.mkdir()
    (left / "ssd_person.parquet").write_bytes(b"half")

    assert sweep(tmp_path, before=datetime(2020, 1, 1, tzinfo=UTC)) == 0
    assert sweep(tmp_path, before=datetime(2100, 1, 1, tzinfo=UTC)) == 1
    assert list((tmp_path / "E09000003").iterdir()) == [kept.folder]
