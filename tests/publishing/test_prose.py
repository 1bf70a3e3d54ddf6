"""Prose: what becomes of a writer's text, and what of it never reaches a page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.publishing.prose import as_html, count_words

TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "a", "h3"}


def test_as_html_dresses_paragraphs_lists_and_headings() -> None:
    html = as_html("# Why\n\nOne **two**.\n\n- a\n- b\n\n1. c")
    assert '<h3 class="govuk-heading-s">Why</h3>' in html
    assert '<p class="govuk-body">One <strong>two</strong>.</p>' in html
    assert '<ul class="govuk-list govuk-list--bullet">' in html
    assert '<ol class="govuk-list govuk-list--number">' in html


def test_as_html_sets_every_heading_one_beneath_the_one_above() -> None:
    html = as_html("# One\n\n### Two", level=1)
    assert html.count("<h2") == html.count("</h2>") == 2


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "http://example.org", "mailto:help@example.org"])
def test_as_html_keeps_links_to_the_web(address: str) -> None:
    assert f'<a href="{address}" class="govuk-link">here</a>' in as_html(f"[here]({address})")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//example.org", "file:///x"]
)
def test_as_html_leaves_other_links_as_text(address: str) -> None:
    assert "<a" not in as_html(f"[here]({address})")


def test_as_html_shows_html_as_it_was_typed() -> None:
    html = as_html("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>")
    assert "&lt;script&gt;" in html
    assert {name for _, name, _ in TAG.findall(html)} == {"p"}


@settings(max_examples=30)
@given(st.text(alphabet=st.sampled_from('<>&"[]()!*_#-1. \nabc:/'), max_size=200))
def test_as_html_makes_no_tag_that_is_not_on_the_list(text: str) -> None:
    for _, name, attributes in TAG.findall(as_html(text)):
        assert name in ALLOWED
        assert re.fullmatch(r'(\s(class|href|start)="[^"]*")*', attributes)


def test_count_words_leaves_marks_and_addresses_out() -> None:
    assert count_words("# A heading\n\n- one **two**\n- [three](https://example.org/four)") == 5
    assert count_words("don’t re-open") == 2
    assert count_words("  \n") == 0
