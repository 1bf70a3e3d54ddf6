"""A return of several years goes all the way: several files of one table are one extract."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.test import Client

from tests.extracts.intake.shapes.test_ssda903_folders import years_in_folders
from tests.extracts.room.test_commands import load
from tests.world import World
from trefoil.extracts import figures_kept
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract, MappedValue
from trefoil.people.models import Person


def test_load_extract_of_five_years_is_stored_once_its_values_are_decided(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client_for: Callable[[Person], Client]
) -> None:
    monkeypatch.setattr(figures_kept, "compute", partial(figures_kept.compute, indicators=["CL01"]))
    place = years_in_folders(tmp_path)
    told, status = load(place, "--shape", "ssda903")
    assert (status, Extract.objects.get().state) == (1, ExtractState.WAITING)
    assert "2017/header.csv, row 2, MOTHER" in told
    assert sum(line.startswith(("UNMAPPED", "WARNING")) for line in told.splitlines()) == 40
    assert "what the unmapped ones mean, and load it again" in told

    meant = {"accommodation_and_suitability": "K1", "yes_no": "Y"}
    assert set(MappedValue.objects.values_list("code_list", flat=True)) == set(meant)
    for code_list, code in meant.items():
        ticked = list(MappedValue.objects.filter(code_list=code_list).values_list("pk", flat=True))
        decided = client_for(world.analyst).post(
            f"/fairmead/extracts/values/{code_list}/", {"values": ticked, "code": code}, follow=True
        )
        assert "is saved." in decided.text
    told, status = load(place, "--shape", "ssda903", "--all")

    assert sum(line.startswith("WARNING") for line in told.splitlines()) == 920
    extract = Extract.objects.stored().get()
    assert (status, "Stored as extract" in told) == (0, True)
    rows = sum(len(one.read_text().splitlines()) - 1 for one in place.glob("*/header.csv"))
    assert extract.qualities.get(table="header", field="SEX").rows == rows
    assert extract.finding_counts.get(file="2020/episodes.csv", rule="end-and-reason").found == 105
    assert "The extract says nothing of this way" in client_for(world.analyst).get("/fairmead/extracts/journey/").text
