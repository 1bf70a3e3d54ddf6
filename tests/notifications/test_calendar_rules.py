"""Feeds against the letter of RFC 5545, read by no library: whatever is typed into a title; and that reader itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.notifications.rfc5545 import faults_of, read
from trefoil.notifications.calendar_feed import calendar_feed
from trefoil.notifications.entries import Entry

NOW = datetime(2026, 11, 23, tzinfo=UTC)
# Anything a form takes: no NUL and no half of a pair, which neither form nor database take.
TYPED = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 12, 31), timezones=st.timezones())  # noqa: DTZ001 bounds
AWKWARD = (
    "Neglect; harm, \\n and \\",
    "Ünïcödé 🧒🏽" * 20,
    "two\r\nlines\nof\rit",
    "a\x0bb\x1f",
    "\x85\u2028 x",
    " lead",
)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    """One entry with everything that can stand in a feed."""
    starts = draw(DAYS | MOMENTS)
    lasting = draw(st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
    return Entry(
        f"meeting:{number}",
        draw(st.sampled_from(["meeting", "limit"])),
        draw(TYPED),
        starts,
        f"/fairmead/meetings/{number}/",
        starts + lasting if isinstance(starts, datetime) else None,
        where=draw(TYPED),
        version=draw(st.integers(0, 400)),
        changed_at=draw(st.none() | MOMENTS),
        is_cancelled=draw(st.booleans()),
    )


FEEDS = st.integers(0, 4).flatmap(lambda number: st.tuples(*(entries(one) for one in range(number))))


def plain(typed: str) -> str:
    """A title as a calendar shows it: its lines, and a space for each other control character but a tab."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if (sign < " " and sign not in "\n\t") or sign == "\x7f" else sign for sign in lines)


@given(FEEDS, TYPED)
def test_feed_keeps_every_rule_and_says_what_was_typed(held: tuple[Entry, ...], name: str) -> None:
    file = calendar_feed(held, name=name, now=NOW)
    assert faults_of(file) == []
    events = read(file).parts
    assert [event.text("SUMMARY") for event in events] == [plain(one.title) for one in held]
    assert [event.text("LOCATION") for event in events] == [plain(one.where) for one in held]


@given(st.sampled_from(AWKWARD))
@example("x" * 74)
def test_awkward_titles_come_through(title: str) -> None:
    file = calendar_feed([Entry("action:1", "action", title, date(2026, 3, 29), "/x/")], name=title, now=NOW)
    assert faults_of(file) == []
    assert read(file).parts[0].text("SUMMARY") == plain(title)


GOOD = calendar_feed([Entry("action:1", "action", "Train, again", date(2026, 3, 29), "/x/")], name="F", now=NOW)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (b"\r\nUID", b"\nUID", "control character"),
        (b"SUMMARY:Train", b"SUMMARY:" + b"Train" * 20, "octets"),
        (b"SUMMARY:Train", b"SUMMARY:\xc3", "within a character"),
        (b"Train\\, again", b"Train, again", "SUMMARY is not escaped"),
        (b"VERSION:2.0", b"VERSION:1.0", "not 2.0"),
        (b"PRODID:-//Trefoil//Calendar//EN\r\n", b"", "0 times PRODID"),
        (b"DTSTAMP:20261123T000000Z", b"DTSTAMP:20261123T000000", "no UTC moment: DTSTAMP"),
        (b"DTSTART;VALUE=DATE:20260329", b"DTSTART:20260329", "does not begin before"),
        (b"DTEND;VALUE=DATE:20260330", b"DTEND;VALUE=DATE:20260329", "does not begin before"),
        (b"STATUS:CONFIRMED", b"STATUS:HELD", "no status"),
        (b"SEQUENCE:0", b"SEQUENCE:new", "no number"),
        (b"END:VEVENT\r\n", b"", "was not begun"),
        (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "no end"),
        (b"TRANSP:TRANSPARENT", b"TRANSP TRANSPARENT", "no content line"),
    ],
)
def test_reader_finds_what_is_planted(right: bytes, wrong: bytes, says: str) -> None:
    assert faults_of(GOOD) == []
    assert right in GOOD
    assert says in " ".join(faults_of(GOOD.replace(right, wrong)))


def test_reader_finds_one_uid_twice() -> None:
    begin, end = GOOD.index(b"BEGIN:VEVENT"), GOOD.index(b"END:VCALENDAR")
    assert faults_of(GOOD[:end] + GOOD[begin:end] + GOOD[end:]) == ["two events have one UID"]
