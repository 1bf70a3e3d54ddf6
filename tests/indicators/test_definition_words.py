"""A definition in words: every code has them, and the page and the download say the same."""

import csv
import io
from collections.abc import Callable
from html import unescape

from django.test import Client

from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.definition_words import beside_in_words, often_in_words, unit_in_words, way_in_words
from trefoil.people.models import Person

WORDS = (way_in_words, often_in_words, unit_in_words, beside_in_words)


def test_no_definition_speaks_in_codes() -> None:
    said = [words(one) for one in catalogue() for words in WORDS]
    assert [text for text in said if not text or "_" in text] == []


def test_comparators_are_listed_in_words() -> None:
    assert beside_in_words(catalogue()["CV02"]).startswith("The area's own earlier figures, ")
    assert beside_in_words(catalogue()["CV02"]).endswith(" and England")


def test_page_and_download_of_the_dictionary_say_the_same(world: World, client_for: Callable[[Person], Client]) -> None:
    client, definition = client_for(world.manager), catalogue()["CV02"]
    page = unescape(client.get("/fairmead/dictionary/CV02/").content.decode())
    content = client.get("/fairmead/download/dictionary.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content)))
    headings = next(line for line in lines if "Laid beside" in line)
    row = dict(zip(headings, next(line for line in lines if line[1:2] == ["CV02"]), strict=True))
    for heading, words in zip(("Which way is good", "How often", "Unit", "Laid beside"), WORDS, strict=True):
        assert row[heading] == words(definition)
        assert words(definition) in page
    assert row["Who answers"] == "Children's social care"
    assert row["Who answers"] in page
