"""The history of a section's words: kept at each saving, shown with what changed, put back."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.publishing.made import ENOUGH, a_document, a_paper, frozen, offered, section_of, wrote
from tests.publishing.test_pages import ClientFor, address, sent, shown
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.publishing.models import PublicDocument, Section, SectionVersion
from trefoil.publishing.operations.versions import put_words_back

SHORTER = "The partners looked together at what had changed for children."


def twice(world: World, now: datetime) -> Section:
    """A section that was saved two times."""
    section = section_of(a_document(world, now=now), "summary")
    wrote(section, world, now=now, prose=SHORTER, answers=("YR18-M1",))
    wrote(section, world, now=now + timedelta(hours=1))
    return section


def test_write_section_keeps_each_saving(world: World, now: datetime) -> None:
    section = twice(world, now)
    kept = list(section.versions.values_list("number", "prose", "answers", "saved_by"))
    assert kept == [(2, SHORTER, ["YR18-M1"], world.manager.pk), (3, ENOUGH, [], world.manager.pk)]


def test_write_section_keeps_words_from_before_versions_were_kept(world: World, now: datetime) -> None:
    section = twice(world, now)
    SectionVersion.objects.all().delete()
    wrote(section, world, now=now, prose="Something else.")
    assert [one.prose for one in section.versions.all()] == [ENOUGH, "Something else."]


def test_put_words_back_makes_a_version_of_its_own(world: World, now: datetime) -> None:
    section = twice(world, now)
    put_words_back(section=section, number=2, seen_version=3, by=world.bob, now=now)
    section.refresh_from_db()
    assert (section.prose, section.answers, section.version) == (SHORTER, ["YR18-M1"], 4)
    newest = section.versions.last()
    assert newest is not None
    assert (newest.number, newest.from_number, newest.saved_by) == (4, 2, world.bob)
    event = AuditEvent.objects.get(event="section_put_back")
    assert event.detail == {"section": "summary", "version": 2}


def test_put_words_back_leaves_out_what_it_can_answer_no_more(world: World, now: datetime) -> None:
    section = twice(world, now)
    SectionVersion.objects.filter(number=2).update(answers=["YR18-M1", "YR23-10"])
    put_words_back(section=section, number=2, seen_version=3, by=world.manager, now=now)
    assert section.answers == ["YR18-M1"]


def test_put_words_back_refused(world: World, now: datetime) -> None:
    section = twice(world, now)
    for number, seen, why in (
        (9, 3, "no such version"),
        (3, 3, "says that already"),
        (2, 2, "has saved this since"),
    ):
        with pytest.raises(NotAllowedError, match=why):
            put_words_back(section=section, number=number, seen_version=seen, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="do not include writing"):
        put_words_back(section=section, number=2, seen_version=3, by=world.holder[DutyKind.GROUP_MEMBER], now=now)


def test_put_words_back_while_with_the_partners_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    section = section_of(document, "summary")
    with pytest.raises(NotAllowedError, match="draw it back"):
        put_words_back(section=section, number=2, seen_version=2, by=world.manager, now=now)


def test_history_says_who_changed_what(world: World, now: datetime, client_for: ClientFor) -> None:
    section, client = twice(world, now), client_for(world.bob)
    page = shown(client, "publishing_history", section.pk)
    assert "The words were saved 2 times" in page
    assert "9 words added, 0 removed" in page
    page = shown(client, "publishing_version", section.pk, 2)
    assert "What has changed since" in page
    assert '<ins class="pu-added">' in page
    page = sent(client, "publishing_words_back", section.pk, 2, seen_version=3)
    assert "The earlier words are back" in page
    assert "As it stands now" in shown(client, "publishing_version", section.pk, 4)
    assert client.get(address("publishing_version", section.pk, 99)).status_code == 404


def test_history_is_empty_before_the_first_saving(world: World, now: datetime, client_for: ClientFor) -> None:
    section = section_of(a_paper(world, now=now), "why")
    assert "Nothing has been saved yet" in shown(client_for(world.manager), "publishing_history", section.pk)
    member: Client = client_for(world.holder[DutyKind.GROUP_MEMBER])
    assert member.get(address("publishing_history", section.pk)).status_code == 404


def test_compare_says_that_a_first_edition_has_nothing_before_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    edition = frozen(world, now=now)
    page = shown(client_for(world.manager), "publishing_compare", edition.pk)
    assert "There is nothing to compare it with" in page


def test_compare_with_the_report_of_the_year_before(world: World, now: datetime, client_for: ClientFor) -> None:
    edition = frozen(world, now=now)
    other = a_paper(world, now=now, title="The paper of the year before")
    PublicDocument.objects.filter(pk=other.pk).update(starts_on="2024-04-01", ends_on="2025-03-31")
    copied = {**edition.offer.content, "title": other.title}
    copied["sections"] = [{**one, "prose": SHORTER} for one in edition.offer.content["sections"]]
    older = other.offers.create(number=1, content=copied, digest="0" * 64, offered_at=now, offered_by=world.manager)
    other.editions.create(offer=older, number=1, approvals=[], digest="0" * 64, frozen_at=now, frozen_by=world.manager)
    page = shown(client_for(world.bob), "publishing_compare", edition.pk)
    assert "The paper of the year before, edition 1, 1 April 2024 to 31 March 2025" in page
    assert "Of 9 sections: 9 changed." in page
    assert '<del class="pu-removed"><span class="govuk-visually-hidden">[removed: </span>' in page
