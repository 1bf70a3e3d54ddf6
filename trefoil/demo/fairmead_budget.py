"""Fairmead's money over four years: two that have ended, one of late payers, one that waits for a partner."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone

from trefoil.budget.accounts import Total
from trefoil.budget.enums import EntryKind
from trefoil.budget.models import BudgetYear
from trefoil.budget.operations.entries import add_entry, change_entry, open_year, set_totals
from trefoil.budget.operations.moves import approve_budget, close_year, propose_budget
from trefoil.documents.enums import Marking
from trefoil.documents.operations import add_version, attach
from trefoil.people.models import Person

from .borough import Borough, read_toml

YEARS, THIS, NEXT = 4, 2, 3
# What a partner who pays in parts is still owed from last year, and why the year was closed as it was.
SHORT = {"probation": Decimal(1250)}
WHY_CLOSED = "The council’s ledger rounds the reserve to the nearest hundred. The £10 are corrected next year."


def invent_budget(borough: Borough, *, now: datetime) -> None:
    """Every year through the operations, by the people whose duty it is."""
    told = read_toml("fairmead_budget.toml")
    today = timezone.localdate(now)
    this = today.year if today.month >= 4 else today.year - 1
    years = [_drafted(borough, told, place, this - THIS + place, now) for place in range(YEARS)]
    _papers(borough, years, now)


def _drafted(borough: Borough, told: Mapping[str, Any], place: int, first_year: int, now: datetime) -> BudgetYear:
    """One year: drafted, put to the partners, approved, filled as it went, closed, as far as it has come."""
    manager, partner = borough.people["manager"], borough.people["council_partner"]
    drafted, agreed, filled, closed = _days(first_year, now)
    year = open_year(partnership=borough.partnership, first_year=first_year, by=manager, now=drafted)
    add = _Adding(year, manager, drafted)
    for key, amounts in told["contributions"].items():
        agency = borough.agencies[key]
        kind = told["in_kind"].get(key)
        gift = {"in_kind": Decimal(kind["value"]), "in_kind_what": kind["what"]} if kind else {}
        add(EntryKind.CONTRIBUTION, {"name": agency.name, "agency": agency, "agreed": Decimal(amounts[place]), **gift})
    for side in ("spending", "income"):
        for item, figures in told[side].items():
            add(EntryKind.LINE, {"side": side, "item": item, "budget": Decimal(figures["budget"][place])})
    _reserve(year, told["reserves"], place, add)
    _printed(year, told, place, manager, drafted)
    propose_budget(year=year, by=manager, now=drafted)
    if place < NEXT:
        approve_budget(year=year, by=partner, now=agreed)
        _reviews(told, place, _Adding(year, manager, filled))
        _paid(borough, told, place, _Adding(year, manager, filled))
    if place < THIS:
        _outturn(year, told, place, manager, filled)
        close_year(year=year, by=manager, now=closed, reason=WHY_CLOSED if place else "")
    return year


def _days(first_year: int, now: datetime) -> tuple[datetime, datetime, datetime, datetime]:
    """When a year was drafted, approved, filled and closed: never before anybody held a duty, or after today."""
    began = now - timedelta(days=760)
    zone = now.tzinfo
    days = (
        datetime(first_year, 2, 10, 11, tzinfo=zone),
        datetime(first_year, 3, 3, 15, tzinfo=zone),
        datetime(first_year + 1, 5, 12, 10, tzinfo=zone),
        datetime(first_year + 1, 5, 26, 16, tzinfo=zone),
    )
    drafted, agreed, filled, closed = (
        min(max(day, began + timedelta(days=place)), now - timedelta(hours=9 - place)) for place, day in enumerate(days)
    )
    return drafted, agreed, filled, closed


class _Adding:
    """Adds entries to one year."""

    def __init__(self, year: BudgetYear, by: Person, now: datetime) -> None:
        self.year, self.by, self.now = year, by, now

    def __call__(self, kind: EntryKind, fields: Mapping[str, Any]) -> None:
        add_entry(year=self.year, kind=kind, fields=fields, by=self.by, now=self.now)


def _reserve(year: BudgetYear, told: Mapping[str, Any], place: int, add: _Adding) -> None:
    """The first year's is entered; later ones are there already, opening with what the last one closed with."""
    if place == 0:
        add(EntryKind.RESERVE, {"name": told["name"], "opening": Decimal(told["opening"])})
    entry = year.reserves.get()
    change_entry(
        entry=entry,
        kind=EntryKind.RESERVE,
        seen_version=entry.version,
        fields={"planned": Decimal(told["planned"][place])},
        by=add.by,
        now=add.now,
    )


