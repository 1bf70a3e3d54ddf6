"""A return of several years goes all the way: several files of one table are one extract."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from tests.extracts.intake.shapes.test_ssda903_folders import years_in_folders
from tests.extracts.room.test_commands import load
from tests.world import World
from trefoil.extracts import figures_kept
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract, MappedValue
from trefoil.extracts.operations.values import decide_values


def test_load_extract_of_five_years_is_stored_once_its_values_are_decided(
    world: World, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_kept, "compute", partial(figures_kept.compute, indicators=["CL01"]))
    place = years_in_folders(tmp_path)
    told, status = load(place, "--shape", "ssda903")
    assert (status, Extract.objects.get().state) == (1, ExtractState.WAITING)
    assert "2017/header.csv, row 2, MOTHER" in told
    assert "what the unmapped ones mean, and load it again" in told

    for code_list in set(MappedValue.objects.values_list("code_list", flat=True)):
        values = list(MappedValue.objects.filter(code_list=code_list))
        decide_values(values=values, code="", by=world.analyst, now=now)
    told, status = load(place, "--shape", "ssda903")

    extract = Extract.objects.stored().get()
    assert (status, "Stored as extract" in told) == (0, True)
    rows = sum(len(one.read_text().splitlines()) - 1 for one in place.glob("*/header.csv"))
    assert extract.qualities.get(table="header", field="SEX").rows == rows
    assert extract.finding_counts.get(file="2020/episodes.csv", rule="end-and-reason").found == 105
