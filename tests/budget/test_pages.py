"""The pages of the budget: a year on one page, forms, moves, files; and what is not yours is not there."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.budget.test_operations import REASON, agreed, partner, stated
from tests.budget.test_published_files import BARNET, OTHER
from tests.budget.years import sample_year
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.budget.accounts import Share, Total
from trefoil.budget.charts import OTHERS, shares_chart
from trefoil.budget.enums import EntryKind
from trefoil.budget.models import BudgetYear
from trefoil.budget.operations.entries import add_entry, set_totals
from trefoil.budget.operations.loading import load_accounts
from trefoil.budget.queries import account_of, standings_of, with_entries
from trefoil.budget.reading import read_finance
from trefoil.budget.rules import statutory_agencies
from trefoil.budget.tables import payment, percent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
YEAR = "/fairmead/budget/2026/"


def text(client: Client, path: str, **sent: object) -> str:
    """What a page says, after any redirect."""
    answer = client.post(path, sent, follow=True) if sent else client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_year_on_one_page(world: World, now: datetime, client_for: ClientFor) -> None:
    sample_year(world, now=now)
    page = text(client_for(world.holder[DutyKind.SCRUTINEER]), YEAR)
    for words in (
        "Partners agreed £90,000",
        "£60,000",
        "67%",
        "Safeguarding partner",
        "Staff",
        "Course fees",
        "£40,000",
    ):
        assert words in page
    assert "Every total was recomputed, and each adds up." in page
    assert "Add a contribution" not in page


def test_budget_is_not_there_for_who_may_not_read_it(world: World, now: datetime, client_for: ClientFor) -> None:
    sample_year(world, now=now)
    for person in (world.bob, world.alice, world.analyst, world.charlie):
        for path in ("/fairmead/budget/", YEAR, f"{YEAR}budget.csv", f"{YEAR}totals/"):
            assert client_for(person).get(path).status_code == 404
    manager = client_for(world.manager)
    for path in ("/fairmead/budget/2001/", f"{YEAR}gift/new/", f"{YEAR}contribution/999/", f"{YEAR}move/sell/"):
        assert manager.get(path).status_code == 404


def test_years_begin_with_an_empty_state_for_each_reader(world: World, client_for: ClientFor) -> None:
    assert "You can start one" in text(client_for(world.manager), "/fairmead/budget/")
    assert "The business manager starts a year" in text(client_for(partner(world)), "/fairmead/budget/")


def test_manager_starts_a_year_and_fills_it(world: World, client_for: ClientFor) -> None:
    manager = client_for(world.manager)
    page = text(manager, "/fairmead/budget/new/", first_year="2026", take_over="on")
    assert "Budget 2026/27" in page
    page = text(manager, f"{YEAR}contribution/new/", agency=str(world.health.pk), agreed="£12,500")
    assert "Fairmead Health" in page
    assert "£12,500" in page
    page = text(manager, f"{YEAR}contribution/new/", agency="", name="")
    assert "Choose the partner, or write its name." in page
    page = text(manager, f"{YEAR}contribution/new/", name="Schools Forum", in_kind="400")
    assert "Say what is given in kind." in page
    assert "Enter an amount in pounds" in text(manager, f"{YEAR}line/new/", side="spending", item="x", budget="many")
    page = text(manager, f"{YEAR}totals/", seen_version="1", contingency="9000", contributions="12,600")
    assert "Its rows add up to £12,500: the total is £100 more." in page


def test_second_writer_sees_both_versions(world: World, now: datetime, client_for: ClientFor) -> None:
    entry = sample_year(world, now=now).contributions.earliest("pk")
    path = reverse("budget_entry", args=["fairmead", 2026, "contribution", entry.pk])
    manager = client_for(world.manager)
    sent = {"which": "change", "seen_version": "1", "agency": "", "name": entry.name}
    assert manager.post(path, {**sent, "agreed": "61000"}).status_code == 302
    answer = manager.post(path, {**sent, "agreed": "59000"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "61,000" in page
    assert "59,000" in page
    assert "1 field differs from what you sent" in page
    assert manager.post(path, {**sent, "agreed": "59000", "seen_version": "2"}).status_code == 302
    entry.refresh_from_db()
    assert entry.agreed == Decimal(59000)


def test_second_writer_of_totals_sees_the_printed_ones_too(world: World, now: datetime, client_for: ClientFor) -> None:
    year = sample_year(world, now=now)
    manager, path, version = client_for(world.manager), f"{YEAR}totals/", year.version
    opened = re.search(r'name="seen_marks" value="([^"]*)"', manager.get(path).content.decode())
    assert opened is not None
    theirs = {"contingency": Decimal(9000), "stated": {Total.CONTRIBUTIONS: Decimal(12_500)}}
    set_totals(year=year, seen_version=version, **theirs, by=world.manager, now=now)
    mine = {"seen_version": version, "seen_marks": unescape(opened[1]), "contingency": "7000"}
    answer = manager.post(path, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "12,500" in page
    assert (page.count("They changed it"), page.count("Both changed it")) == (1, 1)
    assert re.search(r'name="contributions"[^>]* value="12,?500', page)
    assert re.search(r'name="contingency"[^>]* value="7,?000', page)


def test_entry_taken_out_from_its_page(world: World, now: datetime, client_for: ClientFor) -> None:
    entry = sample_year(world, now=now).budgetlines.earliest("pk")
    path = reverse("budget_entry", args=["fairmead", 2026, "line", entry.pk])
    manager = client_for(world.manager)
    assert "at least 20 characters" in text(manager, path, which="withdraw", reason="no").lower()
    assert "stays on record" in text(manager, path, which="withdraw", reason="It was entered twice by mistake.")
    assert manager.get(path).status_code == 404


def test_fixed_fields_are_greyed_once_approved(world: World, now: datetime, client_for: ClientFor) -> None:
    year = agreed(world, now)
    entry = year.contributions.earliest("pk")
    path = reverse("budget_entry", args=["fairmead", 2026, "contribution", entry.pk])
    manager = client_for(world.manager)
    assert "Greyed fields were agreed." in text(manager, path)
    page = text(manager, path, which="change", seen_version=str(entry.version), agreed="1", paid="60,000")
    assert "The change is saved." in page
    entry.refresh_from_db()
    assert (entry.agreed, entry.paid) == (Decimal(60000), Decimal(60000))
    assert "open it again" in text(manager, f"{YEAR}line/new/", item="x")


def test_approval_of_a_budget_with_a_fault_from_the_page(world: World, now: datetime, client_for: ClientFor) -> None:
    stated(world, sample_year(world, now=now), now, 110040)
    manager, lead = client_for(world.manager), client_for(partner(world))
    assert "waits for a safeguarding partner" in text(manager, f"{YEAR}move/propose/", reason="")
    assert "Your duties do not include this." in text(manager, f"{YEAR}move/approve/", reason=REASON)
    assert "although a total does not add up" in text(lead, f"{YEAR}move/approve/")
    assert "The totals have 1 fault; correct them" in text(lead, f"{YEAR}move/approve/", reason="fine")
    page = text(lead, f"{YEAR}move/approve/", reason=REASON)
    assert "The budget is approved." in page
    assert f"“{REASON}”" in page
    assert "with 1 fault" in page


def test_file_is_loaded_with_its_faults_and_read_again(world: World, client_for: ClientFor) -> None:
    manager = client_for(world.manager)
    upload = SimpleUploadedFile("accounts.csv", OTHER.read_bytes())
    page = text(manager, "/fairmead/budget/load/", upload=upload, source="A yearly report")
    assert "1 year loaded, with 2 faults in what they say." in page
    page = text(manager, "/fairmead/budget/2019/")
    assert "row 11, the total of contributions" in page
    assert "Source: A yearly report" in page
    answer = manager.get("/fairmead/budget/2019/budget.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="fairmead-budget-2019-20.csv"'
    again = read_finance("again.csv", answer.content)
    assert [one.rule for one in again.faults] == ["stated-total", "stated-total"]
    assert AuditEvent.objects.get(event=EventType.EXPORTED).detail["rows"] == 20


def test_file_that_cannot_be_read_is_refused_with_its_rows(world: World, client_for: ClientFor) -> None:
    upload = SimpleUploadedFile("accounts.csv", b"year,kind,item,amount_gbp\n2025/26,gift,A,5\n")
    page = text(client_for(world.manager), "/fairmead/budget/load/", upload=upload)
    assert "row 2: “gift” is not a kind of sum." in page
    assert not BudgetYear.objects.exists()


@pytest.mark.parametrize("path", ["/fairmead/budget/", YEAR])
def test_pages_cost_the_same_for_few_rows_and_many(
    world: World, now: datetime, client_for: ClientFor, path: str
) -> None:
    sample_year(world, now=now, first_year=2026)
    manager, costs = client_for(world.manager), []
    manager.get(path)
    for more in range(2):
        with CaptureQueriesContext(connection) as captured:
            manager.get(path)
        costs.append(len(captured))
        year = BudgetYear.objects.get(first_year=2026)
        for number in range(3):
            for kind, name in (
                (EntryKind.CONTRIBUTION, "name"),
                (EntryKind.LINE, "item"),
                (EntryKind.REVIEW, "review"),
            ):
                add_entry(year=year, kind=kind, fields={name: f"More {more} {number}"}, by=world.manager, now=now)
    assert costs[0] == costs[1]


def test_shares_chart_shows_the_safeguarding_partners_first(world: World, now: datetime) -> None:
    sample_year(world, now=now)
    years = with_entries(BudgetYear.objects.all())
    picture = shares_chart(years, statutory_agencies(world.fairmead))
    assert picture is not None
    assert [band.label for band in picture.bands] == ["Fairmead Health", OTHERS]
    assert picture.title == "Fairmead Health: 33% of the contributions for 2026/27"
    assert picture.rows[0].values == (Decimal(30000), Decimal(60000))
    assert shares_chart([], frozenset()) is None


def test_published_years_read_from_the_database_have_the_files_faults(world: World, now: datetime) -> None:
    read = read_finance(BARNET.name, BARNET.read_bytes(), is_final=True)
    world.fairmead.is_invented, world.fairmead.published_only = False, True
    world.fairmead.save()
    load_accounts(partnership=world.fairmead, accounts=read.accounts, by=None, now=now)
    standings = standings_of(BudgetYear.objects.all())
    assert sorted(map(str, standings.findings)) == sorted(map(str, read.findings))
    assert [account_of(year) for year in with_entries(BudgetYear.objects.order_by("first_year"))] == list(read.accounts)


@pytest.mark.parametrize(
    ("share", "invoiced_on", "words"),
    [
        (Share("A", Decimal(10), Decimal(10), Decimal(10)), date(2026, 4, 1), "Paid"),
        (Share("A", Decimal(10)), None, "Not invoiced"),
        (Share("A", Decimal(10), Decimal(10)), date(2026, 10, 23), "Invoiced"),
        (Share("A", Decimal(10), Decimal(10)), date(2026, 10, 22), "Late by 1 day"),
        (Share("A", Decimal(10), Decimal(10), Decimal(4)), date(2026, 10, 2), "Late by 21 days"),
        (Share("A", Decimal(10), Decimal(10), Decimal(4)), date(2026, 11, 20), "Part paid"),
        (Share("A", Decimal(0), in_kind=Decimal(5)), None, "In kind"),
    ],
)
def test_payment_says_how_it_stands(share: Share, invoiced_on: date | None, words: str) -> None:
    found = payment(share, invoiced_on, date(2026, 11, 22))
    assert found is not None
    assert found[1] == words


def test_percent_of_little_is_not_nothing() -> None:
    assert percent(Decimal(1), Decimal(1000)) == "under 1%"
    assert percent(Decimal(0), Decimal(1000)) == "0%"
    assert percent(Decimal(1), None) == "–"
