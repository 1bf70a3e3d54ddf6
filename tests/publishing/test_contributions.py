"""Agencies' parts of a section and comments on it: asked for, told, handed in, late, withdrawn, settled."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.publishing.made import IN_WORDS, a_comment, a_document, a_part, approved, section_of
from tests.publishing.test_pages import address, sent, shown
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.models import AuditEvent
from trefoil.notifications.models import Message
from trefoil.people.enums import Sector
from trefoil.people.models import Person
from trefoil.people.operations import create_agency
from trefoil.publishing.models import Comment, Section
from trefoil.publishing.operations.approving import freeze_edition
from trefoil.publishing.operations.comments import comment_on_section, settle_comment
from trefoil.publishing.operations.contributions import (
    ask_for_contribution,
    give_contribution,
    withdraw_contribution,
)
from trefoil.workspace.needs import needs_of
from trefoil.workspace.needs.need import Need

ClientFor = Callable[[Person], Client]
PART = "We ran two clinics."


@pytest.fixture
def section(world: World, now: datetime) -> Section:
    return section_of(a_document(world, now=now), "partners")


def needs(world: World, person: Person, now: datetime) -> list[Need]:
    return needs_of(standing_of(person, world.fairmead, now=now), now=now)


def events(section: Section) -> list[str]:
    return [one.event for one in AuditEvent.objects.filter(subject=section.document.reference).order_by("sequence")]


def test_ask_for_contribution_tells_the_agency_and_waits_on_its_home(
    world: World, section: Section, now: datetime
) -> None:
    part = a_part(section, world, now=now)
    message = Message.objects.get(person=world.bob)
    assert "by 2 December 2026" in message.words
    assert message.path == address("publishing_contribution", part.pk)
    (need,) = [one for one in needs(world, world.bob, now) if one.action == "Write it"]
    assert (need.words, need.href) == ("Asked for", message.path)
    later = now + timedelta(days=11)
    late = needs(world, world.bob, later)
    (need,) = [one for one in late if one.href == need.href]
    assert need.words == "Late"
    assert not any(one.href == need.href for one in needs(world, world.manager, now))
    assert events(section)[-1] == "contribution_asked"


def test_ask_for_contribution_refused(world: World, section: Section, now: datetime) -> None:
    def ask(by: Person = world.manager, words: str = IN_WORDS, days: int = 1, **named: object) -> None:
        agency = named.get("agency", world.police)
        due_on = now.date() + timedelta(days=days)
        ask_for_contribution(section=section, agency=agency, ask=words, due_on=due_on, by=by, now=now)

    elsewhere = create_agency(name="Elsewhere", sector=Sector.POLICE, by=None, now=now, is_invented=True)
    for refused, why in (
        ({"by": world.bob}, "running reports"),
        ({"words": "no"}, "say what the agency"),
        ({"days": -1}, "lies in the past"),
        ({"agency": elsewhere}, "not in this partnership"),
    ):
        with pytest.raises(NotAllowedError, match=why):
            ask(**refused)
    ask()
    with pytest.raises(NotAllowedError, match="asked for its part of this section already"):
        ask()


def test_give_contribution_stays_as_it_was_given(world: World, section: Section, now: datetime) -> None:
    part = a_part(section, world, now=now)
    for by, given, why in ((world.analyst, PART, "own people hand in"), (world.bob, " ", "write the agency")):
        with pytest.raises(NotAllowedError, match=why):
            give_contribution(contribution=part, given=given, by=by, now=now)
    give_contribution(contribution=part, given=f" {PART} ", by=world.bob, now=now)
    assert (part.given, part.is_open, part.is_late(part.due_on + timedelta(days=9))) == (PART, False, False)
    assert Message.objects.filter(person=world.manager, words__contains="has handed in its part").exists()
    assert not any(one.action == "Write it" for one in needs(world, world.bob, now))
    with pytest.raises(NotAllowedError, match="handed in or withdrawn already"):
        give_contribution(contribution=part, given=PART, by=world.bob, now=now)
    assert events(section)[-1] == "contribution_given"


def test_withdraw_contribution_ends_the_waiting(world: World, section: Section, now: datetime) -> None:
    part = a_part(section, world, now=now)
    with pytest.raises(NotAllowedError, match="running reports"):
        withdraw_contribution(contribution=part, by=world.bob, now=now)
    withdraw_contribution(contribution=part, by=world.manager, now=now)
    assert events(section)[-1] == "contribution_withdrawn"
    with pytest.raises(NotAllowedError, match="handed in or withdrawn already"):
        give_contribution(contribution=part, given=PART, by=world.bob, now=now)


def test_comment_on_section_until_it_is_frozen(world: World, section: Section, now: datetime) -> None:
    comment = a_comment(section, world, now=now)
    settle_comment(comment=comment, by=world.bob, now=now)
    assert events(section)[-2:] == ["section_commented", "comment_settled"]
    assert comment.settled_by == world.bob
    with pytest.raises(NotAllowedError, match="settled it already"):
        settle_comment(comment=comment, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="write the comment"):
        comment_on_section(section=section, words=" ", by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="do not include writing"):
        comment_on_section(section=section, words="Not I.", by=world.alice, now=now)
    document = approved(world, now=now)
    assert a_comment(section_of(document, "summary"), world, now=now).settled_at is None
    freeze_edition(document=document, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="is frozen"):
        comment_on_section(section=section_of(document, "why"), words="Late.", by=world.bob, now=now)


def test_parts_and_comments_by_their_pages(
    world: World, section: Section, now: datetime, client_for: ClientFor
) -> None:
    manager, bob = client_for(world.manager), client_for(world.bob)
    days = {"due_on_day": 1, "due_on_month": 2, "due_on_year": 2099}
    asked = sent(manager, "publishing_ask", section.pk, agency=world.social_care.pk, ask=IN_WORDS, **days)
    assert "Asked for" in asked
    part = section.contributions.get()
    assert "Ask no more" not in shown(bob, "publishing_section", section.pk)
    assert "own people hand it in" in shown(client_for(world.analyst), "publishing_contribution", part.pk)
    assert PART in sent(bob, "publishing_contribution", part.pk, given=PART)
    assert "It stays as it was given" in shown(bob, "publishing_contribution", part.pk)
    assert "withdrawn already" in shown(manager, "publishing_contribution_withdraw", part.pk)
    assert "Who says so?" in sent(bob, "publishing_comment", section.pk, words="Who says so?")
    assert "1 open comment" in shown(manager, "publishing_document", section.document_id)
    comment = Comment.objects.get()
    assert "Settled" in sent(manager, "publishing_comment_settle", comment.pk)
    assert "settled it already" in shown(manager, "publishing_comment_settle", comment.pk)


def test_part_that_is_withdrawn_by_its_page(
    world: World, section: Section, now: datetime, client_for: ClientFor
) -> None:
    part, manager = a_part(section, world, now=now), client_for(world.manager)
    assert "1 agency’s part waited for" in shown(manager, "publishing_document", section.document_id)
    assert "Not asked any more" in sent(manager, "publishing_contribution_withdraw", part.pk)
    assert "not asked any more" in shown(manager, "publishing_contribution", part.pk)
