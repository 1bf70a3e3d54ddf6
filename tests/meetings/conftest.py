"""The executive that tests of meetings happen in."""

from datetime import datetime

import pytest

from tests.meetings.meetings_made import Executive, executive
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent


@pytest.fixture
def made(world: World, now: datetime) -> Executive:
    """Three partners at one table."""
    return executive(world, now)


@pytest.fixture
def last():
    """`last(event)`: the newest row of the trail of that kind."""

    def newest(event: EventType) -> AuditEvent:
        return AuditEvent.objects.filter(event=event).latest("sequence")

    return newest
