"""Emergency access: with a reason, for a while, to see and never to change, and on the trail."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from trefoil.access.duty_operations import end_access, end_duty, give_duty
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.models import BrokenGlass
from trefoil.access.operations import CAN_BE_OPENED, LONGEST_OPENING, break_glass, close_opening
from trefoil.access.queries import openings_visible_to, standing_of
from trefoil.audit.enums import EventType
from trefoil.people.enums import DutyKind

REASON = "A child is missing tonight and the analyst cannot be reached."


@pytest.fixture
def open_glass(world, now):
    """`open_glass(**changed)`: Bob opens the returns of every agency for an hour."""

    def opened(**changed):
        return break_glass(
            **{
                "partnership": world.fairmead,
                "permission": Permission.READ_ALL_RETURNS,
                "reason": REASON,
                "lasting": timedelta(hours=1),
                "by": world.bob,
                "now": now,
                **changed,
            }
        )

    return opened


def test_break_glass_opens_and_the_trail_says_why(world, now, open_glass, trail):
    assert not standing_of(world.bob, world.fairmead, now=now).may(Permission.READ_ALL_RETURNS)
    opening = open_glass()
    standing = standing_of(world.bob, world.fairmead, now=now)
    assert standing.may(Permission.READ_ALL_RETURNS)
    assert standing.opened == {Permission.READ_ALL_RETURNS}
    row = trail(EventType.ACCESS_BROKEN_OPEN)[0]
    assert (row.actor, row.subject, row.reason) == (world.bob.pk, f"opening:{opening.pk}", REASON)
    assert row.detail["until"] == (now + timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    ("after", "open_still"),
    [(timedelta(0), True), (timedelta(minutes=59, seconds=59), True), (timedelta(hours=1), False)],
)
def test_break_glass_ends_by_itself(world, now, open_glass, after, open_still):
    open_glass()
    assert standing_of(world.bob, world.fairmead, now=now + after).may(Permission.READ_ALL_RETURNS) is open_still


def test_break_glass_is_in_that_partnership_and_for_that_person_alone(world, now, open_glass):
    open_glass()
    assert not standing_of(world.bob, world.harbury, now=now).opened
    assert not standing_of(world.alice, world.fairmead, now=now).opened


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": "urgent"}, "at least 20 characters"),
        ({"reason": " " * 40}, "at least 20 characters"),
        ({"lasting": LONGEST_OPENING + timedelta(seconds=1)}, "four hours at most"),
        ({"lasting": timedelta(0)}, "four hours at most"),
        ({"lasting": timedelta(hours=-1)}, "four hours at most"),
    ],
)
def test_break_glass_refuses_in_words_and_opens_nothing(open_glass, trail, changed, words):
    with pytest.raises(NotAllowedError, match=words):
        open_glass(**changed)
    assert not BrokenGlass.objects.exists()
    assert not trail(EventType.ACCESS_BROKEN_OPEN)


@pytest.mark.parametrize("permission", sorted(set(Permission) - set(CAN_BE_OPENED)))
def test_break_glass_never_opens_the_power_to_change(open_glass, permission):
    with pytest.raises(NotAllowedError, match="reading alone"):
        open_glass(permission=permission)


@pytest.mark.parametrize("who", ["alice", "charlie", "nobody", "manager"])
def test_break_glass_is_a_duty_s_own(world, open_glass, who):
    with pytest.raises(NotAllowedError, match="do not include emergency access"):
        open_glass(by=getattr(world, who))


@pytest.mark.parametrize("who", ["bob", "manager"])
def test_close_opening_by_its_owner_or_a_reader_of_the_trail(world, now, open_glass, trail, who):
    opening = open_glass()
    closer = getattr(world, who)
    close_opening(opening=opening, by=closer, now=now + timedelta(minutes=5))
    assert not standing_of(world.bob, world.fairmead, now=now + timedelta(minutes=6)).opened
    assert trail(EventType.ACCESS_CLOSED)[0].actor == closer.pk


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_close_opening_is_not_for_others(world, now, open_glass, who):
    opening = open_glass()
    with pytest.raises(NotAllowedError, match="only the person"):
        close_opening(opening=opening, by=getattr(world, who), now=now)
    assert standing_of(world.bob, world.fairmead, now=now).opened


@pytest.mark.parametrize("again_after", [timedelta(minutes=1), timedelta(hours=2)])
def test_close_opening_that_has_ended_is_refused(world, now, open_glass, trail, again_after):
    opening = open_glass()
    if again_after < timedelta(hours=1):
        close_opening(opening=opening, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="already ended"):
        close_opening(opening=opening, by=world.bob, now=now + again_after)
    assert len(trail(EventType.ACCESS_CLOSED)) <= 1


def test_openings_are_one_s_own_and_everybody_s_for_readers_of_the_trail(world, now, open_glass):
    opening = open_glass()
    mine = open_glass(by=world.analyst)
    assert list(openings_visible_to(standing_of(world.bob, world.fairmead, now=now))) == [opening]
    seen = openings_visible_to(standing_of(world.manager, world.fairmead, now=now))
    assert set(seen) == {opening, mine}
    assert not openings_visible_to(standing_of(world.charlie, world.harbury, now=now)).exists()


def test_database_refuses_an_opening_that_ends_before_it_begins(world, now, open_glass):
    opening = open_glass()
    with pytest.raises(IntegrityError), transaction.atomic():
        BrokenGlass.objects.filter(pk=opening.pk).update(ends_at=now)


def test_opened_trail_gives_no_power_over_the_openings_of_others(world, now, open_glass):
    """Emergency access reads the trail; it neither lists nor ends what somebody else opened."""
    others = open_glass(by=world.analyst)
    own = open_glass(permission=Permission.READ_TRAIL)
    standing = standing_of(world.bob, world.fairmead, now=now)
    assert standing.may(Permission.READ_TRAIL)
    assert list(openings_visible_to(standing)) == [own]
    with pytest.raises(NotAllowedError, match="only the person"):
        close_opening(opening=others, by=world.bob, now=now)
    assert standing_of(world.analyst, world.fairmead, now=now).opened


def last_day(now, days):
    return timezone.localdate(now) + timedelta(days=days)


@pytest.mark.parametrize("how", ["duty", "access"])
def test_openings_are_closed_with_the_duty_that_let_one_open_them(world, now, open_glass, trail, how):
    opening = open_glass()
    if how == "duty":
        end_duty(duty=world.bob.duties.get(), ends_on=last_day(now, -1), by=world.manager, now=now)
    else:
        end_access(person=world.bob, partnership=world.fairmead, by=world.manager, now=now)
    opening.refresh_from_db()
    assert (opening.closed_at, opening.closed_by) == (now, world.manager)
    row = trail(EventType.ACCESS_CLOSED)[0]
    assert (row.actor, row.subject) == (world.manager.pk, f"opening:{opening.pk}")


def test_openings_stay_while_another_duty_lets_one_open_them(world, now, open_glass, trail):
    opening = open_glass()
    facts = {"person": world.bob, "partnership": world.fairmead, "starts_on": last_day(now, 0), "now": now}
    give_duty(**facts, kind=DutyKind.ANALYST, by=world.manager)
    lead = world.bob.duties.get(kind=DutyKind.AGENCY_LEAD)
    end_duty(duty=lead, ends_on=last_day(now, -1), by=world.manager, now=now)
    opening.refresh_from_db()
    assert opening.closed_at is None
    assert not trail(EventType.ACCESS_CLOSED)
    assert standing_of(world.bob, world.fairmead, now=now).opened


def test_opening_gives_nothing_once_the_duty_has_run_out(world, now, open_glass):
    """A last day that was set before ends at midnight, in the middle of an opening: no operation runs then."""
    late = now.replace(hour=23, minute=30)
    facts = {"person": world.bob, "partnership": world.fairmead, "starts_on": last_day(now, 0), "now": now}
    give_duty(**facts, kind=DutyKind.READER, by=world.manager)
    end_duty(duty=world.bob.duties.get(kind="agency_lead"), ends_on=last_day(now, 0), by=world.manager, now=now)
    open_glass(now=late)
    assert standing_of(world.bob, world.fairmead, now=late).opened
    after = standing_of(world.bob, world.fairmead, now=late + timedelta(hours=1) - timedelta(seconds=1))
    assert after.may(Permission.READ_FIGURES)
    assert after.opened == frozenset()
