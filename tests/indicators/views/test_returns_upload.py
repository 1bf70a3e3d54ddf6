"""Files sent by hand, most of them hostile: each gets a clear message, and nothing is lost or half stored."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tests.indicators.returns_made import as_file, entered, line, row, whole
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.intake.export import OutSheet, to_xlsx
from trefoil.indicators.intake.shapes.template import COLUMNS
from trefoil.indicators.intake.sheets import MAX_BYTES
from trefoil.indicators.models import AgencyReturn, Fault, Figure, ReturnMove
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def send(client: Client, held: AgencyReturn, name: str, data: bytes) -> str:
    """The page that answers, as one line of text."""
    file = SimpleUploadedFile(name, data)
    answer = client.post(f"/fairmead/returns/{held.pk}/upload/", {"file": file}, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def book(*rows: tuple[object, ...], merged: str = "") -> bytes:
    """A workbook as a person makes it: the template's headings and these rows below."""
    made = Workbook()
    page = made.worksheets[0]
    for one in (COLUMNS, *rows):
        page.append(list(one))
    if merged:
        page.merge_cells(merged)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FORMULA = book(("FD01", "", "", "2026-10", "=1+1", None, None, None, None))
MERGED = book(("FD01", "", "", "2026-10", 100), ("FD12", "", "", "2026-10", 30), merged="E2:E3")
AS_DATE = book(("FD01", "", "", datetime(2026, 10, 1), 100))  # noqa: DTZ001  a workbook's dates have no zone
NO_COLUMN = as_file([line()]).replace(b"missing_reason", b"reason")

HOSTILE = [
    ("october.pdf", b"%PDF-1.7 x", "The file is a PDF document, which cannot be read"),
    ("october.csv", b"%PDF-1.7 x", "The file is a PDF document, which cannot be read"),
    ("october.csv", b"", "The file is empty"),
    ("october.xlsx", ENCRYPTED, "The workbook is encrypted and cannot be read"),
    ("october.xlsx", FORMULA, "formula"),
    ("october.xlsx", MERGED, "merged"),
    ("october.csv", NO_COLUMN, "The column “missing_reason” is missing"),
    ("october.csv", as_file([line(area="Harbury")]), "but this return belongs to Fairmead"),
    ("october.csv", as_file([line(period="1 October 2026")]), "is not a period"),
    ("october.xlsx", AS_DATE, "was turned into a date by the spreadsheet"),
    ("october.csv", as_file([line(numerator="3 Oct")]), "is a date where a number is expected"),
    ("october.csv", as_file([line(numerator=-4)]), "a count cannot be negative"),
    (
        "october.csv",
        as_file([line(numerator=10, breakdown="outcome: signposting", value="140")]),
        "is not a percentage",
    ),
    ("october.csv", as_file([line(), line()]), "Rows 2 and 3 both give FD01 for 2026-10, with the same content"),
    ("october.csv", as_file([line(), line(numerator=7)]), "with different figures"),
    ("october.csv", as_file([line("FD99")]), "“FD99” is not an indicator of the dictionary"),
    ("october.csv", as_file([line("CP01")]), "is not asked of Fairmead Children&#x27;s Services"),
    ("october.csv", as_file([line(period="2026-09")]), "is not within this return"),
    ("october.csv", as_file([line(numerator="")]), "say why it is missing in missing_reason"),
    ("october.csv", as_file([line(numerator="", missing_reason="x" * 301)]), "at most 300 are kept"),
    ("october.csv", as_file([line(note="x" * 501)]), "at most 500 are kept"),
    ("october.csv", as_file([line(breakdown="agency: " + "x" * 200)]), "at most 160 are taken"),
    ("october.csv", "one,two\n1,2\n".encode("utf-16"), "The"),
]


