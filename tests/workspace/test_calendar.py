"""Everything due, as a calendar: the month's cells, what stands on them for whom, and the feed of the same."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.publishing.made import a_care, a_frozen_policy
from tests.workspace.fairmead import ask
from tests.workspace.governed import Governed, action, govern
from tests.world import World
from trefoil.access.queries import standing_in
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import start_clock
from trefoil.notifications.entries import Entry, Wanted, entries_for
from trefoil.notifications.enums import FeedScope
from trefoil.notifications.operations import make_calendar_address
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.models import PolicyCare
from trefoil.workspace.calendar.month import MOST_OF_A_DAY, Month
from trefoil.workspace.needs.clocks import rule_name

ClientFor = Callable[[Person], Client]


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def governed(world: World, moment: datetime) -> Governed:
    return govern(world, moment)


def titles(person: Person, moment: datetime, **wanted: object) -> list[str]:
    standing = standing_in(person, "fairmead", now=moment)
    today = timezone.localdate(moment)
    found = entries_for(standing, today - timedelta(days=90), today + timedelta(days=90), Wanted(**wanted))
    return sorted(entry.title for entry in found)


def test_calendar_holds_every_kind_once(governed: Governed, moment: datetime) -> None:
    ask(governed.world, governed.world.social_care, moment, due_on=timezone.localdate(moment), month=3)
    found = titles(governed.world.manager, moment)
    for words in (
        "Action: Share the protocol",
        "Action: Train the panel",
        "A word is due on: Train the panel",
        "Yearly report 2026",
        "Too few health visitors",
        "Monthly figures, March 2026",
    ):
        assert sum(words in title for title in found) == 1, (words, found)
    assert found.count("Partners") == 3
    # Refused, done and withdrawn actions are not due any more.
    assert not [title for title in found if "Move the clinic" in title or "Write the pathway" in title]


def test_clock_called_by_the_name_of_its_rule_says_it_once(governed: Governed, moment: datetime) -> None:
    world, name = governed.world, rule_name("SI-RR")
    named = {
        "partnership": world.fairmead,
        "rule_id": "SI-RR",
        "started_at": moment,
        "by": world.manager,
        "now": moment,
    }
    start_clock(subject="incident:1", label=name, **named)
    start_clock(subject="incident:2", label="Incident 2", **named)
    start_clock(subject="incident:3", label=f"{name} of incident 3", **named)
    found = titles(world.manager, moment)
    assert {name, f"{name}: Incident 2", f"{name} of incident 3"} <= set(found)
    assert not [title for title in found if title.startswith(f"{name}: {name}")]


def test_calendar_is_narrowed_in_the_database(governed: Governed, moment: datetime) -> None:
    world, bob = governed.world, governed.world.bob
    assert titles(bob, moment, kind="meeting") == ["Partners"] * 3
    assert titles(bob, moment, group_id=governed.made.group.pk) == ["Partners"] * 3
    assert len(titles(bob, moment, kind="action")) == 3
    assert titles(bob, moment, agency_id=world.police.pk) == []
    assert titles(bob, moment, kind="risk", agency_id=world.police.pk) == []
    assert len(titles(bob, moment, kind="papers")) == 2
    mine = titles(bob, moment, mine=True)
    assert "Partners" not in mine
    assert any("Yearly report 2026" in title for title in mine)
    assert titles(governed.made.chair, moment, mine=True, kind="meeting") == ["Partners"] * 3
    assert titles(world.dana, moment, mine=True) == []
    assert len(titles(bob, moment, kind="action", most=1)) == 1


def test_calendar_of_a_reader_of_figures_holds_nothing(governed: Governed, moment: datetime) -> None:
    assert titles(governed.world.holder[DutyKind.READER], moment) == []


def test_restricted_time_limit_is_its_owners_alone_and_on_no_feed(
    governed: Governed, moment: datetime, client: Client
) -> None:
    Clock.objects.filter(pk=governed.clock.pk).update(is_restricted=True)
    world = governed.world
    assert any("Yearly report" in title for title in titles(world.bob, moment))
    assert not any("Yearly report" in title for title in titles(world.manager, moment))
    _, secret = make_calendar_address(
        partnership=world.fairmead, label="Phone", scope=FeedScope.ALL, by=world.bob, now=moment
    )
    text = client.get(f"/calendar/{secret}.ics").content.decode().replace("\r\n ", "")
    assert "Yearly report" not in text
    assert "Share the protocol" in text
    assert f"UID:meeting-{governed.soon.pk}-meeting@" in text


def test_feed_asks_five_questions_however_much_there_is(
    governed: Governed, moment: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    standing, today = standing_in(governed.world.bob, "fairmead", now=moment), timezone.localdate(moment)
    for number in range(3):
        with django_assert_num_queries(5):
            entries_for(standing, today - timedelta(days=90), today + timedelta(days=90), Wanted(for_feed=True))
        action(governed.world, moment, f"Ask {number}")


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "26-1", "x-y", "2026-00", "99999-01"])
def test_month_that_cannot_be_read_is_this_month(text: str) -> None:
    assert Month.read(text, date(2026, 11, 22)) == Month(2026, 11)


def test_month_knows_its_neighbours_and_its_weeks() -> None:
    december = Month.read("2026-12", date(2026, 11, 22))
    assert (str(december), december.words) == ("2026-12", "December 2026")
    assert (december.before, december.after) == (Month(2026, 11), Month(2027, 1))
    assert (december.days[0][0], december.days[-1][-1]) == (date(2026, 11, 30), date(2027, 1, 3))
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in december.days)
    assert Month(2027, 2).days[-1][-1] == date(2027, 2, 28)


def test_full_day_shows_a_few_and_counts_the_rest() -> None:
    day = date(2026, 12, 4)
    entries = [Entry(f"action:{n}", "action", f"Action {n}", day, "/fairmead/") for n in range(MOST_OF_A_DAY + 3)]
    cell = next(cell for week in Month(2026, 12).weeks(entries, day) for cell in week if cell.day == day)
    assert (len(cell.shown), cell.more, cell.is_today) == (MOST_OF_A_DAY - 1, 4, True)
    few = next(cell for week in Month(2026, 12).weeks(entries[:4], day) for cell in week if cell.day == day)
    assert (len(few.shown), few.more) == (4, 0)


def test_page_shows_the_month_and_keeps_the_filter(governed: Governed, client_for: ClientFor, moment: datetime) -> None:
    client, today = client_for(governed.world.bob), timezone.localdate(moment)
    due = governed.asked.due_on
    text = client.get("/fairmead/calendar/", {"month": f"{due:%Y-%m}", "kind": "action"}).content.decode()
    assert "Share the protocol" in text
    assert "Too few health visitors" not in text
    assert f"month={Month.of(due).after}&amp;kind=action" in text
    assert f"<caption>{due:%B %Y}</caption>" in text
    late = client.get("/fairmead/calendar/", {"month": f"{governed.late.due_on:%Y-%m}", "mine": "on"}).content.decode()
    assert "<strong>Late</strong>" in late
    empty = client.get("/fairmead/calendar/", {"month": f"{today.year + 3}-01"}).content.decode()
    assert "Nothing stands in this month" in empty


def test_page_of_a_day_lists_what_stands_on_it(governed: Governed, client_for: ClientFor) -> None:
    client, day = client_for(governed.world.manager), timezone.localdate(governed.soon.starts_at)
    text = client.get("/fairmead/calendar/", {"day": day.isoformat()}).content.decode()
    assert "Partners" in text
    assert f"?month={day:%Y-%m}" in text
    assert "Nothing stands on this day" in client.get("/fairmead/calendar/?day=2031-01-01").content.decode()
    assert client.get("/fairmead/calendar/?day=never").status_code == 200


def test_page_asks_as_much_for_one_row_as_for_many(
    governed: Governed, client_for: ClientFor, questions: Callable[[Client, str], int], moment: datetime
) -> None:
    for person in (governed.world.bob, governed.world.manager):
        client = client_for(person)
        for address in (
            "/fairmead/calendar/",
            "/fairmead/work/",
            f"/fairmead/people/{governed.world.bob.pk}/hand-over/",
        ):
            if client.get(address).status_code == 404:
                continue
            few = questions(client, address)
            for number in range(3):
                action(governed.world, moment, f"{address} {number}", days=2, person=governed.world.bob)
            assert questions(client, address) == few <= (12 if "people" not in address else 20)


def test_full_day_is_counted_where_it_is_not_read(governed: Governed, moment: datetime) -> None:
    standing = standing_in(governed.world.manager, "fairmead", now=moment)
    before, today = timezone.localdate(moment) - timedelta(days=3), timezone.localdate(moment)
    for number in range(6):
        one = action(governed.world, moment, f"Look {number}", days=5)
        Clock.objects.filter(subject=one.reference).update(
            due_at=moment - timedelta(days=3), soon_at=moment - timedelta(days=5)
        )
    every = entries_for(standing, before, before)
    few = entries_for(standing, before, before, Wanted(of_a_day=4))
    cells = [
        next(cell for week in Month.of(before).weeks(found, today) for cell in week if cell.day == before)
        for found in (every, few)
    ]
    assert (len(every), len(few)) == (6, 4)
    assert [(cell.number, cell.late, cell.more) for cell in cells] == [(6, 6, 3)] * 2
    assert [entry.title for entry in cells[0].shown] == [entry.title for entry in cells[1].shown]


def test_day_that_is_not_full_leaves_nothing_out(governed: Governed, moment: datetime) -> None:
    standing, today = standing_in(governed.world.manager, "fairmead", now=moment), timezone.localdate(moment)
    span = (standing, today - timedelta(days=60), today + timedelta(days=60))
    assert entries_for(*span, Wanted(of_a_day=50)) == entries_for(*span)


def test_policy_stands_by_its_day_of_review_for_who_may_read_it(governed: Governed, moment: datetime) -> None:
    world, title = governed.world, "Look again at policy: When a child does not come to an appointment"
    care = a_care(world, now=moment, days=10)
    assert title in titles(world.manager, moment)
    assert titles(care.owner, moment, kind="policy", mine=True) == [title]
    assert titles(world.manager, moment, kind="policy", mine=True) == []
    member = world.holder[DutyKind.GROUP_MEMBER]
    assert titles(member, moment, kind="policy") == []
    a_frozen_policy(world, now=moment)
    standing, today = standing_in(member, "fairmead", now=moment), timezone.localdate(moment)
    (entry,) = entries_for(standing, today, today + timedelta(days=10), Wanted(kind="policy"))
    assert (entry.path, entry.status) == ("/fairmead/publishing/", "")
    late = entries_for(standing_in(care.owner, "fairmead", now=moment), today, care.review_on, Wanted(kind="policy"))
    assert [one.path for one in late] == [f"/fairmead/publishing/care/{care.pk}/review/"]
    PolicyCare.objects.filter(pk=care.pk).update(review_on=today - timedelta(days=1))
    (entry,) = entries_for(standing, today - timedelta(days=1), today, Wanted(kind="policy"))
    assert (entry.status, entry.starts) == ("late", today - timedelta(days=1))
