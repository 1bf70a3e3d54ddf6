"""What the core does for any shape, shown with a small one: a register of several years, one table per year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow
import pytest

from tests.extracts.folders import context, said
from trefoil.extracts.intake import Column, Context, Days, Layout, Part, Report, View, read_extract
from trefoil.extracts.standard.loader import Code, CodeList

COLOURS = CodeList("colours", "a test", (Code("G", "Green"), Code("R", "Red")))
REGISTER = Layout(
    "register",
    "Register",
    (
        Column("Child ID", "id", required=True, also=("Child",)),
        Column("Date of birth", "date", personal=True),
        Column("Year", "count"),
        Column("Seen", "date"),
        Column("Colour", "code", codes=COLOURS),
    ),
    key=("Child ID", "Year"),
    person="Child ID",
    born="Date of birth",
    events=("Seen",),
)


@dataclass(frozen=True)
class Register:
    """Gives the tables it is made with."""

    tables: tuple[tuple[str, pyarrow.Table], ...]
    select: str = 'SELECT DISTINCT "Child ID" AS pers_person_id, "Date of birth" AS pers_dob FROM {}'
    name: str = "register"
    edition: str = "1"
    layouts: tuple[Layout, ...] = (REGISTER,)

    def recognises(self, path: Path) -> bool:
        return False

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        for file, table in self.tables:
            yield Part(REGISTER, file, "Sheet 1", table)

    def standardise(self, views: Mapping[str, View], context: Context) -> Mapping[str, str]:
        return {"ssd_person": self.select.format(views["register"].sql)}

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        return None


def table(**columns: list[str]) -> pyarrow.Table:
    rows = len(next(iter(columns.values())))
    named = {name.replace("_", " "): values for name, values in columns.items()}
    return pyarrow.table({"row_": pyarrow.array(range(5, 5 + rows), pyarrow.int32()), **named})


def report_of(tmp_path: Path, *tables: pyarrow.Table, **rest: object) -> Report:
    files = tuple((f"{2024 + at}.xlsx", one) for at, one in enumerate(tables))
    with read_extract(tmp_path, shape=Register(files), context=context(**rest)) as intake:
        return intake.report


def test_rows_of_two_files_are_checked_together(tmp_path: Path) -> None:
    first = table(Child_ID=["1", "2"], Date_of_birth=["2015-03-14", "2016-01-01"], Year=["2024", "2024"])
    second = table(child=["1", "1"], Date_of_birth=["2015-03-14", "2015-03-15"], Year=["2024", "2025"])
    report = report_of(tmp_path, first, second)

    assert said(report) == {
        ("duplicate", "2025.xlsx", 5, "Child ID"),
        ("births-differ", "2025.xlsx", 6, ""),
    }
    assert {one.rule: one.value for one in report.findings if one.level != "warning"} == {
        "duplicate": "the same as row 5 of an earlier file"
    }
    assert {one.sheet for one in report.findings} == {"Sheet 1"}
    assert [(one.file, one.rows) for one in report.files] == [("2024.xlsx", 2), ("2025.xlsx", 2)]


def test_rows_without_a_value_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    report = report_of(tmp_path, table(Child_ID=["1", " ", "3"], Seen=["", "NULL", "soon 1"]))

    assert said(report) == {("date-unreadable", "2024.xlsx", 7, "Seen")}
    assert report.files[0].rows == 2


def test_an_event_before_birth_is_held_against_the_birth_in_another_file(tmp_path: Path) -> None:
    births = table(Child_ID=["1"], Date_of_birth=["2015-03-14"], Year=["2024"])
    seen = table(Child_ID=["1", "1"], Seen=["2014-05-13", "2014-05-14"], Year=["2025", "2026"])

    assert said(report_of(tmp_path, births, seen)) == {("before-birth", "2025.xlsx", 5, "Seen")}


def test_a_list_of_the_shape_itself_has_its_own_value_map(tmp_path: Path) -> None:
    one = table(Child_ID=["1", "2", "3"], Colour=["green", "R", "crimson"])

    assert [(wait.code_list, wait.folded) for wait in report_of(tmp_path, one).unmapped] == [("colours", "crimson")]
    assert not report_of(tmp_path, one, value_map={("colours", "Crimson"): "R"}).refused


def test_two_headings_for_one_column_are_a_fault(tmp_path: Path) -> None:
    report = report_of(tmp_path, table(Child_ID=["1"], Child=["1"]))

    assert said(report) == {("heading-broken", "2024.xlsx", 1, "Child ID")}


def test_a_layout_that_is_required_and_not_given_is_a_fault(tmp_path: Path) -> None:
    other = replace(REGISTER, name="other", required=True)
    shape = Register((("2024.xlsx", table(Child_ID=["1"])),), layouts=(REGISTER, other))
    with read_extract(tmp_path, shape=shape, context=context()) as intake:
        assert {rule for rule, *_ in said(intake.report)} == {"table-missing"}


def test_an_extract_without_a_table_is_refused(tmp_path: Path) -> None:
    assert said(report_of(tmp_path)) == {("file-empty", tmp_path.name, 0, "")}


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ('SELECT "Child ID" AS child FROM {}', "child"),
        ('SELECT CAST("Child ID" AS DATE) AS pers_person_id FROM {}', "does not fit ssd_person"),
    ],
)
def test_a_shape_that_gives_what_the_standard_lacks_is_an_error_without_values(
    tmp_path: Path, select: str, words: str
) -> None:
    shape = Register((("2024.xlsx", table(Child_ID=["Quillfeather"])),), select=select)

    with pytest.raises(ValueError, match=words) as wrong:
        read_extract(tmp_path, shape=shape, context=context())

    assert "Quillfeather" not in str(wrong.value)


def test_a_stored_extract_of_several_years_says_only_what_every_year_carries(tmp_path: Path) -> None:
    first = table(Child_ID=["1"], Date_of_birth=["2015-03-14"], Year=["2024"])
    shape = Register((("2024.xlsx", first), ("2025.xlsx", table(Child_ID=["2"], Year=["2025"]))))
    seen: list[View] = []

    class Watching(Register):
        def standardise(self, views: Mapping[str, View], context: Context) -> Mapping[str, str]:
            seen.append(views["register"])
            return super().standardise(views, context)

    with read_extract(tmp_path, shape=Watching(shape.tables), context=context()) as intake:
        extract = intake.store(tmp_path / "store", "one", keep_until=date(2030, 1, 1))

    assert seen[0].carries == {"Child ID", "Year"}
    assert sorted(row["pers_age_months"] or 0 for row in extract.read("ssd_person").to_pylist()) == [0, 139]
