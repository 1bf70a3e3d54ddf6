"""A notification: what is refused, who may send it, what is alike, who takes it up, corrected and withdrawn."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.child_deaths.made import BORN, CHILD, TEXT, asked, gathering, notice, notified, who
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.child_deaths.enums import AgeGroup, DeathState, Likeness
from trefoil.child_deaths.models import Death
from trefoil.child_deaths.operations.deaths import (
    correct_notice,
    notify_death,
    take_up,
    tell_apart,
    withdraw_death,
    write_identity,
)
from trefoil.child_deaths.operations.undoing import undo_last_step
from trefoil.child_deaths.queries import likely_doubles
from trefoil.child_deaths.rules import deaths_visible_to, deaths_without_lead
from trefoil.clocks.models import Clock
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind

DAY = timedelta(days=1)


def events(death: Death) -> set[str]:
    return set(AuditEvent.objects.filter(subject=death.subject).values_list("event", flat=True))


@pytest.mark.parametrize(
    ("told", "child", "words"),
    [
        ({"known_at": 1}, {}, "cannot lie in the future"),
        ({"died_on": 1}, {}, "cannot lie in the future"),
        ({"died_on": 0}, {}, "known before it happened"),
        ({"notifier": " "}, {}, "Say who notifies"),
        ({}, {"child_name": " "}, "Say who the child was"),
        ({}, {"born_on": date(2026, 11, 20)}, "before the day of birth"),
        ({}, {"born_on": date(2008, 11, 12)}, "18 or over"),
    ],
)
def test_notify_death_refuses(world: World, now: datetime, told: dict, child: dict, words: str) -> None:
    wrong = dict(told)
    if "known_at" in wrong:
        wrong["known_at"] = now + timedelta(hours=wrong["known_at"])
    if "died_on" in wrong:
        wrong["died_on"] = timezone.localdate(now) + wrong["died_on"] * DAY
    with pytest.raises(NotAllowedError, match=words):
        notified(world, now, identity=who(**child), **wrong)
    assert not Death.objects.exists()


def test_notify_death_by_a_reader_of_figures_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="duties here do not include"):
        notified(world, now, by=world.holder[DutyKind.READER])


def test_notify_death_twice_is_refused_to_who_runs_reviews_and_told_to_nobody_else(world: World, now: datetime) -> None:
    first = notified(world, now)
    with pytest.raises(NotAllowedError, match=f"{first.reference} has the same name and date of birth"):
        notified(world, now, identity=who(child_name=CHILD.upper()))
    second = notified(world, now, by=world.bob)
    assert likely_doubles(first) == [(second, Likeness.SAME)]
    third = notified(world, now, another="They are twins, and both were named so.")
    assert {one.reference for one, _ in likely_doubles(third)} == set()
    assert {one.other for one in third.told_apart.all()} == {first, second}
    assert events(third) >= {EventType.DEATH_NOTIFIED, EventType.DEATHS_TOLD_APART}


def test_notify_death_elsewhere_is_not_alike_here(world: World, now: datetime) -> None:
    notify_death(partnership=world.harbury, notice=notice(now), identity=who(), by=world.charlie, now=now)
    assert likely_doubles(notified(world, now)) == []


def test_take_up_what_a_professional_notified(world: World, now: datetime) -> None:
    death = notified(world, now, by=world.bob)
    assert Message.objects.get(person=world.manager).words.startswith("A notification has come in")
    assert not deaths_visible_to(standing_of(world.bob, world.fairmead, now=now)).exists()
    with pytest.raises(NotAllowedError, match="duties do not include"):
        take_up(death=death, by=world.bob, now=now)
    take_up(death=death, by=world.manager, now=now)
    standing = standing_of(world.manager, world.fairmead, now=now)
    assert deaths_visible_to(standing).get() == death
    assert not deaths_without_lead(standing).exists()
    with pytest.raises(NotAllowedError, match="Somebody runs it already"):
        take_up(death=death, by=world.manager, now=now)
    assert EventType.DEATH_TAKEN_UP in events(death)


def test_tell_apart_two_notifications(world: World, now: datetime) -> None:
    death = notified(world, now)
    other = notified(world, now, by=world.bob, identity=who(child_name="Linet Ashgrove-Pyke"))
    far = notified(world, now, by=world.bob, identity=who(child_name="Robin Wren", born_on=date(2020, 1, 2)))
    assert likely_doubles(death) == [(other, Likeness.SOUND)]
    with pytest.raises(NotAllowedError, match="Nothing in these two is alike"):
        tell_apart(death=death, other=far, reason=TEXT, by=world.manager, now=now)
    tell_apart(death=death, other=other, reason=TEXT, by=world.manager, now=now)
    assert likely_doubles(death) == []
    with pytest.raises(NotAllowedError, match="said already"):
        tell_apart(death=death, other=other, reason=TEXT, by=world.manager, now=now)


def test_write_identity_makes_fingerprints_and_age_anew(world: World, now: datetime) -> None:
    death = notified(world, now, identity=who(child_name="Baby of Ashgrove", born_on=None))
    other = notified(world, now, by=world.bob)
    assert (death.age_group, likely_doubles(death)) == (AgeGroup.UNKNOWN, [])
    write_identity(death=death, identity=who(), by=world.manager, now=now)
    death.refresh_from_db()
    assert death.age_group == AgeGroup.INFANT
    assert likely_doubles(death) == [(other, Likeness.SAME)]
    with pytest.raises(NotAllowedError, match="Nothing was changed"):
        write_identity(death=death, identity=who(), by=world.manager, now=now)
    detail = AuditEvent.objects.get(event=EventType.DEATH_IDENTITY_WRITTEN).detail
    assert detail == {"changed": ["born_on", "child_name"]}


def test_correct_notice_moves_the_meeting(world: World, now: datetime) -> None:
    death = notified(world, now)
    correct_notice(death=death, notice=notice(now, died_on=date(2026, 11, 1)), by=world.manager, now=now)
    clock = Clock.objects.about(death.subject).under("CD-CDRM").get()
    assert timezone.localdate(clock.due_at) == date(2027, 2, 1)
    with pytest.raises(NotAllowedError, match="before the day of birth"):
        correct_notice(death=death, notice=notice(now, died_on=BORN - DAY), by=world.manager, now=now)
    assert EventType.DEATH_CORRECTED in events(death)


def test_withdraw_death_that_came_twice(world: World, now: datetime) -> None:
    stays, twice = notified(world, now), gathering(world, now, another=TEXT)
    unread = notified(world, now, by=world.bob)
    request = asked(twice, world.police, world.dana, now)
    with pytest.raises(NotAllowedError, match="Withdraw what was asked first"):
        withdraw_death(death=twice, reason=TEXT, by=world.manager, now=now)
    type(request).objects.update(withdrawn_at=now, withdrawn_by=world.manager)
    for wrong in (twice, unread):
        with pytest.raises(NotAllowedError, match="Name the notification that stays"):
            withdraw_death(death=twice, reason=TEXT, same_as=wrong, by=world.manager, now=now)
    withdraw_death(death=twice, reason=TEXT, same_as=stays, by=world.manager, now=now)
    assert (twice.state, twice.duplicate_of) == (DeathState.WITHDRAWN, stays)
    assert not Clock.objects.about(twice.subject).open().exists()
    assert [one for one, _ in likely_doubles(stays)] == [unread]
    with pytest.raises(NotAllowedError, match="nothing is added"):
        correct_notice(death=twice, notice=notice(now), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="no step to undo"):
        undo_last_step(death=twice, reason=TEXT, by=world.manager, now=now)
