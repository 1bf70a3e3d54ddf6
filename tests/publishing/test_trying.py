"""Links tried out: what each answer means, what is never asked, and what the check then says."""

import socket
from collections.abc import Sequence
from datetime import datetime
from time import monotonic, sleep

import pytest

from tests.publishing.made import ENOUGH, a_care, a_document, partner_of, section_of, wrote
from tests.publishing.test_pages import ClientFor, address, sent, shown
from tests.publishing.web import a_web
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.publishing import trying
from trefoil.publishing.content import lines_of, written
from trefoil.publishing.enums import Found, LinkFound
from trefoil.publishing.models import PublicDocument, TriedLink
from trefoil.publishing.operations.links import note_trials
from trefoil.publishing.trying import Trial, WayOut, is_public, try_links

DEAD = "https://www.gov.uk/no-such-page"


@pytest.mark.parametrize(
    ("path", "found", "words"),
    [
        ("/there?a=ä b", LinkFound.OPEN, ""),
        ("/on", LinkFound.OPEN, ""),
        ("/nowhere", LinkFound.DEAD, "no such page (404)"),
        ("/gone", LinkFound.DEAD, "no such page (410)"),
        ("/refuses", LinkFound.UNSURE, "(403): open it yourself"),
        ("/round", LinkFound.UNSURE, "on and on"),
        ("/inside", LinkFound.DEAD, "where the public cannot go"),
    ],
)
def test_tried_link_is_told_by_its_answer(path: str, found: LinkFound, words: str) -> None:
    with a_web() as (start, out):
        (trial,) = try_links([f"{start}{path}", f"{start}{path}"], out=out)
    assert (trial.href, trial.found) == (f"{start}{path}", found)
    assert words in trial.words


@pytest.mark.parametrize(
    "one",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "0.1.2.3",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_addresses_of_inside_networks_are_never_asked(one: str) -> None:
    assert not is_public(one)


def test_addresses_of_the_web_may_be_asked() -> None:
    assert is_public("151.101.0.144")
    assert is_public("2a04:4e42::144")


def test_name_with_one_address_inside_is_never_asked() -> None:
    with a_web() as (start, out):
        both = WayOut(lambda _host, _port: ("127.0.0.1", "10.0.0.1"), out.may_ask, out.ports)
        assert try_links([f"{start}/there"], out=both)[0].found == LinkFound.DEAD
        elsewhere = WayOut(out.look_up, out.may_ask, frozenset({80}))
        assert try_links([f"{start}/there"], out=elsewhere)[0].found == LinkFound.DEAD


def test_name_that_is_not_found_and_silence_are_unsure() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    (trial,) = try_links(["https://www.goov.uk"], out=WayOut(unknown, is_public))
    assert (trial.found, "not found" in trial.words) == (LinkFound.UNSURE, True)
    with a_web() as (start, out):
        pass
    assert "did not answer" in try_links([f"{start}/there"], out=out)[0].words


def test_trying_ends_when_its_time_is_over() -> None:
    def slow(_host: str, _port: int) -> Sequence[str]:
        sleep(1)
        return ()

    began = monotonic()
    (trial,) = try_links(["https://www.gov.uk"], out=WayOut(slow, is_public), seconds=0.1)
    assert monotonic() - began < 1
    assert "no time left" in trial.words


def linking(world: World, now: datetime, href: str = DEAD) -> PublicDocument:
    """A draft with a link in one section."""
    document = a_document(world, now=now)
    wrote(section_of(document, "summary"), world, now=now, prose=f"{ENOUGH} [More]({href}).")
    return document


def links_found(document: PublicDocument, now: datetime) -> list[tuple[Found, str]]:
    lines = lines_of(document, written(document, today=now.date()))
    return [(one.found, one.why) for one in lines if one.key.startswith("link:")]


@pytest.mark.parametrize(("found", "stands"), [(LinkFound.DEAD, Found.FAULT), (LinkFound.UNSURE, Found.DOUBT)])
def test_link_that_did_not_open_stands_in_the_check(
    world: World, now: datetime, found: LinkFound, stands: Found
) -> None:
    document = linking(world, now)
    assert links_found(document, now) == []
    note_trials(document=document, trials=[Trial(DEAD, found, "says no.")], by=world.manager, now=now)
    assert links_found(document, now) == [(stands, f"{DEAD} says no.")]
    note_trials(document=document, trials=[Trial(DEAD, LinkFound.OPEN)], by=world.manager, now=now)
    assert links_found(document, now) == []
    assert TriedLink.objects.count() == 1
    events = AuditEvent.objects.filter(event="links_tried")
    assert [one.detail for one in events.order_by("sequence")] == [{found.value: 1}, {"open": 1}]


def test_link_of_a_core_procedure_is_tried_with_the_rest(world: World, now: datetime, client_for: ClientFor) -> None:
    care = a_care(world, now=now)
    assert care.core_href in shown(client_for(world.manager), "publishing_check", care.document_id)
    trial = Trial(care.core_href, LinkFound.DEAD, "says no.")
    note_trials(document=care.document, trials=[trial], by=world.manager, now=now)
    assert links_found(care.document, now) == [(Found.FAULT, f"{care.core_href} says no.")]


def test_trials_are_noted_by_writers_alone(world: World, now: datetime) -> None:
    document = linking(world, now)
    with pytest.raises(NotAllowedError, match="do not include writing"):
        note_trials(document=document, trials=[], by=world.holder[DutyKind.GROUP_MEMBER], now=now)
    note_trials(document=document, trials=[], by=partner_of(world, world.police), now=now)


def test_pages_try_the_links_and_say_what_came_of_them(
    world: World, now: datetime, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(world.manager)
    with a_web() as (start, out):
        monkeypatch.setattr(trying, "WEB", out)
        document = linking(world, now, f"{start}/nowhere")
        assert "Not tried" in shown(client, "publishing_check", document.pk)
        page = sent(client, "publishing_links", document.pk)
    assert "The links are tried." in page
    assert "no such page (404)" in page
    assert "Leads nowhere" in page
    assert client.get(address("publishing_links", document.pk)).status_code == 200


def test_page_without_links_says_that_there_is_nothing_to_try(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    document = linking(world, now, "mailto:team@council.gov.uk")
    client = client_for(world.manager)
    assert "No link in it leads to the web." in shown(client, "publishing_links", document.pk)
    assert address("publishing_links", document.pk) not in shown(client, "publishing_check", document.pk)
