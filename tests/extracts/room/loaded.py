"""Extracts for the room's tests: a folder of a dozen invented children, and the ways it comes in."""

import atexit
import csv
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.world import World
from trefoil.extracts import job, spool
from trefoil.extracts.checked import Checked
from trefoil.extracts.engine import compute
from trefoil.extracts.enums import ExtractShape
from trefoil.extracts.figures_file import KINDS, write_figures, write_journeys
from trefoil.extracts.intake import Context, read_extract
from trefoil.extracts.journeys import count_journeys
from trefoil.extracts.loading import checked_of
from trefoil.extracts.models import Extract, MappedValue
from trefoil.extracts.operations.deletion import set_localities
from trefoil.extracts.operations.extracts import begin_check, keep_stored, receive_extract
from trefoil.extracts.operations.reports import keep_report
from trefoil.extracts.operations.values import decide_values
from trefoil.extracts.storing import stored, stored_folder

AS_AT = date(2026, 10, 31)
SURNAME, FORENAME, CHILD = "Quillfeather", "Ottoline", "CHILD-"
# Enough measures for every page, of the hundred that a load in earnest works out.
MEASURES = ("FD01", "FD12", "FD14")
LOCALITIES = {"ZZ1": "Harbour", "ZZ2": "Millbank"}

Tables = Mapping[str, Sequence[Mapping[str, object]]]


def tables(children: int = 12, *, as_at: date = AS_AT, late: int = 0) -> dict[str, list[dict[str, object]]]:
    """A small borough: each child has a contact and a referral three days later in one of the last eight months; every
    second has an assessment, every third an enquiry, every fourth a conference and a plan. `late` more contacts came
    to light afterwards, in the month of the first child."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in _TABLES}
    for number in range(children):
        child = f"{CHILD}{number}"
        day = date(2026, 1 + number % 8, 5)
        found["ssd_person"].append(_person(child, number))
        found["ssd_address"].append(_address(child, number))
        found["ssd_contacts"].append(_contact(f"C{number}", child, day))
        found["ssd_cin_episodes"].append(_referral(f"R{number}", child, day + timedelta(days=3)))
        _followed(found, number, child, day + timedelta(days=3))
    for number in range(late):
        found["ssd_contacts"].append(_contact(f"L{number}", f"{CHILD}0", date(2026, 1, 20)))
    found["ssd_department"].append({"dept_team_id": "T1", "dept_team_name": "Front Door"})
    return {name: [row for row in rows if not _after(row, as_at)] for name, rows in found.items()}


_TABLES = (
    "ssd_person",
    "ssd_address",
    "ssd_contacts",
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_department",
)


def _after(row: Mapping[str, object], day: date) -> bool:
    return any(isinstance(value, date) and value > day for value in row.values())


def _person(child: str, number: int) -> dict[str, object]:
    return {
        "pers_person_id": child,
        "pers_forename": FORENAME,
        "pers_surname": SURNAME,
        "pers_sex": "F" if number % 2 else "M",
        "pers_ethnicity": "WBRI" if number % 3 else "AIND",
        "pers_dob": date(2010 + number % 10, 3, 14),
    }


def _address(child: str, number: int) -> dict[str, object]:
    return {
        "addr_table_id": f"A{number}",
        "addr_address_json": '{"LINE1": "1 Invented Row"}',
        "addr_person_id": child,
        "addr_address_type": "home",
        "addr_address_start_date": date(2021, 1, 1),
        "addr_address_postcode": f"ZZ{1 + number % 2} 1AA",
    }


def _contact(key: str, child: str, day: date) -> dict[str, object]:
    return {
        "cont_contact_id": key,
        "cont_person_id": child,
        "cont_contact_date": day,
        "cont_contact_source_code": "6",
        "cont_contact_outcome_json": '{"NEW_REFERRAL_FLAG": "Y"}',
    }


def _referral(key: str, child: str, day: date) -> dict[str, object]:
    return {
        "cine_referral_id": key,
        "cine_person_id": child,
        "cine_referral_date": day,
        "cine_cin_primary_need_code": "N1",
        "cine_referral_source_code": "6",
        "cine_referral_nfa": "N",
        "cine_referral_team": "T1",
    }


def _followed(found: dict[str, list[dict[str, object]]], number: int, child: str, day: date) -> None:
    if number % 2 == 0:
        found["ssd_cin_assessments"].append(
            {
                "cina_assessment_id": f"S{number}",
                "cina_person_id": child,
                "cina_referral_id": f"R{number}",
                "cina_assessment_start_date": day,
                "cina_assessment_child_seen": "Y",
                "cina_assessment_auth_date": day + timedelta(days=28),
                "cina_assessment_team": "T1",
            }
        )
    if number % 3 == 0:
        found["ssd_s47_enquiry"].append(
            {
                "s47e_s47_enquiry_id": f"E{number}",
                "s47e_referral_id": f"R{number}",
                "s47e_person_id": child,
                "s47e_s47_start_date": day + timedelta(days=1),
                "s47e_s47_end_date": day + timedelta(days=11),
                "s47e_s47_nfa": "N",
                "s47e_s47_completed_by_team": "T1",
            }
        )
    if number % 12 == 0:
        found["ssd_initial_cp_conference"].append(
            {
                "icpc_icpc_id": f"M{number}",
                "icpc_s47_enquiry_id": f"E{number}",
                "icpc_person_id": child,
                "icpc_referral_id": f"R{number}",
                "icpc_icpc_date": day + timedelta(days=15),
                "icpc_icpc_outcome_cp_flag": "Y",
                "icpc_icpc_team": "T1",
            }
        )
        found["ssd_cp_plans"].append(
            {
                "cppl_cp_plan_id": f"P{number}",
                "cppl_referral_id": f"R{number}",
                "cppl_icpc_id": f"M{number}",
                "cppl_person_id": child,
                "cppl_cp_plan_start_date": day + timedelta(days=15),
                "cppl_cp_plan_initial_category": "NEG",
                "cppl_cp_plan_latest_category": "NEG",
            }
        )


def write(folder: Path, found: Tables) -> Path:
    """The tables as CSV files in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in found.items():
        if rows:
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder


