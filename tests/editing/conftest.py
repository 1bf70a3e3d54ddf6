"""The planted room: its table and its pages."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.editing.planted import planted_urls, table_of_notes


@pytest.fixture
def notes(world: object) -> Iterator[None]:
    """A table of notes, in a database that already holds the world."""
    with table_of_notes():
        yield


@pytest.fixture
def note_pages(notes: None, settings: Any) -> None:
    """The pages that write them."""
    settings.ROOT_URLCONF = planted_urls()
