"""For pages of returns: Alice's return, and a count of the questions that a page puts to the database."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.indicators.returns_made import opened
from tests.world import World
from trefoil.indicators.models import AgencyReturn

TRANSACTION_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture
def held(world: World, now: datetime) -> AgencyReturn:
    """An open return of Alice's agency."""
    return opened(world, now)


@pytest.fixture
def questions() -> Callable[[Client, str], int]:
    """`questions(client, address)`: how many statements a page sends, without transaction control."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        return sum(not query["sql"].startswith(TRANSACTION_CONTROL) for query in captured.captured_queries)

    return count


@pytest.fixture(autouse=True)
def _at_the_tests_moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Pages ask the clock; here it stands at the moment at which the world was built."""
    monkeypatch.setattr(timezone, "now", lambda: now)
