"""A document as one file for a browser, read back as HTML."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.publishing.outputs.made import UNSETTLING, paper
from trefoil.publishing.outputs.web import write_html


class Read(HTMLParser):
    """The tags with their attributes, and the text."""

    def __init__(self, document: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(document.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [held for name, held in self.tags if name == tag]


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(write_html(paper(mark="DRAFT")))


def test_file_has_language_title_and_headings_in_order(read: Read) -> None:
    assert read.of("html") == [{"lang": "en-GB"}]
    levels = [int(tag[1]) for tag, _ in read.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "DRAFT" in read.text


def test_contents_lead_to_places_that_are_there(read: Read) -> None:
    places = {str(held.get("id")) for _, held in read.tags}
    inside = [str(held["href"]) for held in read.of("a") if str(held["href"]).startswith("#")]
    assert len(inside) == 4
    assert {href.removeprefix("#") for href in inside} <= places


def test_file_takes_words_as_words_and_needs_nothing_else(read: Read) -> None:
    assert UNSETTLING in read.text
    assert read.of("script") == []
    assert read.of("link") == []
    outside = [held["href"] for held in read.of("a") if not str(held["href"]).startswith("#")]
    assert outside == ["https://plan.example/a?b=1&c=2"]


def test_tables_have_headings_and_the_chart_has_words(read: Read) -> None:
    assert [held.get("scope") for held in read.of("th")] == ["col", "col", "col", "row", "row"]
    (drawn,) = read.of("svg")
    assert drawn["role"] == "img"
    assert "Line chart" in str(drawn["aria-label"])
