"""Clocks by the hundred thousand, and telling of those that came due: Trefoil's way and the obvious loop."""

from copy import copy
from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from django.core.management import call_command
from django.db import transaction

from tests.world import World, build_world
from trefoil.clocks.keeping import hold_to, reckon
from trefoil.clocks.models import Clock
from trefoil.clocks.rounds import run_clocks
from trefoil.clocks.telling import messages_about
from trefoil.notifications.models import Message
from trefoil.notifications.operations import queue_message
from trefoil.people.models import Partnership

# Rules of several units and lengths, so that arithmetic of every kind is in it.
RULES = ("AS-45", "CP-VIS", "CLA-V2", "CLA-RN", "MS-RHI", "SEN-20", "CO-S1", "PT-S11")
NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")
AT_A_TIME = 2000


def make(clocks: int, come: int) -> dict[str, int]:
    """A database with so many clocks, of which the moment of `come` has come."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        world = build_world(now=NOW)
        rows = (_clock(world, number, is_come=number < come) for number in range(clocks))
        while batch := list(islice(rows, AT_A_TIME)):
            Clock.objects.bulk_create(batch)
    found = Clock.objects.filter(next_at__lte=NOW).count()
    return {"clocks": Clock.objects.count(), "come": found}


def _clock(world: World, number: int, *, is_come: bool) -> Clock:
    """One that is late or due soon, or one that was told of or runs on."""
    clock = _worked_out(world.fairmead, RULES[number % len(RULES)], number % 700)
    clock.pk, clock.subject, clock.label = None, f"child:{number}", f"Clock {number}"
    clock.agency = (world.social_care, world.police, world.health)[number % 3]
    assert clock.due_at is not None
    if is_come:
        return clock
    clock.next_at = clock.due_at if clock.due_at > NOW and clock.next_at and clock.next_at <= NOW else clock.next_at
    if clock.next_at is not None and clock.next_at <= NOW:
        clock.next_at = None  # late, and told of already
    return clock


@cache
def _reckoned(partnership: Partnership, rule_id: str, days: int) -> Clock:
    """The moments of one clock. Many start on the same day under the same rule, so each is worked out once."""
    clock = Clock(partnership=partnership, rule_id=rule_id)
    hold_to(clock, started_at=NOW - timedelta(days=days), due_on=None)
    reckon(clock)
    return clock


def _worked_out(partnership: Partnership, rule_id: str, days: int) -> Clock:
    return copy(_reckoned(partnership, rule_id, days))


def run() -> dict[str, int]:
    """`run_clocks`, as the worker does it."""
    told = run_clocks(now=NOW)
    return {"clocks": told.clocks, "messages": told.messages}


def every_moment_has_come() -> int:
    """Set each open clock back to where nothing has been said of it and its moment has come."""
    return Clock.objects.update(
        next_at=NOW - timedelta(minutes=1), due_at=NOW - timedelta(minutes=1), soon_at=NOW - timedelta(days=1)
    )


@transaction.atomic
def plain() -> dict[str, int]:
    """Look at each clock, work out where it stands, and queue what is new: one message and one write at a time."""
    clocks = messages = 0
    for clock in list(Clock.objects.select_related("partnership", "agency", "person")):
        if clock.next_at is None or clock.next_at > NOW or clock.due_at is None:
            continue
        clocks += 1
        for new in messages_about([clock], NOW):
            messages += queue_message(
                person=new.person,
                partnership=new.partnership,
                kind=new.kind,
                words=new.words,
                path=new.path,
                key=new.key,
                by=None,
                now=NOW,
            )
        clock.next_at = clock.due_at if clock.due_at > NOW else None
        clock.save()
    assert Message.objects.count() == messages
    return {"clocks": clocks, "messages": messages}
