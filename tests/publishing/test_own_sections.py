"""Sections that a document has beside those of its pattern: where they stand, what they leave alone, who may."""

from datetime import datetime

import pytest

from tests.publishing.made import (
    ENOUGH,
    a_document,
    a_paper,
    a_part,
    an_own_section,
    offered,
    partner_of,
    section_of,
    wrote,
)
from tests.publishing.test_pages import ClientFor, address, sent, shown
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.publishing.content import content_of, lines_of, written
from trefoil.publishing.enums import Found, PublicKind
from trefoil.publishing.models import PublicDocument, Section
from trefoil.publishing.operations.contributions import withdraw_contribution
from trefoil.publishing.operations.documents import begin_document
from trefoil.publishing.operations.own_sections import (
    MOST_OWN,
    add_own_section,
    place_own_section,
    remove_own_section,
)
from trefoil.publishing.operations.sections import write_section


def titles(document: PublicDocument, now: datetime) -> list[str]:
    return [one.section.title for one in written(document, today=now.date())]


def asked(document: PublicDocument, now: datetime) -> list[tuple[str, Found]]:
    """What the law's items are found to be."""
    lines = lines_of(document, written(document, today=now.date()))
    return [(one.key, one.found) for one in lines if one.is_asked]


def test_own_section_stands_where_it_was_put_and_leaves_the_law_alone(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    before, law = titles(document, now), asked(document, now)
    section = an_own_section(document, world)
    assert (section.key, section.is_own) == ("own_young_carers", True)
    assert titles(document, now) == [before[0], "Young carers", *before[1:]]
    assert list(document.sections.values_list("number", flat=True)) == list(range(1, len(before) + 2))
    wrote(section, world, now=now, prose="What young carers said of their year, in the words of the themes they chose.")
    assert asked(document, now) == law
    content = content_of(document, written(document, today=now.date()), ())
    assert [one["key"] for one in content["sections"]][1] == "own_young_carers"


def test_own_section_answers_nothing_of_the_law(world: World, now: datetime) -> None:
    section = an_own_section(a_document(world, now=now), world)
    with pytest.raises(NotAllowedError, match="cannot answer that"):
        write_section(section=section, prose=ENOUGH, answers=["YR18-M1"], seen_version=1, by=world.manager, now=now)


def test_own_section_renamed_and_put_at_the_beginning(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    before = titles(document, now)
    section = an_own_section(document, world)
    facts = {"section": section, "after": None, "by": world.manager, "now": now}
    place_own_section(**facts, title=" Young   people who care ", seen_version=1)
    assert titles(document, now) == ["Young people who care", *before]
    with pytest.raises(ChangedMeanwhileError):
        place_own_section(**facts, title="Carers", seen_version=1)


def test_own_section_removed_stands_nowhere_and_stays_on_record(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    before = titles(document, now)
    section = an_own_section(document, world)
    remove_own_section(section=section, by=world.manager, now=now)
    assert titles(document, now) == before
    assert Section.objects.get(pk=section.pk).removed_by == world.manager
    with pytest.raises(NotAllowedError, match="removed it already"):
        remove_own_section(section=section, by=world.manager, now=now)
    assert an_own_section(document, world).key == "own_young_carers_2"
    events = AuditEvent.objects.filter(event__startswith="own_section").order_by("sequence")
    assert [one.event for one in events] == ["own_section_added", "own_section_removed", "own_section_added"]


def test_own_section_that_an_agency_still_owes_is_not_removed(world: World, now: datetime) -> None:
    section = an_own_section(a_document(world, now=now), world)
    part = a_part(section, world, now=now)
    with pytest.raises(NotAllowedError, match="withdraw that first"):
        remove_own_section(section=section, by=world.manager, now=now)
    withdraw_contribution(contribution=part, by=world.manager, now=now)
    remove_own_section(section=section, by=world.manager, now=now)


def test_heading_is_looked_at_like_other_words(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    an_own_section(document, world, "What 3 children said")
    keys = [one.key for one in lines_of(document, written(document, today=now.date()))]
    assert [one.partition(":")[0] for one in keys if ":" in one][:1] == ["small"]


@pytest.mark.parametrize(
    ("title", "why"), [("X", "a heading of 3"), ("Y" * 151, "a heading of 3"), ("young carers", "has that heading")]
)
def test_heading_that_says_nothing_or_stands_there_already_is_refused(
    world: World, now: datetime, title: str, why: str
) -> None:
    document = a_document(world, now=now)
    an_own_section(document, world)
    with pytest.raises(NotAllowedError, match=why):
        add_own_section(document=document, title=title, after=None, by=world.manager, now=now)


def test_own_section_behind_one_of_another_document_refused(world: World, now: datetime) -> None:
    document, other = a_document(world, now=now), a_paper(world, now=now)
    with pytest.raises(NotAllowedError, match="of this document"):
        add_own_section(
            document=document, title="Carers", after=section_of(other, "summary"), by=world.manager, now=now
        )


def test_own_sections_of_a_briefing_without_end_or_by_others_refused(world: World, now: datetime) -> None:
    briefing = begin_document(
        partnership=world.fairmead,
        kind=PublicKind.LEARNING_BRIEFING,
        title="Seven minutes on care",
        starts_on=now.date(),
        ends_on=now.date().replace(year=now.year + 1),
        law="",
        by=world.manager,
        now=now,
    )
    with pytest.raises(NotAllowedError, match="sections of its kind and no more"):
        add_own_section(document=briefing, title="Carers", after=None, by=world.manager, now=now)
    document = a_document(world, now=now)
    with pytest.raises(NotAllowedError, match="do not include running"):
        add_own_section(document=document, title="Carers", after=None, by=partner_of(world, world.police), now=now)
    for number in range(MOST_OWN):
        add_own_section(document=document, title=f"Carers {number}", after=None, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="at most 20"):
        add_own_section(document=document, title="Carers", after=None, by=world.manager, now=now)


def test_sections_of_the_pattern_and_of_what_is_with_the_partners_stay(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="with the partners"):
        add_own_section(document=document, title="Carers", after=None, by=world.manager, now=now)
    section = section_of(a_document(world, now=now), "data")
    with pytest.raises(NotAllowedError, match="keeps its heading"):
        remove_own_section(section=section, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="keeps its heading"):
        place_own_section(section=section, title="Data", after=None, seen_version=1, by=world.manager, now=now)


def test_pages_add_move_and_remove(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = a_document(world, now=now), client_for(world.manager)
    assert address("publishing_own_section", document.pk) in shown(client, "publishing_document", document.pk)
    last = document.sections.last()
    assert last is not None
    page = sent(client, "publishing_own_section", document.pk, title="Young carers", after=last.pk)
    assert "Nothing is written in it yet" in page
    section = Section.objects.get(title="Young carers")
    assert section.number == last.number + 1
    assert address("publishing_section_remove", section.pk) in shown(client, "publishing_section", section.pk)
    page = sent(client, "publishing_place", section.pk, title="Carers who are young", after="", seen_version=1)
    assert "Section 1 of" in page
    page = sent(client, "publishing_section_remove", section.pk)
    assert "The section is removed." in page
    assert "Carers who are young" not in page.partition("The section is removed.")[2]
    assert client.get(address("publishing_section", section.pk)).status_code == 404
    own = section_of(document, "data")
    assert "keeps its heading and its place" in shown(client, "publishing_section_remove", own.pk)
