"""What changed between two texts and between two editions: words, sections, figures."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.publishing.differences import Did, counts, edition_changes, word_changes

SENTENCE = "Two of three agencies answered within a week, and the third a day later."


def said(before: str, after: str) -> list[list[tuple[str, str]]]:
    return [[(one.did.value, one.text) for one in paragraph] for paragraph in word_changes(before, after)]


def test_word_changes_within_a_paragraph() -> None:
    assert said("The chair meets twice.", "The chair meets three times.") == [
        [("same", "The chair meets "), ("removed", "twice"), ("added", "three times"), ("same", ".")]
    ]


def test_word_changes_of_paragraphs_that_have_nothing_in_common() -> None:
    assert said(SENTENCE, "Nobody came.") == [[("removed", SENTENCE)], [("added", "Nobody came.")]]


def test_word_changes_leave_what_stayed_alone() -> None:
    assert said(f"{SENTENCE}\n\nOld.", f"{SENTENCE}\n\nOld.\n\nNew.") == [
        [("same", SENTENCE)],
        [("same", "Old.")],
        [("added", "New.")],
    ]


TEXT = st.lists(st.sampled_from(["one", "two", "three", "four", "\n"]), max_size=12).map(" ".join)


@settings(max_examples=30, deadline=None)
@given(before=TEXT, after=TEXT)
def test_word_changes_give_both_texts_back(before: str, after: str) -> None:
    changes = word_changes(before, after)
    for without, text in ((Did.ADDED, before), (Did.REMOVED, after)):
        back = [
            word for paragraph in changes for one in paragraph if one.did is not without for word in one.text.split()
        ]
        assert back == text.split()


def test_counts_of_words_added_and_removed() -> None:
    assert counts(word_changes("The chair meets twice.", "The chair meets three times.")) == (2, 1)
    assert counts(word_changes(SENTENCE, SENTENCE)) == (0, 0)


def a_block(kind: str, title: str, rows: list[list[str]], **more: Any) -> dict[str, Any]:
    table = {"caption": "Table", "headings": ["What", "Figure"], "rows": rows}
    held = {"kind": kind, "title": title, "sentences": [], "source": "", "tables": [table], "picture": None}
    return held | {"trouble": ""} | more


def a_section(key: str, prose: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "title": key.title(), "prose": prose, "blocks": list(blocks)}


def test_edition_changes_of_sections() -> None:
    before = {"sections": [a_section("summary", "**Bold** words."), a_section("gone", "Old.")]}
    after = {"sections": [a_section("summary", "Bold words."), a_section("fresh", "New.")]}
    changes = edition_changes(before, after)
    assert [(one.key, one.did.value, one.differs) for one in changes] == [
        ("summary", "same", False),
        ("fresh", "added", True),
        ("gone", "removed", True),
    ]


@pytest.mark.parametrize("named", [{"shows": "FD08"}, {"source": "Published nationally. Measure FD08."}])
def test_edition_changes_of_an_indicator_by_its_newest_figure(named: dict[str, str]) -> None:
    one = a_block("indicator", "Decided: 81% in March 2025", [["2024", "79%"], ["2025", "81%"]], **named)
    other = a_block("indicator", "Decided: 87% in March 2026", [["2025", "81%"], ["2026", "87%"]], **named)
    (change,) = edition_changes(
        {"sections": [a_section("data", "", one)]}, {"sections": [a_section("data", "", other)]}
    )
    (block,) = change.blocks
    (figure,) = block.figures
    assert (block.title, figure.before, figure.after) == ("Decided: 87% in March 2026", "81% (2025)", "87% (2026)")


def test_edition_changes_of_a_budget_row_by_row() -> None:
    one = a_block("budget", "What it cost, 2024 to 2025", [["Training", "£100"], ["Reviews", "£50"]])
    other = a_block("budget", "What it cost, 2025 to 2026", [["Training", "£100"], ["Data", "£20"]])
    (change,) = edition_changes(
        {"sections": [a_section("money", "", one)]}, {"sections": [a_section("money", "", other)]}
    )
    assert [(figure.label, figure.before, figure.after) for figure in change.blocks[0].figures if figure.differs] == [
        ("Data", "", "£20"),
        ("Reviews", "£50", ""),
    ]


def test_edition_changes_of_figures_put_in_and_taken_out() -> None:
    block = a_block("priority", "Neglect", [["Toolkit", "Done"]])
    put_in = edition_changes({"sections": [a_section("data", "")]}, {"sections": [a_section("data", "", block)]})
    taken_out = edition_changes({"sections": [a_section("data", "", block)]}, {"sections": [a_section("data", "")]})
    assert [one[0].blocks[0].did for one in (put_in, taken_out)] == [Did.ADDED, Did.REMOVED]
