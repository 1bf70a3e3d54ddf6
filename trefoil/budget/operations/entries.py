"""A year and what is in it: opened, added to, changed, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Partnership, Person

from ..accounts import Total, year_label
from ..enums import BudgetState, EntryKind
from ..models import BudgetYear, Entry, StatedTotal
from ..rules import MODELS, check_changes, check_may, check_reason, why_no_new

# What a new year takes over from the one before it, beside the names.
_TAKEN_OVER = {EntryKind.CONTRIBUTION: ("name", "agency", "agreed"), EntryKind.LINE: ("side", "item", "budget")}


@transaction.atomic
def open_year(
    *, partnership: Partnership, first_year: int, by: Person | None, now: datetime, take_over: bool = False
) -> BudgetYear:
    """Start a year's budget as a draft. `take_over` begins with the partners and lines of the year before.

    Raises NotAllowedError when there is one already. Reserves open with what they closed with the year before.
    """
    check_may(Permission.WRITE_BUDGET, by, partnership, now)
    if partnership.published_only:
        raise NotAllowedError("this partnership is shown with published figures alone")
    try:
        with transaction.atomic():
            year = BudgetYear.objects.create(
                partnership=partnership, first_year=first_year, opened_at=now, opened_by=by, **stamp(by, now)
            )
    except IntegrityError as twice:
        raise NotAllowedError(f"there is a budget of {year_label(first_year)} already") from twice
    before = BudgetYear.objects.filter(partnership=partnership, first_year=first_year - 1).first()
    if before is not None:
        _take_over(before, year, by=by, now=now, with_lines=take_over)
    detail = {"year": str(year), "take_over": take_over}
    _record(EventType.BUDGET_YEAR_OPENED, year, by=by, now=now, detail=detail)
    return year


def _take_over(before: BudgetYear, year: BudgetYear, *, by: Person | None, now: datetime, with_lines: bool) -> None:
    for kind, names in _TAKEN_OVER.items() if with_lines else ():
        for one in MODELS[kind]._default_manager.filter(year=before, withdrawn_at=None):
            _create(year, kind, {name: getattr(one, name) for name in names}, by=by, now=now)
    for fund in before.reserves.filter(withdrawn_at=None):
        _create(year, EntryKind.RESERVE, {"name": fund.name, "opening": fund.closing}, by=by, now=now)


@transaction.atomic
def add_entry(
    *, year: BudgetYear, kind: EntryKind, fields: Mapping[str, Any], by: Person | None, now: datetime
) -> Entry:
    """Add a contribution, line, reserve or review. Raises NotAllowedError when it is fixed or held already."""
    check_may(Permission.WRITE_BUDGET, by, year.partnership, now)
    year = _locked(year)
    if why := why_no_new(year.state, kind):
        raise NotAllowedError(why)
    entry = _create(year, kind, fields, by=by, now=now)
    detail = {"kind": kind.value, "entry": str(entry), **_amounts(fields)}
    _record(EventType.BUDGET_ENTRY_ADDED, year, by=by, now=now, detail=detail)
    return entry


@transaction.atomic
def change_entry(
    *, entry: Entry, kind: EntryKind, seen_version: int, fields: Mapping[str, Any], by: Person | None, now: datetime
) -> None:
    """Change an entry that the person saw at `seen_version`. Raises ChangedMeanwhileError when another was quicker."""
    check_may(Permission.WRITE_BUDGET, by, entry.year.partnership, now)
    year = _locked(entry.year)
    entry.refresh_from_db()
    entry.year = year
    check_changes(entry, kind, fields)
    before = _amounts({name: getattr(entry, name) for name in fields})
    if entry.withdrawn_at is not None:
        raise NotAllowedError("it has been taken out of the year in the meantime")
    try:
        with transaction.atomic():
            save_if_unchanged(entry, seen_version=seen_version, by=by, now=now, **fields)
    except IntegrityError as twice:
        raise NotAllowedError("there is an entry of that name in this year already") from twice
    detail = {"kind": kind.value, "entry": str(entry), "before": before, "after": _amounts(fields)}
    _record(EventType.BUDGET_ENTRY_CHANGED, entry.year, by=by, now=now, detail=detail)


@transaction.atomic
def withdraw_entry(*, entry: Entry, kind: EntryKind, reason: str, by: Person, now: datetime) -> None:
    """Take an entry out of its year, with a reason. It stays on record and counts nowhere."""
    check_may(Permission.WRITE_BUDGET, by, entry.year.partnership, now)
    year = _locked(entry.year)
    if why := why_no_new(year.state, kind):
        raise NotAllowedError(why)
    check_reason(reason, "say why it is taken out")
    stands = MODELS[kind]._default_manager.filter(pk=entry.pk, withdrawn_at=None)
    if not stands.update(withdrawn_at=now, withdrawn_by=by, withdrawn_why=reason.strip()[:500]):
        raise NotAllowedError("it has been taken out already")
    detail = {"kind": kind.value, "entry": str(entry)}
    _record(EventType.BUDGET_ENTRY_WITHDRAWN, year, by=by, now=now, detail=detail, reason=reason.strip()[:500])


@transaction.atomic
def set_totals(
    *,
    year: BudgetYear,
    seen_version: int,
    contingency: Decimal | None,
    stated: Mapping[Total, Decimal | None],
    by: Person | None,
    now: datetime,
) -> None:
    """Keep the contingency for reviews, and the totals as the paper to the partners prints them."""
    check_may(Permission.WRITE_BUDGET, by, year.partnership, now)
    if why := why_no_new(_locked(year).state, EntryKind.LINE):
        raise NotAllowedError(why)
    save_if_unchanged(year, seen_version=seen_version, by=by, now=now, contingency=contingency)
    for total, amount in stated.items():
        if amount is None:
            StatedTotal.objects.filter(year=year, of=total).delete()
        else:
            StatedTotal.objects.update_or_create(year=year, of=total, defaults={"amount": amount})
    detail = {"contingency": str(contingency), **{total.value: str(amount) for total, amount in stated.items()}}
    _record(EventType.BUDGET_ENTRY_CHANGED, year, by=by, now=now, detail=detail)


def _locked(year: BudgetYear) -> BudgetYear:
    """The year as it is now; a change of its status waits until this has ended."""
    return BudgetYear.objects.select_for_update().select_related("partnership").get(pk=year.pk)


def _create(year: BudgetYear, kind: EntryKind, fields: Mapping[str, Any], *, by: Person | None, now: datetime) -> Entry:
    try:
        with transaction.atomic():
            return MODELS[kind]._default_manager.create(year=year, **stamp(by, now), **fields)
    except IntegrityError as twice:
        raise NotAllowedError("there is an entry of that name in this year already") from twice


def _amounts(fields: Mapping[str, Any]) -> dict[str, str]:
    """What goes on the trail of an entry's fields: each that is filled, as text."""
    return {name: str(value) for name, value in fields.items() if value not in (None, "")}


def _record(
    event: EventType,
    year: BudgetYear,
    *,
    by: Person | None,
    now: datetime,
    detail: Mapping[str, Any],
    reason: str = "",
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=year.partnership.slug,
        subject=year.reference,
        detail={"year": str(year), "status": BudgetState(year.state).value, **detail},
        reason=reason,
    )
