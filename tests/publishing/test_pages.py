"""Pages of publishing: who finds what, both versions of a section, the check with its places, the edition."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.publishing.made import (
    ENOUGH,
    IN_WORDS,
    a_document,
    a_paper,
    approved,
    frozen,
    offered,
    partner_of,
    put_in,
    section_of,
    wrote,
)
from tests.world import World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.enums import BlockKind, PublicState
from trefoil.publishing.models import Offer, PublicDocument

ClientFor = Callable[[Person], Client]


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=["fairmead", *arguments])


def shown(client: Client, name: str, *arguments: object) -> str:
    response = client.get(address(name, *arguments))
    assert response.status_code == 200, name
    return response.content.decode()


def sent(client: Client, name: str, *arguments: object, **fields: object) -> str:
    """The page that a sent form leads to."""
    response = client.post(address(name, *arguments), fields, follow=True)
    assert response.status_code == 200, name
    return response.content.decode()


def test_list_is_empty_with_a_way_to_begin(world: World, client_for: ClientFor) -> None:
    page = shown(client_for(world.manager), "publishing_list")
    assert "You can begin the first one" in page
    assert "Begin a document" not in shown(client_for(world.bob), "publishing_list")
    member = shown(client_for(world.holder[DutyKind.GROUP_MEMBER]), "publishing_list")
    assert "Nothing has been frozen yet" in member


def test_list_hides_drafts_from_who_does_not_write(world: World, now: datetime, client_for: ClientFor) -> None:
    member = client_for(world.holder[DutyKind.GROUP_MEMBER])
    document, edition = a_document(world, now=now), frozen(world, now=now)
    page = shown(member, "publishing_list")
    assert document.title not in page
    assert address("publishing_edition", edition.pk) in page
    for name in ("publishing_document", "publishing_read", "publishing_check"):
        assert member.get(address(name, document.pk)).status_code == 404
    assert 'id="approved">Approval' in shown(member, "publishing_edition", edition.pk)


def test_list_costs_the_same_with_more_rows(world: World, now: datetime, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    a_document(world, now=now)
    shown(client, "publishing_list")
    with CaptureQueriesContext(connection) as one:
        shown(client, "publishing_list")
    for title in ("Second report", "Third report"):
        a_document(world, now=now, title=title)
    with CaptureQueriesContext(connection) as three:
        shown(client, "publishing_list")
    assert len(three) == len(one)


def test_new_begins_a_document(world: World, client_for: ClientFor) -> None:
    fields = {
        "kind": "arrangements",
        "title": "Our arrangements",
        "law": "WT2023",
        **{f"starts_on_{part}": value for part, value in (("day", 1), ("month", 4), ("year", 2026))},
        **{f"ends_on_{part}": value for part, value in (("day", 31), ("month", 3), ("year", 2027))},
    }
    page = sent(client_for(world.manager), "publishing_new", **fields)
    assert "The document is begun" in page
    assert PublicDocument.objects.get().title == "Our arrangements"
    assert "of this title already" in sent(client_for(world.manager), "publishing_new", **fields)


def test_change_keeps_both_versions(world: World, now: datetime, client_for: ClientFor) -> None:
    document = a_document(world, now=now)
    fields = {
        "title": "My title",
        "law": "WT2018",
        "seen_version": 1,
        **{f"starts_on_{part}": value for part, value in (("day", 1), ("month", 4), ("year", 2025))},
        **{f"ends_on_{part}": value for part, value in (("day", 31), ("month", 3), ("year", 2026))},
    }
    sent(client_for(world.manager), "publishing_change", document.pk, **{**fields, "title": "Their title"})
    answer = client_for(world.manager).post(address("publishing_change", document.pk), fields)
    assert answer.status_code == 409


def test_section_is_written_and_both_versions_are_kept(world: World, now: datetime, client_for: ClientFor) -> None:
    document = a_document(world, now=now)
    section = section_of(document, "summary")
    client = client_for(world.bob)
    page = sent(client, "publishing_write", section.pk, prose=ENOUGH, answers=["YR18-M1"], seen_version=1)
    assert "The section is saved" in page
    assert "Answered" in page
    late = {"prose": "Written by somebody who was slower.", "answers": ["YR18-M2"], "seen_version": 1}
    both = client_for(world.manager).post(address("publishing_write", section.pk), late)
    assert both.status_code == 409
    words = both.content.decode()
    assert ENOUGH in words
    assert late["prose"] in words
    again = {**late, "seen_version": 2}
    assert "The section is saved" in sent(client_for(world.manager), "publishing_write", section.pk, **again)
    assert section_of(document, "summary").prose == late["prose"]


def test_section_of_a_paper_asks_nothing_of_the_law(world: World, now: datetime, client_for: ClientFor) -> None:
    section = section_of(a_paper(world, now=now), "summary")
    client = client_for(world.manager)
    assert "What of the law does this section answer?" not in shown(client, "publishing_write", section.pk)
    assert "The section is saved" in sent(client, "publishing_write", section.pk, prose=ENOUGH, seen_version=1)


def test_section_shows_what_keeps_figures_back_and_where_to_mend_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    section = section_of(a_document(world, now=now), "data")
    client = client_for(world.manager)
    assert "The figures stand in the section" in sent(client, "publishing_block", section.pk, "indicator", shows="FD08")
    page = shown(client, "publishing_section", section.pk)
    assert "Not ready to go out" in page
    assert address("publication") in page
    assert address("publication") not in shown(client_for(world.bob), "publishing_section", section.pk)
    block = section.blocks.get()
    assert "The figures are taken out" in sent(client, "publishing_block_remove", block.pk)
    assert client.get(address("publishing_block_remove", block.pk)).status_code == 404


def test_section_offers_a_budget_to_who_reads_it(world: World, now: datetime, client_for: ClientFor) -> None:
    section = section_of(a_document(world, now=now), "money")
    way = address("publishing_block", section.pk, "budget")
    assert way in shown(client_for(world.manager), "publishing_section", section.pk)
    assert way not in shown(client_for(world.bob), "publishing_section", section.pk)
    assert client_for(world.bob).get(address("publishing_block", section.pk, "nothing")).status_code == 404


def test_section_shows_html_as_it_was_typed(world: World, now: datetime, client_for: ClientFor) -> None:
    section = section_of(a_document(world, now=now), "summary")
    wrote(section, world, now=now, prose="<script>alert(1)</script> and [a link](https://example.org)")
    page = shown(client_for(world.manager), "publishing_section", section.pk)
    assert "&lt;script&gt;alert(1)" in page
    assert '<a href="https://example.org" class="govuk-link">a link</a>' in page


def test_check_leads_to_the_place_and_is_overruled(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = a_document(world, now=now), client_for(world.manager)
    page = shown(client, "publishing_check", document.pk)
    assert address("publishing_section", section_of(document, "summary").pk) in page
    assert address("publishing_overrule", document.pk, "YR23-9") in page
    assert "Leave it out" not in shown(client_for(world.bob), "publishing_check", document.pk)
    page = sent(client, "publishing_overrule", document.pk, "YR23-9", reason=IN_WORDS)
    assert IN_WORDS in page
    assert "has been set aside already" in shown(client, "publishing_overrule", document.pk, "YR23-9")


def test_offer_says_what_stands_against_it(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = a_document(world, now=now), client_for(world.manager)
    assert "holds it back for 16 things" in shown(client, "publishing_offer", document.pk)
    assert address("publishing_offer", document.pk) not in shown(client, "publishing_document", document.pk)


def test_document_goes_from_draft_to_edition_by_its_pages(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = a_paper(world, now=now), client_for(world.manager)
    assert address("publishing_offer", document.pk) in shown(client, "publishing_document", document.pk)
    assert "with the partners" in sent(client, "publishing_offer", document.pk)
    for agency in (world.social_care, world.police):
        sent(
            client_for(partner_of(world, agency)), "publishing_answer", document.pk, agency=agency.pk, answer="approves"
        )
    asks = {"agency": world.health.pk, "answer": "asks", "words": "Say more of health."}
    page = sent(client_for(partner_of(world, world.health)), "publishing_answer", document.pk, **asks)
    assert "Say more of health." in page
    assert "draft again" in sent(client, "publishing_draw_back", document.pk, reason=IN_WORDS)
    document.refresh_from_db()
    assert document.state == PublicState.DRAFT
    assert "is a draft, so this cannot be done now" in shown(client, "publishing_freeze", document.pk)
    assert IN_WORDS in shown(client, "publishing_document", document.pk)


def test_freeze_makes_an_edition_with_a_page_of_its_own(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = approved(world, now=now), client_for(world.manager)
    assert "can be frozen" in shown(client, "publishing_document", document.pk)
    assert "The edition is frozen" in sent(client, "publishing_freeze", document.pk)
    edition = document.editions.get()
    page = shown(client, "publishing_edition", edition.pk)
    assert edition.digest in page
    assert "Worked out anew for this page: the same." in page
    assert page.count("Approved on 22 November 2026") == 3
    assert "frozen edition has a page of its own" in shown(client, "publishing_read", document.pk)


def test_edition_that_was_changed_says_so(world: World, now: datetime, client_for: ClientFor) -> None:
    edition = frozen(world, now=now)
    Offer.objects.filter(pk=edition.offer_id).update(content={**edition.offer.content, "title": "Another"})
    page = shown(client_for(world.manager), "publishing_edition", edition.pk)
    assert "This edition is not what was frozen" in page
    assert "the same." not in page


def test_read_shows_the_draft_live_and_the_offer_as_it_was_put(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    document, client = a_document(world, now=now), client_for(world.manager)
    put_in(section_of(document, "data"), BlockKind.INDICATOR, "FD08", world, now=now)
    assert "figures are those of today" in shown(client, "publishing_read", document.pk)
    paper, _ = offered(world, now=now)
    page = shown(client, "publishing_read", paper.pk)
    assert "as they were put to the partners on 22 November 2026" in page
    assert ENOUGH in page


@pytest.mark.parametrize("name", ["publishing_document", "publishing_section", "publishing_check", "publishing_read"])
def test_pages_are_not_there_for_another_partnership(
    world: World, now: datetime, client_for: ClientFor, name: str
) -> None:
    document = a_document(world, now=now)
    key = section_of(document, "data").pk if name == "publishing_section" else document.pk
    assert client_for(world.charlie).get(address(name, key)).status_code == 404
