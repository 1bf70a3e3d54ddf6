"""Who is in the chair: one answer for the pages, for running meetings, and for what the plan takes from a meeting."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest

from tests.meetings.meetings_made import Executive
from tests.world import BEGINNING
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.structure_operations import give_duty_seat
from trefoil.meetings.chairs import chairs_of, groups_chaired_by
from trefoil.meetings.members import chair_of, members_of
from trefoil.meetings.operations.groups import plan_chairs
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.group_operations import end_seat
from trefoil.people.models import Agency, Duty, Membership, Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.rules import chairs_a_group, check_may_propose


@pytest.fixture
def turned(made: Executive, now: datetime) -> Executive:
    """Nobody holds the chair's seat, and it is the turn of the police."""
    give_turn(made, made.world.police, now)
    leave_chair(made, now)
    return made


def give_turn(made: Executive, agency: Agency, now: datetime) -> None:
    others = [one for one in (made.world.police, made.world.health, made.world.social_care) if one != agency]
    order = [agency, *others]
    plan_chairs(group=made.group, agencies=order, starts_on=date(2026, 4, 1), by=made.world.manager, now=now)


def leave_chair(made: Executive, now: datetime) -> None:
    yesterday = now.date() - timedelta(days=1)
    end_seat(seat=made.group.members.get(person=made.chair), ends_on=yesterday, by=None, now=now)


def in_the_chair(made: Executive, now: datetime) -> set[Person]:
    """Who may act as its chair, after asking every room that asks, which have to agree."""
    chairs = set()
    for person in Person.objects.all():
        standing = standing_of(person, made.group.partnership, now=now)
        if groups_chaired_by(standing, now.date()).filter(pk=made.group.pk).exists():
            chairs.add(person)
        assert chairs_a_group(standing, now.date()) == (person in chairs)
    shown, member = (
        chairs_of([made.group.pk], now.date()).get(made.group.pk),
        chair_of(members_of(made.group, now.date())),
    )
    assert (member.person if member else None) == shown
    assert shown is None if not chairs else shown in chairs
    return chairs


def test_chair_is_who_holds_the_seat_whosever_turn_it_is(made: Executive, now: datetime) -> None:
    assert in_the_chair(made, now) == {made.chair}
    give_turn(made, made.world.police, now)
    assert in_the_chair(made, now) == {made.chair}


def test_chair_goes_with_the_turn_while_its_seat_is_empty(turned: Executive, now: datetime) -> None:
    assert in_the_chair(turned, now) == {turned.police}
    give_turn(turned, turned.world.health, now)
    assert in_the_chair(turned, now) == {turned.health}
    assert not chairs_of([turned.group.pk], date(2030, 1, 1))


def test_chair_by_turn_is_anybody_who_speaks_for_the_agency_and_sits_there(turned: Executive, now: datetime) -> None:
    delegate = turned.world.holder[DutyKind.SAFEGUARDING_PARTNER]
    group, world = turned.group, turned.world
    Duty.objects.filter(person=delegate).update(agency=world.health)
    give_turn(turned, world.health, now)
    assert in_the_chair(turned, now) == {turned.health}
    named = {"role": GroupRole.MEMBER, "starts_on": BEGINNING, "now": now}
    give_duty_seat(group=group, duty=DutyKind.SAFEGUARDING_PARTNER, agency=world.health, by=world.manager, **named)
    assert in_the_chair(turned, now) == {turned.health, delegate}


def test_chair_by_turn_is_nobody_outside_the_group(turned: Executive, now: datetime) -> None:
    end_seat(
        seat=turned.group.members.get(person=turned.police), ends_on=now.date() - timedelta(days=1), by=None, now=now
    )
    assert in_the_chair(turned, now) == set()


def test_chair_by_turn_ends_with_the_agencys_place_among_the_partners(turned: Executive, now: datetime) -> None:
    Membership.objects.filter(agency=turned.world.police).update(ends_on=now.date() - timedelta(days=1))
    assert in_the_chair(turned, now) == set()


def test_chair_by_turn_ends_with_the_account(turned: Executive, now: datetime) -> None:
    Person.objects.filter(pk=turned.police.pk).update(is_active=False)
    assert in_the_chair(turned, now) == set()


def test_chair_by_turn_gives_actions_from_a_meeting_and_from_nowhere_else(turned: Executive, now: datetime) -> None:
    standing = standing_of(turned.police, turned.group.partnership, now=now)
    check_may_propose(standing, SourceKind.MEETING, now.date())
    with pytest.raises(NotAllowedError, match="giving actions"):
        check_may_propose(standing, SourceKind.AUDIT, now.date())
    with pytest.raises(NotAllowedError, match="giving actions"):
        check_may_propose(standing_of(turned.health, turned.group.partnership, now=now), SourceKind.MEETING, now.date())


def test_chairs_of_many_groups_ask_twice(turned: Executive, now: datetime, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):
        assert chairs_of([turned.group.pk], now.date()) == {turned.group.pk: turned.police}


def test_pages_of_groups_name_the_chair_by_turn(turned: Executive, client_for: object) -> None:
    client = client_for(turned.world.manager)
    assert turned.police.name in client.get("/fairmead/groups/").content.decode()
    page = client.get("/fairmead/groups/partners/").content.decode()
    assert f"{turned.police.name}, because it is the turn of their agency" in page


def test_pages_of_groups_name_the_holder_of_the_seat_alone(made: Executive, now: datetime, client_for: object) -> None:
    give_turn(made, made.world.police, now)
    page = unescape(client_for(made.world.manager).get("/fairmead/groups/partners/").content.decode())
    assert f'Chair</dt><dd class="govuk-summary-list__value">{made.chair.name}</dd>' in page
    assert "because it is the turn of their agency" not in page
