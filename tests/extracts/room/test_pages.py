"""The pages of extracts: what each says, to whom, and at what cost."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.extracts.room.loaded import decided_value, quickly_stored
from tests.world import World
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


@pytest.mark.parametrize(
    "name",
    [
        "extract_list",
        "extract_upload",
        "value_lists",
        "extract_quality",
        "extract_figures",
        "extract_journey",
        "extract_settings",
    ],
)
def test_page_without_an_extract_says_so(world: World, client_for: ClientFor, name: str) -> None:
    answer = client_for(world.analyst).get(reverse(name, args=["fairmead"]))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "figures/",
        "figures/?kind=rolling_12",
        "figures/FD12/",
        "figures/FD12/?by=locality",
        "figures/FD12/?by=team",
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
        "{pk}/delete/",
        "{pk}/report.csv",
        "{pk}/progress/",
        "{pk}/rows/FD12/2026-08..2026-08/?by=locality&group=Harbour",
    ],
)
def test_page_of_a_stored_extract_answers(world: World, now: datetime, client_for: ClientFor, path: str) -> None:
    extract = quickly_stored(world, now=now)
    decided_value(world, now=now)
    answer = client_for(world.analyst).get(f"/fairmead/extracts/{path.format(pk=extract.pk)}")
    assert answer.status_code == 200
