"""How much somebody may send: too much is refused from its announced length, before any of it is taken in."""

from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client

from trefoil.config.request_size import MAX_REQUEST_BYTES
from trefoil.indicators.intake.sheets import MAX_BYTES

pytestmark = pytest.mark.urls("tests.access.urls")

MULTIPART = "multipart/form-data; boundary=line"


class Body(BytesIO):
    """What the web server hands over, and how much of it was taken."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def send(body: Body, announced: str | None, path: str = "/account/login/"):
    length = {} if announced is None else {"CONTENT_LENGTH": announced}
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32  # anybody can make one up, and then the body is searched
    return client.generic(
        "POST", path, content_type=MULTIPART, **{"wsgi.input": body, "CONTENT_TYPE": MULTIPART, **length}
    )


@pytest.mark.parametrize("path", ["/account/login/", "/no-such-page/", "/front/", "/static/nothing.css"])
def test_stranger_who_sends_too_much_is_refused_unread(db, path):
    body = Body(b"--line\r\n" * 1000)
    answer = send(body, str(MAX_REQUEST_BYTES + 1), path)
    assert (answer.status_code, body.taken) == (413, 0)
    assert "at most 5 MB is taken" in answer.content.decode()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers


def test_signed_in_person_who_sends_too_much_is_refused_unread(world, client_for):
    body = Body(b"--line\r\n" * 1000)
    answer = client_for(world.alice).generic(
        "POST", "/front/", content_type=MULTIPART, **{"wsgi.input": body, "CONTENT_LENGTH": "99999999999"}
    )
    assert (answer.status_code, body.taken) == (413, 0)


def test_largest_file_and_its_form_pass(db):
    assert MAX_REQUEST_BYTES == MAX_BYTES + 1024 * 1024
    assert send(Body(b""), str(MAX_REQUEST_BYTES)).status_code != 413


@pytest.mark.parametrize("announced", [None, "", "nothing"])
def test_body_without_a_length_is_not_read(db, announced):
    """A body in chunks says no length. Nothing of it is taken, so no limit has to count it."""
    body = Body(b"--line\r\n" * 1000)
    answer = send(body, announced)
    assert (answer.status_code, body.taken) == (403, 0)


def test_no_more_is_read_than_was_announced(db):
    body = Body(b"--line\r\nContent-Disposition: form-data; name=a; filename=a.csv\r\n\r\n" + b"x" * 500_000)
    send(body, "300000")
    assert 0 < body.taken <= 300_000
