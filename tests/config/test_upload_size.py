"""How much the page that takes extracts takes, and from whom."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.config.test_request_size import MULTIPART, Body
from tests.world import World
from trefoil.config.request_size import MAX_REQUEST_BYTES, MEGABYTE
from trefoil.people.models import Person

ADDRESS = "/fairmead/extracts/upload/"
LARGE = str(MAX_REQUEST_BYTES + 1)


def send(client: Client, body: Body, announced: str, path: str = ADDRESS) -> int:
    """The status, for a body of that announced length."""
    return client.generic(
        "POST", path, content_type=MULTIPART, **{"wsgi.input": body, "CONTENT_LENGTH": announced}
    ).status_code


def test_analyst_may_send_a_large_extract(world: World, client_for: Callable[[Person], Client]) -> None:
    assert send(client_for(world.analyst), Body(b"--line--\r\n"), LARGE) == 200


@pytest.mark.parametrize("who", ["manager", "alice", "charlie", "nobody"])
def test_large_body_of_anybody_else_is_refused_unread(
    world: World, client_for: Callable[[Person], Client], who: str
) -> None:
    body = Body(b"--line--\r\n")
    assert (send(client_for(getattr(world, who)), body, LARGE), body.taken) == (413, 0)


def test_large_body_of_a_stranger_is_refused_unread(world: World) -> None:
    body = Body(b"--line--\r\n")
    assert (send(Client(), body, LARGE), body.taken) == (413, 0)


def test_analyst_who_sends_too_much_is_refused_unread(world: World, client_for: Callable[[Person], Client]) -> None:
    body = Body(b"--line--\r\n")
    assert (send(client_for(world.analyst), body, str(202 * MEGABYTE)), body.taken) == (413, 0)
    assert send(client_for(world.analyst), Body(b""), LARGE, "/fairmead/extracts/") == 413


DOCUMENTS = "/fairmead/documents/about/partnership:fairmead/"


def test_page_of_documents_takes_a_document_from_the_partnership_alone(
    world: World, client_for: Callable[[Person], Client]
) -> None:
    assert send(client_for(world.manager), Body(b"--line--\r\n"), LARGE, DOCUMENTS) == 200
    assert send(client_for(world.manager), Body(b""), LARGE, "/fairmead/documents/7/") == 404
    for person in (world.charlie, world.nobody):
        body = Body(b"--line--\r\n")
        assert (send(client_for(person), body, LARGE, DOCUMENTS), body.taken) == (413, 0)
    body = Body(b"--line--\r\n")
    assert (send(client_for(world.manager), body, str(22 * MEGABYTE), DOCUMENTS), body.taken) == (413, 0)
