"""The search: every word, whole or begun; the best first; accents do not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.website.searching import MOST_FOUND, Entry, asked_words, folded, ready, search

ENTRIES = [
    Entry("a/", "Neglect", "Yearly report", "What we found about neglect and school. Nothing more."),
    Entry("b/", "Voice", "Yearly report", "Young people met at the Café. They spoke of neglect once."),
    Entry("c/", "Money", "Arrangements", "The budget and who pays."),
]


def paths(question: str) -> list[str]:
    return [hit.path for hit in search(ready(ENTRIES), question)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("neglect", ["a/", "b/"]),
        ("NEGLECT school", ["a/"]),
        ("cafe", ["b/"]),
        ("negl", ["a/", "b/"]),
        ("glect", []),
        ("yearly", ["a/", "b/"]),
        ("", []),
        ("?!", []),
        ("neglect budget", []),
    ],
)
def test_search_finds_every_word(question: str, found: list[str]) -> None:
    assert paths(question) == found


def test_snippet_marks_what_was_asked_in_the_words_themselves() -> None:
    hit = search(ready(ENTRIES), "cafe neglect")[0]
    assert [words for words, is_asked in hit.snippet if is_asked] == ["Café", "neglect"]
    assert "".join(words for words, _ in hit.snippet) == ENTRIES[1].text


def test_snippet_of_a_long_text_is_cut_between_words() -> None:
    text = f"{'before ' * 60}needle {'after ' * 60}".strip()
    hit = search(ready([Entry("x/", "X", "", text)]), "needle")[0]
    joined = "".join(words for words, _ in hit.snippet)
    assert joined.startswith("… before ")
    assert joined.endswith(" after …")
    assert len(joined) < 260


def test_search_gives_no_more_than_a_page() -> None:
    many = [Entry(f"{number}/", "Same", "", "same words") for number in range(MOST_FOUND + 5)]
    assert len(search(ready(many), "same")) == MOST_FOUND


@settings(max_examples=20)
@given(text=st.text(max_size=60), question=st.text(max_size=140))
def test_search_never_fails_and_its_snippet_is_of_the_text(text: str, question: str) -> None:
    assert len(folded(text)) == len(text)
    assert len(asked_words(question)) <= 8
    for hit in search(ready([Entry("x/", "Title", "", text)]), question):
        joined = "".join(words for words, _ in hit.snippet)
        assert joined.removeprefix("… ").removesuffix(" …").strip() in text or not joined.strip()
