"""Values in no list: one that can be shown waits until it is decided, however long; one that cannot is put right."""

from pathlib import Path

from tests.extracts.folders import contact, context, person, write_csv
from trefoil.extracts.intake import Report, read_extract
from trefoil.extracts.intake.shapes import SHAPES, known_code_lists
from trefoil.extracts.standard import code_lists
from trefoil.extracts.standard.loader import folded

SOURCE = "cont_contact_source_code"


def report_of(folder: Path, sources: list[str], **rest: object) -> Report:
    write_csv(folder, "ssd_person", [person()])
    write_csv(folder, "ssd_contacts", [contact(f"C{at}", **{SOURCE: one}) for at, one in enumerate(sources)])
    with read_extract(folder, context=context(**rest)) as intake:
        return intake.report


def test_a_long_value_is_settled_once_it_is_decided_as_it_was_told(tmp_path: Path) -> None:
    longest = max(len(spelling) for codes in code_lists().values() for spelling in codes.spellings)
    long = ("Local authority services: our own front door,  early help hub and partners " * 3)[: longest + 5]

    (told,) = report_of(tmp_path, [long]).unmapped

    assert not report_of(tmp_path, [long], value_map={(told.code_list, folded(told.value)): "5B"}).refused


def test_values_that_cannot_be_shown_are_faults_with_every_row(tmp_path: Path) -> None:
    """A decision on a page could not reach them: nobody sees what they say."""
    report = report_of(tmp_path, ["seen 3.4.2024", "Vicar", "see 14/03/2015", "seen 3.4.2024", "a" * 200])

    faults = [(one.row, one.value) for one in report.findings if one.rule == "code-hidden"]
    assert sorted(faults) == [(row, "(not shown)") for row in (2, 4, 5, 6)]
    assert {one.level for one in report.findings if one.rule == "code-hidden"} == {"fault"}
    assert [one.value for one in report.unmapped] == ["Vicar"]


def test_every_list_that_a_value_may_wait_for_is_known_by_its_name() -> None:
    for column in (column for shape in SHAPES for layout in shape.layouts for column in layout.columns):
        if column.code_list is not None:
            assert column.code_list.name in known_code_lists()