def uploads(found: Tables, folder: Path) -> list[SimpleUploadedFile]:
    """The tables as a browser sends them."""
    write(folder, found)
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def received(world: World, found: Tables, folder: Path, *, now: datetime, **rest: Any) -> Extract:
    """The tables in the spool, waiting for a worker. The analyst sent them."""
    key = uuid.uuid4()
    given: dict[str, Any] = {"shape": ExtractShape.SSD, "as_at": AS_AT, "by": world.analyst, **rest}
    return receive_extract(
        partnership=world.fairmead,
        agency=world.social_care,
        taken=spool.take(uploads(found, folder / key.hex), key.hex),
        key=key,
        now=now,
        **given,
    )


def loaded(world: World, found: Tables, folder: Path, *, now: datetime, **rest: Any) -> Extract:
    """The tables received and checked: stored, refused or waiting."""
    extract = received(world, found, folder, now=now, **rest)
    job.run(extract.pk, now=now)
    extract.refresh_from_db()
    return extract


def settle_localities(world: World, *, now: datetime) -> None:
    """Harbour and Millbank."""
    set_localities(partnership=world.fairmead, names=LOCALITIES, by=world.analyst, now=now)


@cache
def _sample() -> tuple[Path, Checked]:
    """A folder stored once for all tests of this process, and what its check found. Copied, never read in place."""
    place = Path(mkdtemp(prefix="trefoil-sample-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    context = Context(area="X99000001", as_at=AS_AT, key=b"k" * 32, localities=LOCALITIES)
    with read_extract(write(place / "raw", tables()), shape="ssd", context=context) as intake:
        stored = intake.store(place / "store", "sample")
        checked = checked_of(intake.report)
    asked = {
        "indicators": MEASURES,
        "breakdowns": ("locality", "team", "age_band"),
        "kinds": tuple(KINDS),
        "months": 12,
    }
    results = compute([stored], as_at=AS_AT, **asked)
    write_figures(stored.folder, results)
    write_journeys(stored.folder, count_journeys(stored.folder, as_at=AS_AT))
    return stored.folder, checked


def quickly_stored(world: World, *, now: datetime) -> Extract:
    """The sample extract as it is after its load, without the work of it; the same each time in one world."""
    held = Extract.objects.filter(partnership=world.fairmead).order_by("pk").first()
    return held or stored_copy(world, now=now)


def stored_copy(world: World, *, now: datetime, as_at: date | None = None, **rest: Any) -> Extract:
    """A stored extract made from the sample: its own rows in the tables, its own folder in the store."""
    folder, checked = _sample()
    key = uuid.uuid4()
    extract = receive_extract(
        partnership=world.fairmead,
        agency=rest.get("agency", world.social_care),
        shape=ExtractShape.SSD,
        as_at=as_at or min(AS_AT, now.date() - timedelta(days=20)),
        taken=spool.Taken("fairmead.zip", key.hex * 2, 41_000),
        key=key,
        by=world.analyst,
        now=now,
    )
    begin_check(extract=extract, by=world.analyst, now=now)
    shutil.copytree(folder, stored_folder(extract))
    rows = dict(stored(extract).rows)
    keep_stored(extract=extract, checked=checked, rows=rows, edition="1.4.5", by=world.analyst, now=now)
    return extract


def decided_value(world: World, *, now: datetime) -> MappedValue:
    """A spelling on the value map that the analyst has decided."""
    held = MappedValue.objects.filter(partnership=world.fairmead, raw="Neighbour over fence").first()
    if held is not None:
        return held
    extract = quickly_stored(world, now=now)
    checked = Checked(unmapped={("referral_source", "Neighbour over fence"): 3, ("referral_source", "Vicar"): 1})
    keep_report(extract=extract, checked=replace(_sample()[1], unmapped=checked.unmapped), by=None, now=now)
    value = MappedValue.objects.get(partnership=world.fairmead, raw="Neighbour over fence")
    decide_values(values=[value], code="1B", by=world.analyst, now=now)
    value.refresh_from_db()
    return value
