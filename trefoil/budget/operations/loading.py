"""A finance file's years, stored as they were written: faults and all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.people.models import Agency, Membership, Partnership, Person

from ..accounts import Account, year_label
from ..enums import BudgetState
from ..models import BudgetLine, BudgetYear, Contribution, Reserve, ReviewCost, StatedTotal
from ..rules import check_may


@transaction.atomic
def load_accounts(
    *,
    partnership: Partnership,
    accounts: Sequence[Account],
    by: Person | None,
    now: datetime,
    source: str = "",
    called: Mapping[str, str] | None = None,
) -> list[BudgetYear]:
    """Store the years of a file, all or none. A partnership of published figures gets them as published.

    `called` gives the agency's own name for a contributor's name in the file; without it they are held equal. Raises
    NotAllowedError when one of the years is there already.
    """
    check_may(Permission.WRITE_BUDGET, by, partnership, now)
    wanted = [account.first_year for account in accounts]
    there = BudgetYear.objects.filter(partnership=partnership, first_year__in=wanted).values_list(
        "first_year", flat=True
    )
    if there:
        named = ", ".join(year_label(one) for one in sorted(there))
        raise NotAllowedError(f"there is a budget of {named} already; nothing of the file was stored")
    agencies = _agencies(partnership, called or {})
    common = {"source": source[:300], "opened_at": now, "opened_by": by, **stamp(by, now)}
    try:
        with transaction.atomic():
            years = [_stored(partnership, account, agencies, common) for account in accounts]
    except IntegrityError as quicker:
        raise NotAllowedError("somebody else has just started one of these years; nothing was stored") from quicker
    record(
        event=EventType.BUDGET_LOADED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"partnership:{partnership.slug}",
        detail={"years": [str(year) for year in years], "source": source[:300]},
    )
    return years


def _agencies(partnership: Partnership, called: Mapping[str, str]) -> dict[str, Agency]:
    """The partnership's agencies under each name they may have in the file."""
    members = Membership.objects.filter(partnership=partnership).select_related("agency")
    named = {one.agency.name.casefold(): one.agency for one in members}
    others = {alias.casefold(): named[name.casefold()] for alias, name in called.items() if name.casefold() in named}
    return {**named, **others}


def _stored(
    partnership: Partnership, account: Account, agencies: Mapping[str, Agency], common: Mapping[str, Any]
) -> BudgetYear:
    """One year with everything in it. The rows of an account have the names of the tables' fields."""
    year = BudgetYear.objects.create(
        partnership=partnership,
        first_year=account.first_year,
        state=BudgetState.PUBLISHED if partnership.published_only else BudgetState.DRAFT,
        contingency=account.contingency,
        **common,
    )
    made = {"year": year, "changed_at": common["changed_at"], "changed_by": common["changed_by"]}
    Contribution.objects.bulk_create(
        Contribution(**made, agency=agencies.get(one.name.casefold()), **asdict(one)) for one in account.shares
    )
    BudgetLine.objects.bulk_create(BudgetLine(**made, **asdict(one)) for one in account.lines)
    Reserve.objects.bulk_create(Reserve(**made, **asdict(one)) for one in account.funds)
    ReviewCost.objects.bulk_create(
        ReviewCost(**made, review=one.name, expected=one.expected, spent=one.spent, note=one.note, row=one.row)
        for one in account.reviews
    )
    StatedTotal.objects.bulk_create(StatedTotal(year=year, **asdict(one)) for one in account.stated)
    return year
