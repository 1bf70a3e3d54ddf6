"""A child of a review named in a document: it does not go out, and only the review's readers are told which words."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.child_deaths.made import CHILD as DEAD_CHILD
from tests.child_deaths.made import notified
from tests.publishing.made import IN_WORDS, a_paper, section_of, wrote
from tests.publishing.test_pages import shown
from tests.reviews.made import CHILD, recorded, somebody
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.content import content_of, lines_of, written
from trefoil.publishing.models import Overruling, PublicDocument
from trefoil.publishing.operations.approving import offer_to_partners
from trefoil.publishing.operations.sections import overrule_line

ClientFor = Callable[[Person], Client]
FIRST = CHILD.partition(" ")[0]
HIDDEN = "Something here may point at a child"


@pytest.fixture
def other(world: World, now: datetime) -> Person:
    """A second manager, whom nobody put on the review."""
    return somebody(world, "Other manager", DutyKind.BUSINESS_MANAGER, now)


@pytest.fixture
def document(world: World, now: datetime) -> PublicDocument:
    """A report that names the child of a review led by the manager, by the first name alone."""
    recorded(world, now)
    paper = a_paper(world, now=now)
    wrote(
        section_of(paper, "summary"), world, now=now, prose=f"We learnt much from what happened to {FIRST} this year."
    )
    return paper


def _line(document: PublicDocument, now: datetime) -> str:
    (line,) = [one for one in lines_of(document, written(document, today=now.date())) if one.is_of_a_child]
    assert HIDDEN in line.why
    return line.key


def test_a_child_of_a_review_is_told_to_its_readers_alone(
    world: World, document: PublicDocument, other: Person, client_for: ClientFor
) -> None:
    assert f"“{FIRST}”: a child of a review is called so." in shown(
        client_for(world.manager), "publishing_check", document.pk
    )
    page = shown(client_for(other), "publishing_check", document.pk)
    assert HIDDEN in page
    assert FIRST not in page
    writer = shown(client_for(world.bob), "publishing_check", document.pk)
    assert HIDDEN not in writer
    assert FIRST not in writer


def test_offer_to_partners_that_names_a_child_refused(
    world: World, document: PublicDocument, other: Person, now: datetime
) -> None:
    for person in (world.manager, other):
        with pytest.raises(NotAllowedError, match="for 1 thing:"):
            offer_to_partners(document=document, by=person, now=now)


def test_overrule_line_of_a_child_by_who_was_not_told_refused(
    world: World, document: PublicDocument, other: Person, now: datetime
) -> None:
    key = _line(document, now)
    with pytest.raises(NotAllowedError, match="only who was told"):
        overrule_line(document=document, line=key, reason=IN_WORDS, by=other, now=now)
    overrule_line(document=document, line=key, reason=IN_WORDS, by=world.manager, now=now)
    assert Overruling.objects.get().line == key
    sections = written(document, today=now.date())
    content = content_of(document, sections, lines_of(document, sections))
    assert all(not line["key"].startswith("child:") for line in content["check"])
    assert offer_to_partners(document=document, by=other, now=now).number == 1


def test_a_word_without_a_capital_names_nobody(world: World, document: PublicDocument, now: datetime) -> None:
    wrote(section_of(document, "summary"), world, now=now, prose=f"A {FIRST.lower()} sang, and {FIRST}s fly.")
    assert not any(one.is_of_a_child for one in lines_of(document, written(document, today=now.date())))


def test_a_child_whose_death_is_reviewed_is_told_to_its_readers_alone(
    world: World, other: Person, client_for: ClientFor, now: datetime
) -> None:
    notified(world, now)
    name = DEAD_CHILD.partition(" ")[0]
    paper = a_paper(world, now=now)
    wrote(section_of(paper, "summary"), world, now=now, prose=f"We learnt much from what happened to {name} this year.")
    assert f"“{name}”: a child whose death is reviewed is called so." in shown(
        client_for(world.manager), "publishing_check", paper.pk
    )
    page = shown(client_for(other), "publishing_check", paper.pk)
    assert HIDDEN in page
    assert name not in page
    assert HIDDEN not in shown(client_for(world.bob), "publishing_check", paper.pk)
