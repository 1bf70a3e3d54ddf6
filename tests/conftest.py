"""What every test may ask for: a moment, a small world, somebody signed in. Browser fixtures are in `browser.py`."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase

from tests.browser import browser, check_accessible, check_narrow, page, phone, sign_in
from tests.emptied import empty_database
from tests.kept_database import copy_to
from tests.world import World, build_world
from trefoil.indicators.evidence.kept import forget
from trefoil.people.models import Person

__all__ = ["browser", "check_accessible", "check_narrow", "page", "phone", "sign_in"]

# A slow machine is not a fault. In continuous integration the same examples run each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# A Sunday morning, outside British summer time.
MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/London"))
DATABASE_FIXTURES = {"db", "transactional_db", "world", "live_server"}


# Each begins one worker's half of the tests. What a worker steals when it has done its own comes from the end of the
# other's: short tests, and no second demo.
BEGINS = "test_demo.py", "test_every_page.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that touches the database runs on PostgreSQL too, except the stories in a browser and those whose
    answer cannot hang on the database (`one_database`, which says why).
    """
    for item in items:
        journey = item.get_closest_marker("journey")
        touches = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if touches and not journey and not item.get_closest_marker("one_database"):
            item.add_marker("postgres")
    first, second = ([item for item in items if item.path.name == name] for name in BEGINS)
    rest = [item for item in items if item.path.name not in BEGINS]
    half = max(len(items) // 2 - len(first), 0)
    items[:] = first + rest[:half] + second + rest[half:]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """On SQLite the tests begin with a copy of the kept file. See `kept_database.py`."""
    tests = settings.DATABASES["default"].get("TEST", {})
    ready = Path(tests["NAME"]) if connection.vendor == "sqlite" else None
    if ready is not None:
        copy_to(ready)
    yield
    if ready is not None:
        for left in ready.parent.glob(f"{ready.name}*"):
            left.unlink()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copy is used as it is; it goes when the tests have ended."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def _a_test_with_real_transactions_ends_with_an_emptied_database() -> None:
    """By ourselves: the trail refuses Django's own way, which takes a second besides. See `emptied.py`."""
    TransactionTestCase._fixture_teardown = lambda _case: empty_database()


@pytest.fixture(scope="session", autouse=True)
def _the_day_is_always_the_same() -> Iterator[None]:
    """Pages ask the machine for the time. From MOMENT on it passes as ever, so that no answer hangs on today's date."""
    with time_machine.travel(MOMENT, tick=True):
        yield


@pytest.fixture(scope="session")
def now() -> datetime:
    """The moment at which tests happen."""
    return MOMENT


@pytest.fixture(autouse=True)
def _nothing_is_kept_between_tests() -> None:
    """Figures are kept under the keys of their rows, and an emptied database gives the same keys again."""
    forget()


@pytest.fixture
def world(db: None, now: datetime, settings: Any, tmp_path: Path) -> World:
    """Fairmead and its people, and a second partnership for those who are outside; see `tests/world.py`.

    What it stores of extracts, documents and sites is in folders of its own.
    """
    settings.DOCUMENT_STORE = tmp_path / "documents"
    settings.SITE_STORE = tmp_path / "sites"
    settings.EXTRACT_STORE, settings.EXTRACT_SPOOL = tmp_path / "extracts", tmp_path / "spool"
    return build_world(now=now)


@pytest.fixture
def client_for() -> Callable[[Person], Client]:
    """`client_for(person)`: a browser without a screen, with that person signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
