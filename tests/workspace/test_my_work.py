"""My work: what waits for whom, in which order, in how few questions; and the names of the records it is about."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.notifications.telling import tell
from tests.workspace.governed import Governed, accepted, action, govern
from tests.world import World
from trefoil.access.queries import standing_in
from trefoil.notifications.enums import LetterState
from trefoil.notifications.models import Letter, Message
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.workspace.needs import Need, needs_of
from trefoil.workspace.needs.rows import MOST_OF_A_PART
from trefoil.workspace.subjects import page_of, subjects_of

ClientFor = Callable[[Person], Client]


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def governed(world: World, moment: datetime) -> Governed:
    return govern(world, moment)


def needs(governed: Governed, person: Person, now: datetime) -> list[Need]:
    standing = standing_in(person, "fairmead", now=now)
    return needs_of(standing, now=now)


def by_heading(found: list[Need]) -> dict[str, list[str]]:
    return {need.heading: [one.title for one in found if one.heading == need.heading] for need in found}


def test_lead_of_an_agency_answers_and_catches_up(governed: Governed, moment: datetime) -> None:
    assert by_heading(needs(governed, governed.world.bob, moment)) == {
        "To answer": ["Share the protocol"],
        "Overdue actions": ["Train the panel"],
        "Late by a time limit": ["Yearly report 2026"],
        "Risks to look at again": ["Too few health visitors"],
        "Messages": ["4 messages not read"],
    }


def test_overdue_says_since_when_and_leads_to_the_action(governed: Governed, moment: datetime) -> None:
    overdue = next(one for one in needs(governed, governed.world.bob, moment) if one.heading == "Overdue actions")
    assert "20 days ago" in overdue.reason
    assert (overdue.status, overdue.words) == ("late", "Overdue")
    assert overdue.href == page_of(governed.late.reference, "fairmead")


def test_manager_runs_meetings_and_places_what_was_refused(governed: Governed, moment: datetime) -> None:
    assert by_heading(needs(governed, governed.world.manager, moment)) == {
        "Refused actions": ["Move the clinic"],
        "Impact to judge": ["Write the pathway"],
        "Papers to send": ["Partners"],
        "Minutes to write": ["Partners"],
        "Minutes to approve": ["Partners"],
        "Terms of reference": ["Partners"],
        "Messages": ["4 messages not read"],
    }


def test_partner_says_their_position_until_they_have(governed: Governed, moment: datetime) -> None:
    found = by_heading(needs(governed, governed.made.police, moment))
    assert found["Your position"] == ["Move £20,000"]
    # Somebody who holds the duty, but works for no statutory partner, has none to say.
    other = governed.world.holder[DutyKind.SAFEGUARDING_PARTNER]
    assert "Your position" not in by_heading(needs(governed, other, moment))


def test_chair_sees_their_own_groups_papers(governed: Governed, moment: datetime) -> None:
    found = by_heading(needs(governed, governed.made.chair, moment))
    assert found["Papers to send"] == ["Partners"]
    assert "Papers to send" not in by_heading(needs(governed, governed.made.health, moment))


@pytest.mark.parametrize("kind", [DutyKind.AGENCY_RETURNS, DutyKind.GROUP_MEMBER, DutyKind.READER])
def test_others_are_asked_for_nothing(governed: Governed, moment: datetime, kind: DutyKind) -> None:
    assert needs(governed, governed.world.holder[kind], moment) == []


def test_messages_and_failed_letters_come_last(governed: Governed, moment: datetime) -> None:
    world = governed.world
    for table in (Message, Letter):
        table.objects.all().delete()
    tell(world, world.manager, moment, by=None)
    Letter.objects.update(state=LetterState.GIVEN_UP, why_not="The mail server could not be reached.")
    letter, message = needs(governed, world.manager, moment)[-2:]
    assert (letter.title, letter.reason) == (
        "E-mail to Business manager",
        "The mail server could not be reached.",
    )
    assert (message.title, message.href) == ("1 message not read", "/fairmead/messages/")


def test_full_part_shows_the_first_and_leads_to_the_rest(governed: Governed, moment: datetime) -> None:
    for number in range(MOST_OF_A_PART + 2):
        action(governed.world, moment, f"Ask {number}", days=number + 1)
    found = [one for one in needs(governed, governed.world.bob, moment) if one.heading == "To answer"]
    assert [one.title for one in found[:-1]] == [f"Ask {number}" for number in range(MOST_OF_A_PART)]
    assert found[-1].is_rest


def test_needs_ask_the_same_for_one_and_for_many(
    governed: Governed, moment: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    world = governed.world
    standing = standing_in(world.bob, "fairmead", now=moment)
    with django_assert_num_queries(2):
        needs_of(standing, now=moment)
    for number in range(5):
        accepted(world, moment - timedelta(days=60), f"Late {number}", days=10)
    with django_assert_num_queries(2):
        needs_of(standing, now=moment)


def test_page_shows_each_part_with_its_heading(governed: Governed, client_for: ClientFor) -> None:
    text = client_for(governed.world.bob).get("/fairmead/work/").content.decode()
    assert "5 things, 2 of them late." in text
    for words in ("To answer", "Overdue actions", "Late by a time limit", "Risks to look at again"):
        assert f">{words}</h2>" in text


def test_page_without_anything_says_what_comes_here(world: World, client_for: ClientFor) -> None:
    text = client_for(world.bob).get("/fairmead/work/").content.decode()
    assert "Nothing is waiting for you" in text


def test_home_shows_the_first_and_how_many_more(governed: Governed, client_for: ClientFor, moment: datetime) -> None:
    for number in range(6):
        action(governed.world, moment, f"Ask {number}")
    text = client_for(governed.world.bob).get("/fairmead/").content.decode()
    assert "My work: 5 more" in text


def test_subjects_name_the_records_of_governance(
    governed: Governed, moment: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    meeting = f"meeting:{governed.soon.pk}"
    references = {
        governed.late.reference: "Train the panel",
        governed.risk.reference: "Too few health visitors",
        f"clock:{governed.clock.pk}": "Yearly report 2026",
        f"decision:{governed.decision.pk}": "Move £20,000",
        meeting: f"Partners, {timezone.localdate(governed.soon.starts_at):%-d %B %Y}",
    }
    standing = standing_in(governed.world.bob, "fairmead", now=moment)
    with django_assert_num_queries(1):
        found = subjects_of(references, standing)
    assert {key: found[key].words for key in references} == references
    reader = standing_in(governed.world.holder[DutyKind.READER], "fairmead", now=moment)
    assert subjects_of([meeting], reader)[meeting].words == f"Meeting {governed.soon.pk}"
