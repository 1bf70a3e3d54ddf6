"""Archives that are not what they say."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from trefoil.extracts.intake import RefusedError
from trefoil.extracts.intake.archives import unpack


def archive(tmp_path: Path, members: dict[str, bytes], **attributes: int) -> Path:
    path = tmp_path / "extract.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = attributes.get("mode", stat.S_IFREG | 0o600) << 16
            file.writestr(entry, data)
    return path


def unpacked(tmp_path: Path, path: Path) -> dict[str, bytes]:
    folder = tmp_path / "out"
    folder.mkdir()
    unpack(path, folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def refused(tmp_path: Path, path: Path) -> str:
    with pytest.raises(RefusedError) as refusal:
        unpacked(tmp_path, path)
    return refusal.value.findings[0].rule


def test_unpack_gives_the_files_under_their_bare_names(tmp_path: Path) -> None:
    members = {"extract/ssd_person.csv": b"a", "extract/ssd_contacts.csv": b"b", "__MACOSX/x": b"", "extract/": b""}

    assert unpacked(tmp_path, archive(tmp_path, members)) == {"ssd_person.csv": b"a", "ssd_contacts.csv": b"b"}


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "C:out.csv", "..\\out.csv"])
def test_unpack_of_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, archive(tmp_path, {name: b"x"})) == "file-unsafe"
    assert not (tmp_path / "out.csv").exists()


def test_unpack_of_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"ssd_person.csv": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)

    assert refused(tmp_path, path) == "file-unsafe"


def test_unpack_of_a_bomb_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, archive(tmp_path, {"ssd_person.csv": b"0" * 30_000_000})) == "file-unsafe"


def test_unpack_of_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"ssd_person.csv": b"0" * 30_000_000})
    whole = path.read_bytes()
    path.write_bytes(whole.replace((30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")))

    assert refused(tmp_path, path) in {"file-unsafe", "file-damaged"}
    assert sum(file.stat().st_size for file in (tmp_path / "out").iterdir()) < 20_000_000


def test_unpack_of_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a.csv", "x")

    assert refused(tmp_path, archive(tmp_path, {"inner.zip": inner.getvalue()})) == "file-unsafe"


def test_unpack_of_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"ssd_person.csv": b"x"})
    whole = bytearray(path.read_bytes())
    whole[6] |= 1
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(whole)

    assert refused(tmp_path, path) == "file-unsafe"


@pytest.mark.parametrize("second", ["A/X.csv", "a//x.csv"])
def test_unpack_of_two_files_of_one_path_is_refused(tmp_path: Path, second: str) -> None:
    assert refused(tmp_path, archive(tmp_path, {"a/x.csv": b"1", second: b"2", "b/y.csv": b"3"})) == "file-twice"


@pytest.mark.parametrize("above", ["", "return/", "care/all years/"])
def test_unpack_of_files_of_one_name_keeps_their_folders(tmp_path: Path, above: str) -> None:
    members = {"2019/episodes.csv": b"1", "2020/csv/episodes.csv": b"2", "2020/csv/header.csv": b"3"}
    place = tmp_path / "out"
    place.mkdir()

    unpack(archive(tmp_path, {f"{above}{name}": data for name, data in members.items()}), place)

    found = {file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*.csv")}
    assert found == {"2019/episodes.csv": b"1", "2020-csv/episodes.csv": b"2", "2020-csv/header.csv": b"3"}


@pytest.mark.parametrize("name", ["a" * 300, "é" * 150])
def test_unpack_of_a_very_long_name_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, archive(tmp_path, {f"{name}.csv": b"x"})) == "file-unsafe"


@pytest.mark.parametrize("members", [("2019", "2019/a.csv", "b/a.csv"), ("2019/a.csv", "b/a.csv", "2019")])
def test_unpack_of_a_file_and_a_folder_of_one_name_is_refused(tmp_path: Path, members: tuple[str, ...]) -> None:
    assert refused(tmp_path, archive(tmp_path, dict.fromkeys(members, b"x"))) == "file-damaged"


def test_unpack_of_nothing_or_very_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path, archive(tmp_path, {})) == "file-empty"
    monkeypatch.setattr("trefoil.extracts.intake.archives.MOST_FILES", 1)
    (tmp_path / "out").rmdir()
    assert refused(tmp_path, archive(tmp_path, {"a": b"", "b": b""})) == "file-unsafe"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_unpack_of_an_archive_that_was_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    path = archive(tmp_path, {"a.csv": bytes(range(256)) * 50})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    assert refused(tmp_path, path) == "file-damaged"
