"""Calendar addresses and what they serve: private, revocable, and right for Outlook in winter and summer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.operations import break_glass
from trefoil.access.rules import Standing
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.notifications.entries import Entry, Wanted, entries_for
from trefoil.notifications.enums import FeedScope
from trefoil.notifications.models import CalendarAddress
from trefoil.notifications.operations import MOST_ADDRESSES, make_calendar_address, revoke_calendar_address
from trefoil.people.models import Person
from trefoil.people.operations import end_duty

ENGLAND = ZoneInfo("Europe/London")
CHANGED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def coming(month: int, day: int) -> date:
    """The next such day."""
    today = timezone.localdate()
    this_year = date(today.year, month, day)
    return this_year if this_year > today else date(today.year + 1, month, day)


SUMMER, WINTER, EVE = coming(7, 1), coming(12, 1), coming(12, 24)
asked: list[Standing] = []


def planted(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterable[Entry]:
    """A source of a room that does not exist."""
    asked.append(standing)
    summer = datetime(SUMMER.year, SUMMER.month, SUMMER.day, 14, 0, tzinfo=ENGLAND)
    winter = datetime(WINTER.year, WINTER.month, WINTER.day, 14, 0, tzinfo=ENGLAND)
    found = [
        Entry("meeting:7", "meeting", "Executive", summer, "/fairmead/meetings/7/", summer + timedelta(hours=2)),
        Entry(
            "meeting:8",
            "meeting",
            "Executive, Friday; papers",
            winter,
            "/fairmead/meetings/8/",
            where="Town Hall, room 2",
            version=3,
            changed_at=CHANGED,
            is_mine=True,
        ),
        Entry("action:12", "due", "Due: train the panel", EVE, "/fairmead/actions/12/", is_mine=True),
        Entry("meeting:9", "meeting", "Off", winter, "/fairmead/meetings/9/", is_cancelled=True),
        Entry("clock:3", "clock", "Secret", WINTER, "/fairmead/clocks/3/", is_restricted=True, is_mine=True),
    ]
    return [entry for entry in found if start <= entry.day <= end and (entry.is_mine or not wanted.mine)]


SOURCES = (planted,)


@pytest.fixture(autouse=True)
def _planted_source(settings: object) -> None:
    settings.CALENDAR_SOURCES = f"{__name__}.SOURCES"
    settings.PUBLIC_ADDRESS = "https://trefoil.example"
    asked.clear()


def made(world: World, person: Person, scope: FeedScope = FeedScope.ALL) -> tuple[CalendarAddress, str]:
    return make_calendar_address(
        partnership=world.fairmead, label="Outlook", scope=scope, by=person, now=timezone.now()
    )


def feed(client: Client, secret: str) -> dict[str, object]:
    """The events of a feed by UID."""
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_feed_is_read_without_signing_in(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    events = feed(client, secret)
    assert set(events) == {
        "meeting-7-meeting@trefoil.example",
        "meeting-8-meeting@trefoil.example",
        "meeting-9-meeting@trefoil.example",
        "action-12-due@trefoil.example",
    }
    assert asked[0].person == world.alice


def test_moments_are_in_utc_in_summer_and_winter(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    text = client.get(f"/calendar/{secret}.ics").content.decode()
    assert f"DTSTART:{SUMMER:%Y%m%d}T130000Z" in text
    assert f"DTEND:{SUMMER:%Y%m%d}T150000Z" in text
    assert f"DTSTART:{WINTER:%Y%m%d}T140000Z" in text
    assert f"DTEND:{WINTER:%Y%m%d}T150000Z" in text
    assert "TZID" not in text


def test_event_says_what_a_calendar_program_asks_for(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    text = client.get(f"/calendar/{secret}.ics").content.decode()
    head, _, rest = text.partition("BEGIN:VEVENT")
    for line in (
        "VERSION:2.0",
        "PRODID:-//Trefoil//Calendar//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Fairmead safeguarding",
    ):
        assert line in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head
    event = next(one for one in rest.split("BEGIN:VEVENT") if "meeting-8" in one)
    for line in (
        "DTSTAMP:20261101T120000Z",
        "LAST-MODIFIED:20261101T120000Z",
        "SEQUENCE:3",
        "SUMMARY:Executive\\, Friday\\; papers",
        "LOCATION:Town Hall\\, room 2",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "URL:https://trefoil.example/fairmead/meetings/8/",
    ):
        assert line in event.replace("\r\n ", "")
    assert all(line.endswith("\r\n") or not line for line in text.splitlines(keepends=True))


def test_day_is_a_day_and_takes_no_time(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    event = feed(client, secret)["action-12-due@trefoil.example"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (EVE, EVE + timedelta(days=1))
    assert str(event["transp"]) == "TRANSPARENT"


def test_cancelled_meeting_stays_and_says_so(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    assert str(feed(client, secret)["meeting-9-meeting@trefoil.example"]["status"]) == "CANCELLED"


def test_restricted_entry_is_on_no_feed_and_others_are_not_mine(world: World, client: Client) -> None:
    _, secret = made(world, world.alice, FeedScope.MINE)
    assert set(feed(client, secret)) == {"meeting-8-meeting@trefoil.example", "action-12-due@trefoil.example"}


def test_same_entries_are_the_same_file(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    first = client.get(f"/calendar/{secret}.ics")
    again = client.get(f"/calendar/{secret}.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-cache"


def test_feed_is_not_found_once_it_ended(world: World, client: Client) -> None:
    address, secret = made(world, world.alice)
    _, other = made(world, world.alice)
    revoke_calendar_address(address=address, by=world.alice, now=timezone.now())
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get(f"/calendar/{other}.ics").status_code == 200
    assert client.get("/calendar/guess.ics").status_code == 404
    assert client.post(f"/calendar/{other}.ics").status_code == 405


def test_feed_is_not_found_once_the_last_duty_ended_or_the_account_is_closed(world: World, client: Client) -> None:
    _, secret = made(world, world.alice)
    _, second = made(world, world.bob)
    now = timezone.now()
    end_duty(
        duty=world.alice.duties.get(), ends_on=timezone.localdate(now) - timedelta(days=1), by=world.manager, now=now
    )
    Person.objects.filter(pk=world.bob.pk).update(is_active=False)
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_feed_holds_nothing_that_emergency_access_opens(world: World, client: Client) -> None:
    _, secret = made(world, world.bob)
    break_glass(
        partnership=world.fairmead,
        permission=Permission.READ_ALL_RETURNS,
        reason="the figures of another agency bear on a child tonight",
        lasting=timedelta(hours=1),
        by=world.bob,
        now=timezone.now(),
    )
    client.get(f"/calendar/{secret}.ics")
    assert not asked[0].may(Permission.READ_ALL_RETURNS)


def test_secret_is_kept_as_a_hash_alone_and_reading_is_noted(world: World, client: Client) -> None:
    address, secret = made(world, world.alice)
    assert len(secret) >= 43
    assert secret not in str(list(CalendarAddress.objects.values()))
    client.get(f"/calendar/{secret}.ics")
    address.refresh_from_db()
    assert address.last_read_at is not None
    first = address.last_read_at
    client.get(f"/calendar/{secret}.ics")
    address.refresh_from_db()
    assert address.last_read_at == first


def test_address_is_its_owners_to_end_and_there_is_an_end_to_them(world: World) -> None:
    address, _ = made(world, world.alice)
    now = timezone.now()
    for person in (world.bob, world.manager):
        with pytest.raises(NotAllowedError, match="not yours"):
            revoke_calendar_address(address=address, by=person, now=now)
    revoke_calendar_address(address=address, by=world.alice, now=now)
    with pytest.raises(NotAllowedError, match="ended already"):
        revoke_calendar_address(address=address, by=world.alice, now=now)
    assert AuditEvent.objects.filter(event=EventType.CALENDAR_ADDRESS_REVOKED).count() == 1
    with pytest.raises(NotAllowedError, match="hold no duty"):
        made(world, world.charlie)
    for _ in range(MOST_ADDRESSES):
        made(world, world.alice)
    with pytest.raises(NotAllowedError, match="10 addresses"):
        made(world, world.alice)
    assert AuditEvent.objects.filter(event=EventType.CALENDAR_ADDRESS_MADE).count() == MOST_ADDRESSES + 1


def test_entries_stand_by_day_and_time(world: World) -> None:
    standing = Standing(person=world.alice, partnership=world.fairmead)
    found = entries_for(standing, min(WINTER, EVE), max(WINTER, EVE))
    order = [(entry.day, entry.time_words) for entry in found]
    assert order == sorted([(WINTER, ""), (WINTER, "14:00"), (WINTER, "14:00"), (EVE, "")])


def test_entry_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Entry("meeting:1", "meeting", "Executive", datetime(2026, 1, 1, 9), "/fairmead/")  # noqa: DTZ001 the fault itself
