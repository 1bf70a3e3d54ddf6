"""Components for pages: shape and words beside every colour, labels for assistive technology."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from tests.design.markup import Element, read_markup
from trefoil.design.sparklines import SparkPoint
from trefoil.design.statuses import ARROWS, STATUSES, TAG_COLOURS


def render(source: str, **context: Any) -> Element:
    return read_markup(Template("{% load design %}" + source).render(Context(context)))


@pytest.mark.parametrize("status", STATUSES)
def test_status_tag_has_a_word_and_a_known_colour(status: str) -> None:
    tag = render("{% status_tag status %}", status=status).one("strong")
    assert tag.words() == STATUSES[status][1]
    assert tag.attrs["class"].removeprefix("govuk-tag govuk-tag--") in TAG_COLOURS


def test_status_tag_of_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="neither a status nor a colour"):
        render("{% status_tag 'splendid' %}")


def test_every_direction_of_arrow_has_its_own_shape_and_words() -> None:
    shapes = {path for (_, meaning), arrow in ARROWS.items() for path in [arrow.path] if meaning == "neutral"}
    assert len(shapes) == 4
    words = {arrow.words for (_, meaning), arrow in ARROWS.items() if meaning == "neutral"}
    assert words == {"Up", "Down", "No change", "Nothing to compare with"}


def test_arrow_says_whether_the_change_is_good() -> None:
    shown = render("{% arrow 'down' 'worse' %}")
    assert shown.words() == "Down, worse"
    assert shown.one("svg").attrs["aria-hidden"] == "true"


def test_arrow_of_no_change_is_never_good_or_bad() -> None:
    assert "tf-arrow--neutral" in render("{% arrow 'level' 'worse' %}").one("span", class_="tf-arrow").attrs["class"]


def test_summary_list_takes_rows_with_and_without_a_link() -> None:
    shown = render("{% summary_list rows %}", rows=[("Owner", "Police"), ("Source", "Return", "/s", "Change")])
    assert [key.words() for key in shown.all("dt")] == ["Owner", "Source"]
    assert shown.one("a", href="/s").words() == "Change Source"


def test_summary_list_takes_a_mapping() -> None:
    assert render("{% summary_list rows %}", rows={"Owner": "Police"}).one("dd").words() == "Police"


def test_sparkline_has_a_title_and_a_description() -> None:
    points = [SparkPoint("May", Decimal("80.5")), SparkPoint("June", None), SparkPoint("July", 71, signal=True)]
    shown = render("{% sparkline points '%' %}", points=points).one("svg", role="img")
    assert shown.one("title").words() == "Trend of 3 periods"
    assert shown.one("desc").words() == (
        "From 80.5% in May to 71% in July. Lowest 71%, highest 80.5%. More than noise in July. No figure for June."
    )


def test_sparkline_without_figures_says_so() -> None:
    shown = render("{% sparkline points %}", points=[None, None])
    assert shown.all("svg") == []
    assert shown.words() == "No trend yet"


def test_data_table_labels_each_cell_for_a_phone() -> None:
    shown = render("{% data_table 'Contacts' headings rows %}", headings=["Source", "Count"], rows=[["Police", "12"]])
    assert shown.one("th", scope="row").words() == "Police"
    assert shown.one("td").attrs["data-label"] == "Count"
    assert shown.one("caption").words() == "Contacts"


def test_data_table_breaks_only_words_that_are_very_long() -> None:
    rows = [["Tansy Honeymarsh, 23 November", mark_safe('<a href="/a-very-long-address/">Police</a>'), "x" * 17]]
    shown = render("{% data_table 'Read' headings rows %}", headings=["Who", "What", "Mark"], rows=rows).one("tbody")
    cells = [shown.one("th"), *shown.all("td")]
    assert ["tf-whole-words" in cell.attrs["class"] for cell in cells] == [True, True, False]


def test_data_table_with_an_uneven_row_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        render("{% data_table 'x' headings rows %}", headings=["A", "B"], rows=[["1"]])


def test_pagination_keeps_the_rest_of_the_address_and_marks_this_page() -> None:
    request = RequestFactory().get("/list", {"theme": "front door", "page": "2"})
    shown = render("{% pagination page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert shown.one("a", aria_current="page").words() == "2"
    assert shown.one("a", rel="next").attrs["href"] == "?theme=front+door&page=3"


def test_pagination_of_a_single_page_is_empty() -> None:
    assert render("{% pagination page %}", page=Paginator([1], 10).page(1)).children == []


def test_details_holds_what_stands_between_its_tags() -> None:
    shown = render("{% details 'What counts' %}<p>A visit</p>{% enddetails %}")
    assert shown.one("summary").words() == "What counts"
    assert shown.one("p").words() == "A visit"


def test_submit_sends_once_and_refuses_an_unknown_kind() -> None:
    button = render("{% submit 'Save' %}").one("button")
    assert (button.attrs["type"], button.attrs["data-prevent-double-click"]) == ("submit", "true")
    with pytest.raises(ValueError, match="kind of button"):
        render("{% submit 'Save' 'shiny' %}")


def test_empty_state_says_what_goes_here_and_how_to_start() -> None:
    shown = render("{% empty_state 'No plan yet' 'The business manager starts it.' '/start' 'Start the plan' %}")
    assert shown.words() == "No plan yet The business manager starts it. Start the plan"
    assert shown.one("a").attrs["href"] == "/start"


def test_text_given_to_components_is_escaped() -> None:
    hostile = "<script>x</script>"
    shown = render(
        "{% inset t %}{% warning t %}{% status_tag 'red' t %}{% summary_list r %}{% empty_state t t %}",
        t=hostile,
        r=[(hostile, hostile)],
    )
    assert shown.all("script") == []
