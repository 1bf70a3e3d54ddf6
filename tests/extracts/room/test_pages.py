"""The pages of extracts: what each says, to whom, and at what cost."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.extracts.room.loaded import (
    decided_value,
    loaded,
    quickly_stored,
    received,
    stored_copy,
    tables,
    uploads,
)
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.extracts import job, spool
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
UPLOAD = "/fairmead/extracts/upload/"
REASON = "to check why August has so many referrals"

EMPTY = (
    "extract_list",
    "extract_upload",
    "value_lists",
    "extract_quality",
    "extract_figures",
    "extract_journey",
    "extract_settings",
)
PATHS = (
    "",
    "figures/",
    "figures/?kind=rolling_12",
    "figures/?kind=nonsense&extract=abc",
    "figures/FD12/",
    "figures/FD12/?by=locality",
    "figures/FD12/?by=team",
    "figures/CL01/",
    "journey/",
    "journey/?by=locality&group=Harbour",
    "quality/",
    "quality/?show=all",
    "values/",
    "values/referral_source/",
    "values/referral_source/?q=fence",
    "{pk}/",
    "{pk}/changes/",
    "{pk}/rows/FD12/2026-08..2026-08/",
    "{pk}/rows/FD12/2026-08..2026-08/?by=locality&group=Harbour",
    "{pk}/delete/",
    "{pk}/report.csv",
    "{pk}/progress/",
    "settings/",
)


@pytest.mark.parametrize("name", EMPTY)
def test_page_without_an_extract_says_so(world: World, client_for: ClientFor, name: str) -> None:
    answer = client_for(world.analyst).get(reverse(name, args=["fairmead"]))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_page_of_a_stored_extract_answers(world: World, now: datetime, client_for: ClientFor, path: str) -> None:
    extract = quickly_stored(world, now=now)
    decided_value(world, now=now)
    answer = client_for(world.analyst).get(f"/fairmead/extracts/{path.format(pk=extract.pk)}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "values/no_such_list/",
        "figures/XX99/",
        "{pk}/rows/XX99/2026-08..2026-08/",
        "{pk}/rows/FD12/August/",
        "{pk}/rows/FD12/2026-08..2026-08/?by=shoe_size",
        "999999/",
    ],
)
def test_address_of_nothing_is_404(world: World, now: datetime, client_for: ClientFor, path: str) -> None:
    extract = quickly_stored(world, now=now)
    assert client_for(world.analyst).get(f"/fairmead/extracts/{path.format(pk=extract.pk)}").status_code == 404


def sent(found: dict[str, list[dict[str, object]]], world: World, folder: Path, **more: object) -> dict[str, object]:
    """What the form sends."""
    as_at = {"as_at_day": "31", "as_at_month": "10", "as_at_year": "2026"}
    return {"agency": world.social_care.pk, "shape": "ssd", **as_at, "uploads": uploads(found, folder), **more}


def test_upload_answers_at_once_and_queues_the_check(world: World, client_for: ClientFor, tmp_path: Path) -> None:
    client = client_for(world.analyst)
    answer = client.post(UPLOAD, sent(tables(2), world, tmp_path / "sent"))
    extract = Extract.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/fairmead/extracts/{extract.pk}/")
    assert (extract.state, extract.received_by, extract.agency) == ("received", world.analyst, world.social_care)
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [extract.pk]
    page = client.get(answer["Location"]).content.decode()
    assert "<progress" in page
    assert "Waiting for its turn" in page
    assert client.get(f"{answer['Location']}progress/").json() == {
        "share": 0,
        "stage": "Waiting for its turn",
        "step": "Waiting for its turn",
        "ended": False,
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"agency": ""}, "Choose an answer to"),
        ({"uploads": []}, "Choose the file"),
        ({"as_at_year": "2126"}, "cannot be in the future"),
        ({"shape": "cin"}, "Enter the year of this return"),
        ({"uploads": [SimpleUploadedFile("a.csv", b"x"), SimpleUploadedFile("a.csv", b"y")]}, "the same name"),
    ],
)
def test_upload_that_is_not_right_says_why_and_leaves_no_file(
    world: World, client_for: ClientFor, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    answer = client_for(world.analyst).post(UPLOAD, {**sent(tables(2), world, tmp_path / "sent"), **change})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert (Extract.objects.count(), spool.folders()) == (0, [])


def test_upload_of_the_same_files_again_says_so_and_leaves_no_file(
    world: World, client_for: ClientFor, tmp_path: Path
) -> None:
    client = client_for(world.analyst)
    client.post(UPLOAD, sent(tables(2), world, tmp_path / "sent"))
    answer = client.post(UPLOAD, sent(tables(2), world, tmp_path / "again"))
    assert "This very file is stored already, or is being checked." in answer.content.decode()
    assert len(spool.folders()) == Extract.objects.count() == 1


def test_large_file_is_streamed_to_the_spool_and_never_to_tmp(
    world: World, client_for: ClientFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = []
    take = spool.take

    def watched(files: list[SimpleUploadedFile], folder: str) -> spool.Taken:
        places.extend(Path(file.temporary_file_path()) for file in files)
        return take(files, folder)

    monkeypatch.setattr(spool, "take", watched)
    big = SimpleUploadedFile("ssd_person.csv", b"pers_person_id\n" + b"CHILD-1\n" * 400_000)
    answer = client_for(world.analyst).post(UPLOAD, sent({}, world, tmp_path / "sent", uploads=[big]))
    assert answer.status_code == 302
    assert {place.parent for place in places} == {spool.incoming()}
    assert list(spool.incoming().iterdir()) == []


def test_refused_extract_says_where_and_gives_its_report_as_csv(
    world: World, now: datetime, client_for: ClientFor, tmp_path: Path
) -> None:
    found = tables(4)
    found["ssd_contacts"][1]["cont_contact_date"] = "31/02/2026"
    extract = loaded(world, found, tmp_path / "sent", now=now)
    client = client_for(world.analyst)
    page = client.get(f"/fairmead/extracts/{extract.pk}/").content.decode()
    assert "Nothing was stored: 1 fault was found" in page
    assert "ssd_contacts.csv, cont_contact_date" in page
    count = extract.finding_counts.get(level="fault")
    listed = client.get(f"/fairmead/extracts/{extract.pk}/findings/{count.pk}/").content.decode()
    assert "31/02/2026" in listed
    report = client.get(f"/fairmead/extracts/{extract.pk}/report.csv").content.decode("utf-8-sig")
    row = next(one for one in csv.DictReader(io.StringIO(report)) if one["Level"] == "Fault")
    assert (row["File"], row["Row"], row["Value"]) == ("ssd_contacts.csv", "3", "31/02/2026")
    assert AuditEvent.objects.filter(event=EventType.EXPORTED).count() == 1


@pytest.mark.parametrize(
    "path", ["", "quality/", "journey/", "figures/", "figures/FD12/", "values/", "values/referral_source/"]
)
def test_page_asks_the_database_as_often_for_three_extracts_as_for_one(
    world: World, now: datetime, client_for: ClientFor, path: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/fairmead/extracts/{path}").status_code == 200
        return len(queries)

    client = client_for(world.analyst)
    decided_value(world, now=now)
    asked()
    one = asked()
    for months in (1, 2):
        stored_copy(world, now=now, as_at=date(2026, 10 - months, 30))
    assert asked() == one


def test_deleting_by_the_page_takes_the_extract_and_says_so(world: World, now: datetime, client_for: ClientFor) -> None:
    extract = quickly_stored(world, now=now)
    address = f"/fairmead/extracts/{extract.pk}/delete/"
    client = client_for(world.analyst)
    assert "Say why" in client.post(address, {"reason": ""}).content.decode()
    page = client.post(address, {"reason": "sent by mistake, it is another area's"}, follow=True).content.decode()
    assert "What it held is deleted." in page
    assert Extract.objects.get().state == ExtractState.DELETED


def test_settings_keep_localities_and_the_retention_period(world: World, client_for: ClientFor) -> None:
    client, address = client_for(world.analyst), "/fairmead/extracts/settings/"
    page = client.post(address, {"which": "localities", "lines": "zz1 2, Riverside\n\nZZ9,Hill"}, follow=True)
    assert "ZZ12, Riverside" in page.content.decode()
    assert "Line 1 is not" in client.post(address, {"which": "localities", "lines": "Riverside"}).content.decode()
    kept = {"which": "retention", "months": "6", "why": "our information agreement says so"}
    assert "6 months after" in client.post(address, kept, follow=True).content.decode()
    assert "between 1 and" not in client.get(address).content.decode()


def test_page_of_a_working_extract_offers_no_deletion(
    world: World, now: datetime, client_for: ClientFor, tmp_path: Path
) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    client = client_for(world.analyst)
    assert "Wait until that has ended" in client.get(f"/fairmead/extracts/{extract.pk}/delete/").content.decode()
    job.stop_extract(extract=extract, reason="stopped by hand", by=world.analyst, now=now)
    assert "stopped by hand" in client.get(f"/fairmead/extracts/{extract.pk}/").content.decode()
