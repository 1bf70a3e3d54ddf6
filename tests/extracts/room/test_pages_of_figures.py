"""The pages that decide values, show rows and figures, and say what changed."""

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client

from tests.extracts.room.loaded import (
    decided_value,
    quickly_stored,
    stored_copy,
)
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.extracts.enums import Decision
from trefoil.extracts.figures_file import FIGURES, SCHEMA
from trefoil.extracts.models import MappedValue
from trefoil.extracts.storing import stored_folder
from trefoil.extracts.views import quality
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
UPLOAD = "/fairmead/extracts/upload/"
REASON = "to check why August has so many referrals"


def test_values_are_searched_decided_together_and_undone(world: World, now: datetime, client_for: ClientFor) -> None:
    decided_value(world, now=now)
    vicar = MappedValue.objects.get(raw="Vicar")
    client, address = client_for(world.analyst), "/fairmead/extracts/values/referral_source/"
    assert "Vicar" not in client.get(f"{address}?q=fence").content.decode()
    answer = client.post(address, {"values": [vicar.pk], "code": "1D", "why": "clergy"}, follow=True)
    assert "The meaning of 1 value is saved." in answer.content.decode()
    vicar.refresh_from_db()
    assert (vicar.code, vicar.decided_by) == ("1D", world.analyst)
    client.post(f"/fairmead/extracts/values/undo/{vicar.pk}/")
    vicar.refresh_from_db()
    assert vicar.decision == Decision.WAITING
    assert "Tick at least one value." in client.post(address, {"code": "1D"}).content.decode()


