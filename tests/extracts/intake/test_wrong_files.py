"""Files that are not what the sender said they are: each is refused in words, and none is an error of ours."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from trefoil.extracts.intake import Context, Report, read_extract

SAMPLE = Path(__file__).parents[1] / "samples" / "Annex_A_2024_Jan.xlsx"
SHAPES = ("ssd", "annex-a", "ssda903", "cin", "episodes", None)


def read(path: Path, shape: str | None) -> Report:
    context = Context(area="X99000001", as_at=date(2024, 1, 31), key=b"k" * 32, year=2024)
    with read_extract(path, shape=shape, context=context) as intake:
        return intake.report


def faults(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.file) for one in report.findings if one.level == "fault"]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """An archive of letters and of what computers leave in archives."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("letter.docx", "notes.txt", "__MACOSX/._letter.docx", ".DS_Store"):
            archive.writestr(name, "dear all")
    path = tmp_path / "letters.zip"
    path.write_bytes(packed.getvalue())
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_archive_of_something_else_is_refused_under_its_own_name(letters: Path, shape: str | None) -> None:
    assert faults(read(letters, shape)) == [("shape-unknown", "letters.zip")]


@pytest.mark.parametrize("shape", ["ssd", "ssda903", "cin", "episodes"])
def test_workbook_sent_as_another_kind_is_refused(shape: str) -> None:
    report = read(SAMPLE, shape)
    assert report.refused
    assert {file for _, file in faults(report)} == {SAMPLE.name}


@pytest.mark.parametrize("shape", SHAPES)
def test_empty_folder_is_refused(tmp_path: Path, shape: str | None) -> None:
    (tmp_path / "nothing").mkdir()
    assert read(tmp_path / "nothing", shape).refused


def test_one_table_of_the_standard_alone_is_read_as_such(tmp_path: Path) -> None:
    path = tmp_path / "ssd_person.csv"
    path.write_text("pers_person_id,pers_sex\n1,F\n", encoding="utf-8")
    assert [(one.layout, one.rows) for one in read(path, "ssd").files] == [("ssd_person", 1)]


def test_workbook_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    (tmp_path / "covering letter.txt").write_text("dear all", encoding="utf-8")
    assert sum(one.rows for one in read(tmp_path, "annex-a").files) == 59


def test_two_censuses_in_one_folder_are_refused(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text("<Message/>", encoding="utf-8")
    assert faults(read(tmp_path, "cin")) == [("shape-unknown", tmp_path.name)]


def test_workbook_without_a_row_is_refused_and_not_stored_as_an_empty_borough(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    book.save(tmp_path / "empty.xlsx")
    assert ("file-empty", "empty.xlsx") in faults(read(tmp_path / "empty.xlsx", "annex-a"))