def _printed(year: BudgetYear, told: Mapping[str, Any], place: int, by: Person, now: datetime) -> None:
    printed = told["printed"]
    set_totals(
        year=year,
        seen_version=year.version,
        contingency=Decimal(told["contingency"]["amounts"][place]),
        stated={
            Total.CONTRIBUTIONS: Decimal(printed["contributions"][place]),
            Total.SPENDING_BUDGET: Decimal(printed["spending"][place]),
        },
        by=by,
        now=now,
    )


def _reviews(told: Mapping[str, Any], place: int, add: _Adding) -> None:
    for review in told["reviews"]:
        if review["year"] == place:
            sums = {name: Decimal(review[name]) for name in ("expected", "spent")}
            add(EntryKind.REVIEW, {"review": review["review"], **sums, "note": review.get("note", "")})


def _paid(borough: Borough, told: Mapping[str, Any], place: int, add: "_Adding") -> None:
    """Invoices and payments: all of them in the years that have ended, but for one partner; this year as it stands."""
    year, today = add.year, timezone.localdate(add.now)
    for key, amounts in told["contributions"].items():
        agreed, asked = Decimal(amounts[place]), told["this_year"].get(key, {})
        if not agreed or (place == THIS and not asked):
            continue
        if place == THIS:
            fields = _this_year(agreed, asked, today)
        else:
            invoiced_on = date(year.first_year, 4, 20)
            paid = agreed - (SHORT.get(key, Decimal(0)) if place == 1 else Decimal(0))
            paid_on = invoiced_on + timedelta(days=28)
            fields = {"invoiced": agreed, "invoiced_on": invoiced_on, "paid": paid, "paid_on": paid_on}
        entry = year.contributions.get(agency=borough.agencies[key])
        change_entry(
            entry=entry, kind=EntryKind.CONTRIBUTION, seen_version=entry.version, fields=fields, by=add.by, now=add.now
        )


def _this_year(agreed: Decimal, asked: Mapping[str, Any], today: date) -> dict[str, Any]:
    invoiced_on = today - timedelta(days=asked["invoiced_days_ago"])
    fields: dict[str, Any] = {"invoiced": agreed, "invoiced_on": invoiced_on}
    if "paid" in asked:
        paid_on = invoiced_on + timedelta(days=asked["after_days"])
        fields |= {"paid": Decimal(asked["paid"]), "paid_on": paid_on}
    return fields


def _outturn(year: BudgetYear, told: Mapping[str, Any], place: int, by: Person, now: datetime) -> None:
    for side in ("spending", "income"):
        for item, figures in told[side].items():
            line = year.budgetlines.get(side=side, item=item)
            fields = {"outturn": Decimal(figures["outturn"][place])}
            change_entry(entry=line, kind=EntryKind.LINE, seen_version=line.version, fields=fields, by=by, now=now)
    fund, moved = year.reserves.get(), told["reserves"]
    fields = {name: Decimal(moved[name][place]) for name in ("added", "drawn", "closing")}
    change_entry(entry=fund, kind=EntryKind.RESERVE, seen_version=fund.version, fields=fields, by=by, now=now)


def _papers(borough: Borough, years: list[BudgetYear], now: datetime) -> None:
    """The paper on next year's budget in two versions, and a note on the late payments."""
    manager = borough.people["manager"]
    common: dict[str, Any] = {"partnership": borough.partnership, "by": manager, "now": now}
    paper = attach(
        **common,
        subject=years[NEXT].reference,
        title="Paper to the Executive on next year’s budget",
        marking=Marking.GROUP_ONLY,
        group=borough.groups["executive"],
        file=BytesIO("The partners are asked to agree a budget of £249,500.\n".encode()),
        name="budget-paper.txt",
    )
    second = BytesIO("The partners are asked to agree a budget of £249,900.\n".encode())
    add_version(document=paper, file=second, name="budget-paper-corrected.txt", by=manager, now=now)
    attach(
        **common,
        subject=years[THIS].reference,
        title="Letter to partners about unpaid invoices",
        marking=Marking.OPEN,
        file=BytesIO(b"Invoices are due within 30 days. Please tell the team if a purchase order is missing.\n"),
        name="unpaid-invoices.txt",
    )
