"""The lines of a month's cell: what they say, and that nothing in them is taken for HTML."""

from datetime import date, datetime

from trefoil.notifications.entries import ENGLAND, Entry
from trefoil.workspace.templatetags.calendar_cells import entry_lines


def entry(**fields: object) -> Entry:
    return Entry(
        **{"reference": "x:1", "kind": "limit", "title": "T", "starts": date(2026, 11, 23), "path": "", **fields}
    )


def test_lines_of_an_empty_day_are_none() -> None:
    assert entry_lines([]) == ""


def test_line_holds_time_link_and_status() -> None:
    moment = datetime(2026, 11, 23, 14, 0, tzinfo=ENGLAND)
    line = entry_lines([entry(starts=moment, path="/a/1/", status="late", status_words="Late", is_cancelled=True)])
    assert line == (
        '<li class="tf-entry--late tf-entry--cancelled"><span class="tf-entry__what">14:00</span> '
        '<a class="govuk-link" href="/a/1/">T</a> <strong>Late</strong></li>'
    )


def test_line_without_a_page_is_words_and_a_long_title_is_cut() -> None:
    line = entry_lines([entry(title="word " * 30)])
    assert line.startswith('<li class="">word word')
    assert line.endswith("…</li>")
    assert len(line) < 100


def test_titles_are_escaped() -> None:
    line = entry_lines([entry(title="<b>bold</b>", path='/"x"/', status_words="<i>")])
    assert "<b>" not in line
    assert "<i>" not in line
    assert 'href="/&quot;x&quot;/"' in line
