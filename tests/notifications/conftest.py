"""A mail server that is there, and settings that use it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notifications.mail_server import Post, mail_server


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """Letters go to a real server on this machine and are kept there."""
    with mail_server() as held:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", held.port, 5
        settings.PUBLIC_ADDRESS = "https://trefoil.example"
        yield held
