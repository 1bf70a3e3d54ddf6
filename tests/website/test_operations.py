"""A site begun, changed and switched: who may, what it may say, and what the trail keeps."""

from datetime import datetime
from typing import Any

import pytest
from django.test import override_settings

from tests.website.made import FULL, HOST, a_shown_site, a_site
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.models import Partnership
from trefoil.website.models import Site
from trefoil.website.operations import begin_site, change_site, switch_site


def change(world: World, now: datetime, site: Site, **facts: Any) -> None:
    change_site(site=site, facts=facts, seen_version=site.version, by=world.manager, now=now)


def switch(world: World, now: datetime, site: Site, *, on: bool) -> None:
    switch_site(site=site, on=on, seen_version=site.version, by=world.manager, now=now)


def events() -> list[str]:
    return [one.event for one in AuditEvent.objects.filter(subject__startswith="site:").order_by("sequence")]


def test_begin_site_is_off_and_on_the_trail(world: World, now: datetime) -> None:
    site = begin_site(partnership=world.fairmead, by=world.manager, now=now)
    assert not site.is_on
    assert site.version == 1
    assert events() == [EventType.SITE_BEGUN]


def test_begin_site_refuses_a_second_one(world: World, now: datetime) -> None:
    a_site(world, now=now)
    with pytest.raises(NotAllowedError, match="has a site already"):
        begin_site(partnership=world.fairmead, by=world.manager, now=now)


def test_every_operation_refuses_who_does_not_run_publishing(world: World, now: datetime) -> None:
    site = a_site(world, now=now)
    with pytest.raises(NotAllowedError, match="do not include running the public site"):
        begin_site(partnership=world.fairmead, by=world.analyst, now=now)
    with pytest.raises(NotAllowedError, match="do not include running the public site"):
        change_site(site=site, facts={"lead": "x"}, seen_version=site.version, by=world.analyst, now=now)
    with pytest.raises(NotAllowedError, match="do not include running the public site"):
        switch_site(site=site, on=True, seen_version=site.version, by=world.bob, now=now)


def test_begin_site_refuses_a_partnership_of_published_figures_alone(world: World, now: datetime) -> None:
    Partnership.objects.filter(pk=world.fairmead.pk).update(is_invented=False, published_only=True)
    world.fairmead.refresh_from_db()
    with pytest.raises(NotAllowedError, match="nobody speaks for this partnership"):
        begin_site(partnership=world.fairmead, by=world.manager, now=now)


def test_change_site_says_on_the_trail_which_fields_changed(world: World, now: datetime) -> None:
    site = a_site(world, now=now)
    change(world, now, site, lead="Something new.", email=FULL["email"])
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert last.event == EventType.SITE_CHANGED
    assert last.detail == {"fields": ["lead"], "host": HOST}


def test_change_site_tells_of_somebody_elses_change(world: World, now: datetime) -> None:
    site = a_site(world, now=now)
    with pytest.raises(ChangedMeanwhileError):
        change_site(site=site, facts={"lead": "x"}, seen_version=1, by=world.manager, now=now)


@pytest.mark.parametrize("host", ["Fairmead.Example.ORG.", " fairmead.example.org "])
def test_change_site_keeps_a_host_in_one_form(world: World, now: datetime, host: str) -> None:
    site = a_site(world, now=now)
    change(world, now, site, host=host)
    assert site.host == "fairmead.example.org"


@pytest.mark.parametrize(
    "host",
    ["https://fairmead.example.org", "fairmead", "a/../b.org", "-x.org", "x..org", "10.0.0.1", "a.org:80", "a b.org"],
)
def test_change_site_refuses_what_is_no_host(world: World, now: datetime, host: str) -> None:
    site = a_site(world, now=now)
    with pytest.raises(NotAllowedError, match="write the name alone"):
        change(world, now, site, host=host)


@pytest.mark.parametrize("hosts", [["trefoil.example.org"], [".example.org"]])
def test_change_site_refuses_the_name_people_sign_in_under(world: World, now: datetime, hosts: list[str]) -> None:
    site = a_site(world, now=now)
    with override_settings(ALLOWED_HOSTS=hosts), pytest.raises(NotAllowedError, match="sign in under that name"):
        change(world, now, site, host="trefoil.example.org")


def test_change_site_refuses_another_partnerships_name(world: World, now: datetime) -> None:
    a_site(world, now=now)
    other = Site.objects.create(partnership=world.harbury)
    Site.objects.filter(pk=other.pk).update(host="harbury.example.org")
    with pytest.raises(NotAllowedError, match="another partnership’s site"):
        change(world, now, Site.objects.get(partnership=world.fairmead), host="harbury.example.org")


@pytest.mark.parametrize(
    ("is_invented", "number", "why"),
    [
        (True, "020 8359 4066", "may ring at somebody’s"),
        (False, "01632 960 123", "kept free for drama"),
        (False, "020 7946 0123", "kept free for drama"),
        (False, "call us", "digits and spaces alone"),
    ],
)
def test_change_site_refuses_a_number_of_the_wrong_world(
    world: World, now: datetime, is_invented: bool, number: str, why: str
) -> None:
    site = a_site(world, now=now)
    site.partnership.is_invented = is_invented
    with pytest.raises(NotAllowedError, match=why):
        change(world, now, site, front_door_phone=number)


@pytest.mark.parametrize("page", ["http://example.org", "javascript:alert(1)", "https://"])
def test_change_site_refuses_a_page_that_is_not_safe(world: World, now: datetime, page: str) -> None:
    site = a_site(world, now=now)
    with pytest.raises(NotAllowedError, match="https://"):
        change(world, now, site, front_door_page=page)


def test_change_site_wants_both_name_and_page_of_procedures(world: World, now: datetime) -> None:
    site = a_site(world, now=now)
    with pytest.raises(NotAllowedError, match="both the name and the page"):
        change(world, now, site, procedures_name="Shared procedures")
    change(world, now, site, procedures_name="Shared procedures", procedures_page="https://example.org/p")
    assert site.procedures_name == "Shared procedures"


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"front_door_phone": ""}, "where somebody turns"), ({"email": ""}, "e-mail address first")],
)
def test_switch_site_waits_for_what_a_reader_needs(
    world: World, now: datetime, facts: dict[str, str], why: str
) -> None:
    site = a_site(world, now=now, **facts)
    with pytest.raises(NotAllowedError, match=why):
        switch(world, now, site, on=True)


def test_switch_site_wants_a_name_of_a_real_partnership(world: World, now: datetime) -> None:
    site = a_site(world, now=now, host="")
    site.partnership.is_invented = False
    with pytest.raises(NotAllowedError, match="has no name"):
        switch(world, now, site, on=True)


def test_change_site_keeps_a_site_that_is_on_fit_to_be_seen(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    with pytest.raises(NotAllowedError, match="where somebody turns"):
        change(world, now, site, front_door_phone="")
    assert Site.objects.get().front_door_phone == FULL["front_door_phone"]


def test_switching_and_building_are_on_the_trail(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    with pytest.raises(NotAllowedError, match="on already"):
        switch(world, now, site, on=True)
    switch(world, now, site, on=False)
    assert events()[2:] == [EventType.SITE_SWITCHED_ON, EventType.SITE_BUILT, EventType.SITE_SWITCHED_OFF]