@pytest.mark.parametrize(("name", "data", "said"), HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_upload_with_an_error_says_what_and_leaves_the_database_as_it_was(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime, name: str, data: bytes, said: str
) -> None:
    entered(held, world.alice, now, *whole())
    before = [list(model.objects.values()) for model in (Figure, Fault, ReturnMove, AgencyReturn)]
    page = send(client_for(world.alice), held, name, data)
    assert said in page
    assert "Nothing was stored: the file has errors" in page
    assert "The return is as it was before." in page
    assert [list(model.objects.values()) for model in (Figure, Fault, ReturnMove, AgencyReturn)] == before


def test_upload_too_big_is_refused_before_it_is_read(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    page = send(client_for(world.alice), held, "october.csv", b"x" * (MAX_BYTES + 524288))
    assert "The file is 5.5 MB; at most 5 MB is taken. Nothing was stored." in page
    assert "At most 5 MB and 20,000 rows." in page
    assert not held.figures.exists()


def test_upload_far_too_big_is_turned_away_at_the_door(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    file = SimpleUploadedFile("october.csv", b"x" * (MAX_BYTES + 2 * 1048576))
    answer = client_for(world.alice).post(f"/fairmead/returns/{held.pk}/upload/", {"file": file})
    assert answer.status_code == 413
    assert "at most 5 MB is taken" in answer.content.decode()
    assert not held.figures.exists()


def test_upload_of_many_errors_lists_them_by_row_and_column(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    rows = [line(numerator=-number, breakdown=f"agency: team {number}") for number in range(1, 13)]
    page = send(client_for(world.alice), held, "october.csv", as_file(rows))
    assert "12 errors." in page
    for number in range(2, 14):
        assert f"row {number}, column numerator" in page


def test_upload_of_accounts_says_that_a_return_does_not_hold_them(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    accounts = b"year,kind,item,amount_gbp,note\n2020/21,contribution,Council,100,\n"
    page = send(client_for(world.alice), held, "accounts.csv", accounts)
    assert "These are partnership accounts. They are checked, but a return does not hold them." in page


def test_upload_without_a_file_asks_for_one(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    answer = client_for(world.alice).post(f"/fairmead/returns/{held.pk}/upload/", {})
    assert "Choose a file to send." in answer.content.decode()


def test_upload_without_error_is_stored_and_not_submitted(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    rows = [line(), line("FD12", 30, note="=1+1 as text")]
    page = send(client_for(world.alice), held, "october.csv", as_file(rows))
    assert "Stored: 2 new, 0 restated, 0 unchanged. The return is not submitted yet." in page
    assert held.figures.get(indicator="FD12").note == "=1+1 as text"
    assert AuditEvent.objects.filter(event=EventType.RETURN_LOADED).count() == 1


def test_upload_twice_changes_nothing(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    client, data = client_for(world.alice), as_file([line(), line("FD12", 30)])
    send(client, held, "october.csv", data)
    before = list(held.figures.values())
    assert "These figures were here already. Nothing has changed." in send(client, held, "october.csv", data)
    assert list(held.figures.values()) == before


def test_upload_of_a_workbook_is_the_same_as_of_csv(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    send(client, held, "october.csv", as_file([line(), line("FD12", 30)]))
    table = [list(COLUMNS), ["FD01", "", "", "2026-10", 100, *[None] * 4], ["FD12", "", "", "2026-10", 30, *[None] * 4]]
    page = send(client, held, "october.xlsx", to_xlsx([OutSheet("Return", table)]))
    assert "Nothing has changed" in page


def test_upload_with_faults_is_stored_and_shows_them(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    rows = [line(numerator=100)] + [
        line(numerator=count, breakdown=f"outcome: {name}")
        for name, count in (
            ("referral to social care", 30),
            ("early help assessment (CAF)", 20),
            ("no further action or provision of information", 10),
            ("outcome of no further action", 10),
            ("signposting", 10),
            ("not assessed in month", 10),
        )
    ]
    page = send(client_for(world.alice), held, "october.csv", as_file(rows))
    assert "Stored: 7 new" in page
    assert "1 fault in the figures waits for an answer." in page


def test_upload_into_a_return_that_somebody_submitted_meanwhile_is_refused(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client = client_for(world.alice)
    client.post(f"/fairmead/returns/{held.pk}/submit/", {"reason": ""})
    page = send(client, held, "october.csv", as_file([line(numerator=7)]))
    assert "It has been submitted." in page
    assert held.figures.current().get(indicator="FD01").numerator == row("FD01", 100).numerator
