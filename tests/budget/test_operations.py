"""Writing the budget: entries, totals, and a year from draft to closed, with every refusal."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from tests.budget.years import sample_year
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.budget.accounts import Account, Share, Total
from trefoil.budget.enums import BudgetState, EntryKind
from trefoil.budget.models import BudgetYear
from trefoil.budget.operations.entries import add_entry, change_entry, open_year, set_totals, withdraw_entry
from trefoil.budget.operations.loading import load_accounts
from trefoil.budget.operations.moves import (
    approve_budget,
    close_year,
    propose_budget,
    reopen_budget,
    send_back_budget,
)
from trefoil.budget.queries import faults_of
from trefoil.budget.states import MOVES, PICTURES
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

REASON = "The council has agreed to make up what is missing."


def partner(world: World) -> Person:
    return world.holder[DutyKind.SAFEGUARDING_PARTNER]


def events(kind: EventType) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=kind).order_by("sequence"))


def agreed(world: World, now: datetime) -> BudgetYear:
    """A year that is approved."""
    year = sample_year(world, now=now)
    propose_budget(year=year, by=world.manager, now=now)
    approve_budget(year=year, by=partner(world), now=now)
    return year


def change(world: World, year: BudgetYear, kind: EntryKind, now: datetime, **fields: object) -> None:
    entry = {EntryKind.CONTRIBUTION: year.contributions, EntryKind.LINE: year.budgetlines}[kind].earliest("pk")
    change_entry(entry=entry, kind=kind, seen_version=entry.version, fields=fields, by=world.manager, now=now)


def stated(world: World, year: BudgetYear, now: datetime, amount: int) -> None:
    totals = {Total.SPENDING_BUDGET: Decimal(amount)}
    set_totals(year=year, seen_version=year.version, contingency=None, stated=totals, by=world.manager, now=now)


def test_open_year_takes_over_partners_lines_and_reserves(world: World, now: datetime) -> None:
    before = sample_year(world, now=now, first_year=2025)
    fund = before.reserves.get()
    left = {"closing": Decimal(12345)}
    change_entry(entry=fund, kind=EntryKind.RESERVE, seen_version=fund.version, fields=left, by=world.manager, now=now)
    year = open_year(partnership=world.fairmead, first_year=2026, take_over=True, by=world.manager, now=now)
    assert list(year.contributions.values_list("name", "agreed")) == list(
        before.contributions.values_list("name", "agreed")
    )
    assert year.contributions.get(name="Fairmead Health").agency == world.health
    assert year.budgetlines.count() == 3
    assert year.reserves.get().opening == Decimal(12345)
    assert not year.reviewcosts.exists()
    assert events(EventType.BUDGET_YEAR_OPENED)[-1].detail["take_over"] is True
    with pytest.raises(NotAllowedError, match="there is a budget of 2026/27 already"):
        open_year(partnership=world.fairmead, first_year=2026, by=world.manager, now=now)


def test_open_year_without_taking_over_carries_the_reserve_alone(world: World, now: datetime) -> None:
    sample_year(world, now=now, first_year=2025)
    year = open_year(partnership=world.fairmead, first_year=2026, by=world.manager, now=now)
    assert not year.contributions.exists()
    assert year.reserves.get().name == "General"


def test_open_year_by_who_may_not(world: World, now: datetime) -> None:
    for person in (world.bob, partner(world), world.charlie):
        with pytest.raises(NotAllowedError, match="your duties do not include this"):
            open_year(partnership=world.fairmead, first_year=2026, by=person, now=now)
    world.fairmead.is_invented, world.fairmead.published_only = False, True
    with pytest.raises(NotAllowedError, match="published figures alone"):
        open_year(partnership=world.fairmead, first_year=2026, by=None, now=now)


def test_add_entry_once_of_a_name(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    fields = {"name": "Fairmead Health", "agreed": Decimal(1)}
    with pytest.raises(NotAllowedError, match="an entry of that name"):
        add_entry(year=year, kind=EntryKind.CONTRIBUTION, fields=fields, by=world.manager, now=now)
    assert len(events(EventType.BUDGET_ENTRY_ADDED)) == 7


def test_change_entry_tells_the_second_writer(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    entry = year.contributions.earliest("pk")
    change(world, year, EntryKind.CONTRIBUTION, now, agreed=Decimal(61000))
    with pytest.raises(ChangedMeanwhileError):
        change_entry(
            entry=entry,
            kind=EntryKind.CONTRIBUTION,
            seen_version=1,
            fields={"agreed": Decimal(1)},
            by=world.manager,
            now=now,
        )
    entry.refresh_from_db()
    assert (entry.agreed, entry.version) == (Decimal(61000), 2)
    (event,) = events(EventType.BUDGET_ENTRY_CHANGED)
    assert (event.detail["before"], event.detail["after"]) == ({"agreed": "60000.00"}, {"agreed": "61000"})


def test_change_entry_of_what_was_agreed_needs_an_open_budget(world: World, now: datetime) -> None:
    year = agreed(world, now)
    change(world, year, EntryKind.CONTRIBUTION, now, invoiced=Decimal(60000), agreed=Decimal("60000.00"))
    with pytest.raises(NotAllowedError, match="open it again to change what was agreed"):
        change(world, year, EntryKind.CONTRIBUTION, now, agreed=Decimal(1))
    with pytest.raises(NotAllowedError, match="open it again"):
        add_entry(
            year=year,
            kind=EntryKind.LINE,
            fields={"item": "New", "budget": Decimal(1)},
            by=world.manager,
            now=now,
        )
    review = {"review": "Review 2", "spent": Decimal(900)}
    add_entry(year=year, kind=EntryKind.REVIEW, fields=review, by=world.manager, now=now)


def test_nothing_changes_while_the_partners_decide(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    propose_budget(year=year, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="put to the partners; nothing in it"):
        change(world, year, EntryKind.LINE, now, outturn=Decimal(1))
    with pytest.raises(NotAllowedError, match="put to the partners"):
        stated(world, year, now, 1)


def test_withdraw_entry_keeps_it_and_counts_it_nowhere(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    entry = year.contributions.earliest("pk")
    given = {"entry": entry, "kind": EntryKind.CONTRIBUTION, "by": world.manager, "now": now}
    with pytest.raises(NotAllowedError, match="at least 20"):
        withdraw_entry(**given, reason="wrong")
    withdraw_entry(**given, reason="It was entered twice by mistake.")
    assert [one.rule for one in faults_of(year)] == ["budget-covered"]
    with pytest.raises(NotAllowedError, match="already"):
        withdraw_entry(**given, reason="It was entered twice by mistake.")
    with pytest.raises(NotAllowedError, match="taken out"):
        change(world, year, EntryKind.CONTRIBUTION, now, agreed=Decimal(1))
    add_entry(year=year, kind=EntryKind.CONTRIBUTION, fields={"name": entry.name}, by=world.manager, now=now)
    assert events(EventType.BUDGET_ENTRY_WITHDRAWN)[0].reason == "It was entered twice by mistake."


def test_set_totals_are_held_against_the_rows(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    stated(world, year, now, 110000)
    assert faults_of(year) == []
    stated(world, year, now, 110040)
    assert [one.rule for one in faults_of(year)] == ["stated-total"]
    with pytest.raises(ChangedMeanwhileError):
        set_totals(year=year, seen_version=1, contingency=None, stated={}, by=world.manager, now=now)
    set_totals(
        year=year,
        seen_version=year.version,
        contingency=Decimal(5),
        stated={Total.SPENDING_BUDGET: None},
        by=world.manager,
        now=now,
    )
    assert faults_of(year) == []


def test_a_year_from_draft_to_closed(world: World, now: datetime) -> None:
    year = agreed(world, now)
    assert year.state == BudgetState.APPROVED
    close_year(year=year, by=world.manager, now=now)
    assert [move.to_state for move in year.moves.all()] == ["closed", "approved", "proposed"]
    assert {one.faults for one in year.moves.all()} == {0}
    reopen_budget(year=year, by=world.manager, now=now, reason=REASON)
    assert year.state == BudgetState.DRAFT
    kinds = (
        EventType.BUDGET_PROPOSED,
        EventType.BUDGET_APPROVED,
        EventType.BUDGET_CLOSED,
        EventType.BUDGET_REOPENED,
    )
    assert [len(events(kind)) for kind in kinds] == [1, 1, 1, 1]


def test_approve_budget_with_a_fault_needs_a_reason_that_stays(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    stated(world, year, now, 110040)
    propose_budget(year=year, by=world.manager, now=now)
    for short in ("", "fine"):
        with pytest.raises(NotAllowedError, match="the totals have 1 fault; correct them, or say why"):
            approve_budget(year=year, by=partner(world), now=now, reason=short)
    assert BudgetYear.objects.get(pk=year.pk).state == BudgetState.PROPOSED
    approve_budget(year=year, by=partner(world), now=now, reason=REASON)
    move = year.moves.first()
    assert move is not None
    assert (move.faults, move.reason, move.moved_by) == (1, REASON, partner(world))
    assert events(EventType.BUDGET_APPROVED)[0].reason == REASON


def test_close_year_judges_the_outturn_as_the_last_word(world: World, now: datetime) -> None:
    year = agreed(world, now)
    change(world, year, EntryKind.LINE, now, outturn=Decimal(999_999))
    assert faults_of(year) == []
    with pytest.raises(NotAllowedError, match="1 fault"):
        close_year(year=year, by=world.manager, now=now)
    close_year(year=year, by=world.manager, now=now, reason=REASON)
    assert [one.rule for one in faults_of(year)] == ["outturn-covered"]


def test_send_back_budget_with_a_reason(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    propose_budget(year=year, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="say why"):
        send_back_budget(year=year, by=partner(world), now=now)
    send_back_budget(year=year, by=partner(world), now=now, reason=REASON)
    assert year.state == BudgetState.DRAFT
    assert events(EventType.BUDGET_SENT_BACK)[0].reason == REASON


@pytest.mark.parametrize(
    ("operation", "who"),
    [(propose_budget, "partner"), (approve_budget, "manager"), (send_back_budget, "manager"), (close_year, "partner")],
)
def test_a_move_by_who_may_not(world: World, now: datetime, operation: Callable[..., None], who: str) -> None:
    year = sample_year(world, now=now)
    by = partner(world) if who == "partner" else world.manager
    with pytest.raises(NotAllowedError, match="your duties do not include this"):
        operation(year=year, by=by, now=now, reason=REASON)


def test_a_move_from_another_status(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    with pytest.raises(NotAllowedError, match="the budget of 2026/27 is draft"):
        close_year(year=year, by=world.manager, now=now, reason=REASON)


def test_load_accounts_of_a_published_partnership(world: World, now: datetime) -> None:
    world.fairmead.is_invented, world.fairmead.published_only = False, True
    world.fairmead.save()
    account = Account(2019, (Share("Health of Fairmead", Decimal(5)), Share("fairmead police", Decimal(2))))
    called = {"Health of Fairmead": "Fairmead Health"}
    (year,) = load_accounts(partnership=world.fairmead, accounts=[account], called=called, by=None, now=now)
    assert year.state == BudgetState.PUBLISHED
    assert {one.agency for one in year.contributions.all()} == {world.health, world.police}
    assert events(EventType.BUDGET_LOADED)[0].detail["years"] == ["2019/20"]


def test_every_status_is_reached_and_moved_by_somebody() -> None:
    (picture,) = PICTURES
    assert picture.unreached() == set()
    assert {move.permission for move in MOVES.values()} == {"write_budget", "take_position"}
