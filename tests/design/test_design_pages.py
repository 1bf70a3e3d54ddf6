"""The layout around a page: one heading, landmarks, the frame's words, and plain pages for faults."""

import re
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from tests.design.markup import Element, read_markup
from trefoil.design.frame import DEMO_NOTE, Crumb, NavigationItem, PageFrame

WORDS = ("Home", "How we are doing", "Plan", "Meetings", "Reviews", "Library", "People")
FAULTS = ["404.html", "500.html", "403.html", "403_csrf.html", "400.html"]


def page(**context: Any) -> Element:
    text = render_to_string("design/message.html", {"title": "Front door", "lead": "All is steady.", **context})
    return read_markup(re.sub(r"<!DOCTYPE html>", "", text))


def navigation(count: int = 7) -> tuple[NavigationItem, ...]:
    return tuple(NavigationItem(word, f"/{place}", place == 1) for place, word in enumerate(WORDS[:count]))


def test_page_has_one_main_heading_and_its_lead_sentence() -> None:
    shown = page()
    assert shown.one("h1").words() == "Front door"
    assert shown.one("p", class_="tf-lead").words() == "All is steady."
    assert shown.one("title").words() == "Front door – Trefoil"


def test_skip_link_leads_to_the_main_content() -> None:
    shown = page()
    assert shown.one("a", class_="govuk-skip-link").attrs["href"] == "#" + shown.one("main").attrs["id"]


def test_page_carries_the_partnerships_name_and_colour() -> None:
    shown = page(frame=PageFrame(partnership_name="Fairmead Partnership", colour="plum"))
    assert shown.one("a", class_="tf-header__name").words() == "Fairmead Partnership"
    assert "partnership-colour-plum" in shown.one("body").attrs["class"].split()


def test_navigation_marks_the_current_room_in_both_of_its_forms() -> None:
    nav = page(frame=PageFrame(navigation=navigation())).one("nav", aria_label="Main")
    marked = nav.all("a", aria_current="page")
    assert [link.words() for link in marked] == ["How we are doing"] * 2
    assert len(nav.one("details").all("a")) == 7


def test_eight_words_of_navigation_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 7"):
        PageFrame(navigation=(*navigation(), NavigationItem("More", "/")))


def test_unknown_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a partnership colour"):
        PageFrame(colour="pink")


def test_notes_say_what_is_invented_and_what_is_published() -> None:
    shown = page(frame=PageFrame(demo_note=DEMO_NOTE, published_note="Published by DfE."))
    assert [note.words() for note in shown.all("p", class_="tf-note")] == [
        f"Invented {DEMO_NOTE}",
        "Published Published by DfE.",
    ]
    assert page().all("p", class_="tf-note") == []


def test_sign_out_is_a_form_that_posts() -> None:
    shown = page(frame=PageFrame(person_name="Analyst", sign_out_href="/out"), csrf_token="token")
    form = shown.one("form", action="/out")
    assert form.attrs["method"] == "post"
    assert form.one("input", name="csrfmiddlewaretoken").attrs["value"] == "token"


def test_session_warning_is_there_only_when_a_session_can_end() -> None:
    dialog = page(frame=PageFrame(session_seconds=1800, keep_session_href="/keep")).one("dialog")
    assert (dialog.attrs["data-seconds"], dialog.one("form").attrs["action"]) == ("1800", "/keep")
    assert page().all("dialog") == []


def test_quick_exit_is_there_only_where_a_page_asks_for_it() -> None:
    exit_link = page(frame=PageFrame(quick_exit_href="/weather")).one("a", class_="govuk-js-exit-this-page-button")
    assert exit_link.words() == "Emergency Exit this page"
    assert page().all("a", class_="govuk-js-exit-this-page-button") == []


def test_breadcrumb_lists_the_pages_above() -> None:
    shown = page(crumbs=[Crumb("Home", "/"), Crumb("How we are doing", "/figures")])
    assert [link.words() for link in shown.one("nav", aria_label="Breadcrumb").all("a")] == [
        "Home",
        "How we are doing",
    ]


def test_messages_are_banners_with_a_heading_in_words() -> None:
    levels = (constants.SUCCESS, constants.ERROR, constants.WARNING, constants.INFO)
    shown = page(messages=[Message(level, "Text") for level in levels])
    headings = [heading.words() for heading in shown.all("h2", class_="govuk-notification-banner__title")]
    assert headings == ["Done", "There is a problem", "Please check", "Please note"]
    assert (
        len({banner.attrs["aria-labelledby"] for banner in shown.all("div", class_="govuk-notification-banner")}) == 4
    )


@pytest.mark.parametrize("name", FAULTS)
def test_fault_page_stands_without_any_context(name: str) -> None:
    shown = read_markup(render_to_string(name).replace("<!DOCTYPE html>", ""))
    assert shown.one("h1").words()
    assert shown.one("title").words() == f"{shown.one('h1').words()} – Trefoil"
    assert shown.one("p", class_="tf-lead").words()
    assert "!" not in shown.words()


def test_page_holds_no_inline_style_or_script() -> None:
    shown = page(frame=PageFrame(navigation=navigation(), session_seconds=60, quick_exit_href="/w"))
    assert [one.tag for one in shown.walk() if "style" in one.attrs or one.tag == "style"] == []
    assert all("src" in script.attrs for script in shown.all("script"))
