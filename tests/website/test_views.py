"""The signed-in pages of a site, and the command that writes it to a folder."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.website.made import FULL, HOST, PHONE, a_shown_site, a_site, an_edition_out
from tests.world import World
from trefoil.people.models import Person
from trefoil.publishing.models import Offer
from trefoil.website.models import Site

ClientFor = Callable[[Person], Client]


def shown(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=["fairmead", *arguments]))
    assert response.status_code == 200, name
    return response.content.decode()


def sent(client: Client, name: str, **fields: object) -> str:
    response = client.post(reverse(name, args=["fairmead"]), fields, follow=True)
    assert response.status_code in {200, 409}, name
    return response.content.decode()


def public(path: str = "/") -> int:
    return Client().get(path, headers={"Host": HOST}).status_code


def test_manager_begins_fills_and_switches_on(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    assert "No website yet" in shown(client, "website_page")
    assert "It is off" in sent(client, "website_begin")
    assert "has a site already" in sent(client, "website_begin")
    assert "where somebody turns who is worried" in shown(client, "website_switch")
    page = sent(client, "website_change", seen_version=1, **FULL)
    assert "Saved." in page
    assert "What a reader will miss" in page
    assert public() == 400
    assert "The public website is on" in sent(client, "website_switch", seen_version=2)
    assert public() == 200
    page = shown(client, "website_page")
    assert f"https://{HOST}/" in page
    assert "Nothing else of Trefoil can be reached" in page
    assert PHONE in shown(client, "website_shown_page", "worried/")
    assert "The public website is off" in sent(client, "website_switch", seen_version=3)
    assert public() == 400


def test_change_of_a_site_that_is_on_is_seen_at_once(world: World, now: datetime, client_for: ClientFor) -> None:
    site = a_shown_site(world, now=now)
    page = sent(client_for(world.manager), "website_change", seen_version=site.version, **FULL | {"lead": "New words."})
    assert "built anew" in page
    assert b"New words." in Client().get("/", headers={"Host": HOST}).content


def test_refusal_stands_on_the_form_with_what_was_typed(world: World, now: datetime, client_for: ClientFor) -> None:
    site = a_site(world, now=now)
    fields = FULL | {"front_door_phone": "020 8359 4066"}
    page = sent(client_for(world.manager), "website_change", seen_version=site.version, **fields)
    assert "may ring at somebody" in page
    assert "020 8359 4066" in page


def test_two_managers_see_both_versions(world: World, now: datetime, client_for: ClientFor) -> None:
    site = a_site(world, now=now)
    page = sent(client_for(world.manager), "website_change", seen_version=site.version - 1, **FULL | {"lead": "Mine."})
    assert "Somebody else has saved this" in page
    assert "Mine." in page


def test_pages_without_a_site_lead_to_its_page(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    for name in ("website_change", "website_switch", "website_shown"):
        assert client.get(reverse(name, args=["fairmead"])).headers["Location"] == reverse(
            "website_page", args=["fairmead"]
        )


def test_page_names_an_edition_that_is_not_what_was_frozen(world: World, now: datetime, client_for: ClientFor) -> None:
    edition = an_edition_out(world, now=now)
    a_site(world, now=now)
    client = client_for(world.manager)
    assert "Left out" not in shown(client, "website_page")
    Offer.objects.filter(pk=edition.offer_id).update(content={**edition.offer.content, "title": "Something else"})
    assert "Left out, because it is not what was frozen" in shown(client, "website_page")


def build(out: Path, *more: str) -> str:
    said = StringIO()
    call_command("build_website", "--area", "Fairmead", "--out", str(out), *more, stdout=said)
    return said.getvalue()


def test_command_writes_the_site_and_nothing_when_nothing_changed(world: World, now: datetime, tmp_path: Path) -> None:
    an_edition_out(world, now=now)
    a_shown_site(world, now=now)
    out = tmp_path / "out"
    assert "1 editions" in build(out) or "1 edition" in build(out)
    first = (out / "current").readlink()
    assert (out / "current" / "public" / "index.html").is_file()
    assert "Nothing public has changed" in build(out)
    assert (out / "current").readlink() == first
    assert "pages" in build(out, "--anew")
    assert (out / "current").readlink() != first
    assert len(list((out / "builds").iterdir())) == 1


def test_command_says_why_it_cannot(world: World, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no public site that is switched on"):
        build(tmp_path / "out")
    a_shown_site(world, now=now)
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        build(tmp_path / "file")
    assert Site.objects.count() == 1
