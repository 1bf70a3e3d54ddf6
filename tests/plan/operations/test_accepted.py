"""Accepting what the X-ray found: for a reason, until a day, on the trail, and taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.plan.made import IN_WORDS, an_action
from tests.plan.registered import a_risk
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.plan.models import AcceptedFinding
from trefoil.plan.operations.accepted import accept_finding, show_finding_again
from trefoil.plan.queries_xray import Xray, xray_of
from trefoil.plan.xray.vocabulary import Check


def seen(world: World, now: datetime, kind: DutyKind = DutyKind.BUSINESS_MANAGER) -> Xray:
    standing = standing_of(world.holder[kind], world.fairmead, now=now)
    return xray_of(standing, today=timezone.localdate(now))


def accept(world: World, now: datetime, key: str = "no-answer/action:1", **changed: Any) -> AcceptedFinding:
    until = timezone.localdate(now) + timedelta(days=30)
    fields = {"words": "x", "reason": IN_WORDS, "until": until, "by": world.manager, "now": now, **changed}
    return accept_finding(partnership=world.fairmead, key=key, **fields)


def test_accept_finding_hides_it_until_its_day(world: World, now: datetime) -> None:
    an_action(world, now=now - timedelta(days=20))
    (found,) = [one for one in seen(world, now).found if one.check is Check.NO_ANSWER]
    accept(world, now, found.key)
    after = seen(world, now)
    assert found not in after.found
    assert [one for one, _ in after.accepted] == [found]
    later = seen(world, now + timedelta(days=31))
    assert found.key in [one.key for one in later.found]
    event = AuditEvent.objects.get(event=EventType.FINDING_ACCEPTED)
    assert (event.subject, event.reason) == (found.subject, IN_WORDS)


def test_accept_finding_again_once_it_has_run_out(world: World, now: datetime) -> None:
    accept(world, now)
    later = now + timedelta(days=31)
    accept(world, later)
    assert AcceptedFinding.objects.filter(ended_at__isnull=True).count() == 1


def test_accept_finding_twice_is_refused(world: World, now: datetime) -> None:
    accept(world, now)
    with pytest.raises(NotAllowedError, match="accepted already"):
        accept(world, now)


@pytest.mark.parametrize(
    ("days", "reason", "why"),
    [(-1, IN_WORDS, "up to a year"), (367, IN_WORDS, "up to a year"), (30, "ok", "may stay as it is")],
)
def test_accept_finding_refuses(world: World, now: datetime, days: int, reason: str, why: str) -> None:
    until = timezone.localdate(now) + timedelta(days=days)
    with pytest.raises(NotAllowedError, match=why):
        accept(world, now, until=until, reason=reason)


def test_accept_finding_refuses_who_does_not_write_the_plan(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="writing the plan"):
        accept(world, now, by=world.holder[DutyKind.SCRUTINEER])


def test_show_finding_again_once(world: World, now: datetime) -> None:
    accepted = accept(world, now)
    show_finding_again(accepted=accepted, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="shown again already"):
        show_finding_again(accepted=accepted, by=world.manager, now=now)
    assert AuditEvent.objects.filter(event=EventType.FINDING_SHOWN_AGAIN).count() == 1


def test_xray_tells_of_risks_only_those_who_read_them(world: World, now: datetime) -> None:
    a_risk(world, now=now, person=None, agency=None)
    assert Check.NO_OWNER in {one.check for one in seen(world, now).found}
    assert seen(world, now, DutyKind.GROUP_MEMBER).found == ()