def test_rows_ask_for_a_reason_each_time_and_cannot_be_kept_by_a_browser(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    address = f"/fairmead/extracts/{quickly_stored(world, now=now).pk}/rows/FD12/2026-08..2026-08/"
    client = client_for(world.analyst)
    asked = client.get(address)
    assert "<td" not in asked.content.decode()
    assert "in at least 20 characters" in client.post(address, {"reason": "curious"}).content.decode()
    shown = client.post(address, {"reason": REASON})
    assert "1 row." in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "<td" not in client.get(address).content.decode()
    assert [one.reason for one in AuditEvent.objects.filter(event=EventType.ROWS_READ)] == [REASON]


def test_pages_of_an_extract_whose_folder_is_gone_say_so(world: World, now: datetime, client_for: ClientFor) -> None:
    extract = quickly_stored(world, now=now)
    shutil.rmtree(stored_folder(extract))
    client = client_for(world.analyst)
    for address in ("figures/", "figures/FD12/", "journey/", "groups/", "quality/"):
        answer = client.get(f"/fairmead/extracts/{address}")
        assert (answer.status_code, "not on the disk" in answer.content.decode()) == (200, True), address
    asked = client.post(f"/fairmead/extracts/{extract.pk}/rows/FD12/2026-08..2026-08/", {"reason": REASON})
    assert "not on the disk" in asked.content.decode()


def test_rows_are_refused_to_others_with_404_and_a_line_on_the_trail(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    address = f"/fairmead/extracts/{quickly_stored(world, now=now).pk}/rows/FD12/2026-08..2026-08/"
    for person in (world.manager, world.alice, world.charlie):
        assert client_for(person).post(address, {"reason": REASON}).status_code == 404
    assert AuditEvent.objects.filter(event=EventType.REFUSED).count() == 3
    assert not AuditEvent.objects.filter(event=EventType.ROWS_READ).exists()


def test_figures_say_their_counts_their_localities_and_what_is_missing(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    quickly_stored(world, now=now)
    client = client_for(world.manager)
    page = client.get("/fairmead/extracts/figures/").content.decode()
    assert "2 measures, worked out from the extract taken on 31 October 2026." in page
    assert "measures that this extract does not give, and why" in page
    assert "The extract does not carry" in page
    one = client.get("/fairmead/extracts/figures/FD12/?by=locality").content.decode()
    assert "Small counts are not hidden here." in one
    assert "The rows behind it" not in one


def test_journey_counts_each_stage_and_the_days_between(world: World, now: datetime, client_for: ClientFor) -> None:
    quickly_stored(world, now=now)
    page = client_for(world.manager).get("/fairmead/extracts/journey/").content.decode()
    # Worked out by hand: 28 days after the 8th hold 20 working days, less Good Friday or the bank holiday of late May.
    assert "Contacts: 12. Referrals: 12, median 2 working days after contacts." in page
    assert "Assessments completed: 6, median 19.5 working days after referrals." in page
    assert "Child protection plans: 1, median 0 working days after initial conferences." in page


def test_changes_say_which_figures_were_restated(world: World, now: datetime, client_for: ClientFor) -> None:
    stored_copy(world, now=now - timedelta(days=90), as_at=date(2026, 7, 31))
    newer = stored_copy(world, now=now)
    client, address = client_for(world.manager), f"/fairmead/extracts/{newer.pk}/changes/"
    assert "none has changed" in client.get(address).content.decode()
    figures = pq.read_table(stored_folder(newer) / FIGURES).to_pylist()
    for row in figures:
        if (row["indicator"], row["breakdown"], row["start"]) == ("FD12", "", date(2026, 8, 1)):
            row["numerator"] += 2
    pq.write_table(pa.Table.from_pylist(figures, SCHEMA), stored_folder(newer) / FIGURES)
    page = client.get(address).content.decode()
    assert "1 figure has changed" in page
    assert re.search(r'data-label="Month">August 2026.*?data-label="As at 31 July 2026">1<.*?<strong>3<', page, re.S)


def test_changes_of_every_theme_are_counted_however_many_there_are(
    world: World, now: datetime, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "MOST_CHANGES", 2)
    older = stored_copy(world, now=now - timedelta(days=90), as_at=date(2026, 7, 31))
    newer = stored_copy(world, now=now)
    for extract, more in ((older, 0), (newer, 1)):
        place = stored_folder(extract) / FIGURES
        rows = [
            row | {"numerator": row["numerator"] + more, "indicator": {"FD12": "CL01"}.get(row["indicator"], "FD01")}
            for row in pq.read_table(place).to_pylist()
        ]
        pq.write_table(pa.Table.from_pylist(rows, SCHEMA), place)
    page = client_for(world.manager).get(f"/fairmead/extracts/{newer.pk}/changes/").text
    themes = re.findall(r"<h2[^>]*>([^<]*)</h2> <span[^>]*>(\d+) figures</span>.*?And (\d+) more", page, re.S)
    assert [(theme, int(many) - int(unlisted)) for theme, many, unlisted in themes] == [
        ("Children in care", 2),
        ("Front door", 2),
    ]


def test_quality_draws_its_trend_once_there_are_two_extracts(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    earlier = stored_copy(world, now=now - timedelta(days=90), as_at=date(2026, 7, 31))
    client, address = client_for(world.manager), "/fairmead/extracts/quality/?show=all"
    assert "Trend of valid" not in client.get(address).content.decode()
    stored_copy(world, now=now)
    field = earlier.qualities.get(table="ssd_person", field="pers_sex")
    earlier.qualities.filter(pk=field.pk).update(valid=field.rows // 2)
    page = client.get(address).content.decode()
    assert re.search(r"100% of all values were valid on 31 October 2026, 9\d\.\d% on 31 July 2026", page)
    row = re.search(r">pers_sex<.*?</tr>", page, re.S)
    assert row
    assert "From 50% in 31 July 2026 to 100% in 31 October 2026" in row[0]
    assert re.search(r'data-label="Valid, 31 July 2026">50\.0%<.*?data-label="Valid, 31 October 2026">100\.0%<', row[0])


def test_long_pages_are_folded_by_part_and_a_single_part_is_open(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    """On a phone 130 measures were 33,000 pixels."""
    quickly_stored(world, now=now)
    client = client_for(world.analyst)
    of_tables = re.findall(r"<details[^>]*ex-part[^>]*>", client.get("/fairmead/extracts/quality/?show=all").text)
    assert len(of_tables) > 1
    assert not [tag for tag in of_tables if " open" in tag]
    (of_theme,) = re.findall(r"<details[^>]*ex-part[^>]*>.*?</summary>", client.get("/fairmead/extracts/figures/").text)
    assert " open>" in of_theme
    assert "Front door</h2>" in of_theme
