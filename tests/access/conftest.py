"""For tests of signing in: a front page, an empty cache (it counts tries), and a person with a password."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.models import Person
from trefoil.people.operations import create_person

PASSWORD = "otter teaspoon lighthouse"


@pytest.fixture(autouse=True)
def _front_page_and_no_tries_yet(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.access.urls"
    cache.clear()


@pytest.fixture
def robin(db: None, now: datetime) -> Person:
    """Somebody with a password and no duty."""
    return create_person(email="robin@example.org", name="Robin Field", password=PASSWORD, by=None, now=now)


@pytest.fixture
def trail() -> Callable[[EventType], list[AuditEvent]]:
    """`trail(event)`: the rows of that kind, oldest first."""

    def rows(event: EventType) -> list[AuditEvent]:
        return list(AuditEvent.objects.filter(event=event).order_by("sequence"))

    return rows


@pytest.fixture
def sign_in_with_password(client: Client) -> Callable[..., object]:
    """`sign_in_with_password(email, password)`: the answer of the sign-in page, redirects not followed."""

    def post(email: str, password: str = PASSWORD) -> object:
        return client.post("/account/login/", {"login": email, "password": password})

    return post
