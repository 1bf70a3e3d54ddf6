"""Fairmead with its groups, a relevant agency, and returns in several states, built through operations."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.workspace.fairmead import Fairmead, furnish
from tests.world import World


@pytest.fixture
def fairmead(world: World) -> Fairmead:
    """The world of every test, with groups and returns."""
    return furnish(world, now=timezone.now())


TRANSACTION_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture
def questions() -> Callable[[Client, str], int]:
    """`questions(client, address)`: how many statements a page sends the database, without transaction control."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        return sum(not query["sql"].startswith(TRANSACTION_CONTROL) for query in captured.captured_queries)

    return count
