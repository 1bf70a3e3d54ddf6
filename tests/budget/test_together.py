"""Two people at one moment: two partners who approve, two managers who change one entry. One of each is told."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.at_once import WRITERS, at_once
from tests.budget.test_operations import partner
from tests.budget.years import sample_year
from tests.world import build_world
from trefoil.audit.queries import verify_chain
from trefoil.budget.enums import EntryKind
from trefoil.budget.models import BudgetYear, Contribution
from trefoil.budget.operations.entries import change_entry
from trefoil.budget.operations.moves import approve_budget, propose_budget


@pytest.mark.django_db(transaction=True)
def test_approvals_at_once_are_one_approval(now: datetime) -> None:
    world = build_world(now=now)
    year = sample_year(world, now=now)
    propose_budget(year=year, by=world.manager, now=now)
    told = at_once(lambda _: approve_budget(year=BudgetYear.objects.get(pk=year.pk), by=partner(world), now=now))
    assert told == ["", *["the budget of 2026/27 is approved"] * (WRITERS - 1)]
    assert year.moves.filter(to_state="approved").count() == 1
    assert verify_chain().is_whole


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_entry_at_once_lose_nothing_unseen(now: datetime) -> None:
    world = build_world(now=now)
    key = sample_year(world, now=now).contributions.earliest("pk").pk

    def change(number: int) -> None:
        entry = Contribution.objects.select_related("year__partnership").get(pk=key)
        fields = {"agreed": Decimal(100 + number)}
        change_entry(entry=entry, kind=EntryKind.CONTRIBUTION, seen_version=1, fields=fields, by=world.manager, now=now)

    told = at_once(change)
    assert told[0] == ""
    assert all("has saved this since you opened it" in words for words in told[1:])
    assert Contribution.objects.get(pk=key).version == 2
