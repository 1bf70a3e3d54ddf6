"""Who may see and write a budget, and what may be written while it stands where it stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.people.enums import AgencyKind
from trefoil.people.models import Agency, Membership, Partnership, Person

from .accounts import year_label
from .enums import BudgetState, EntryKind
from .models import BudgetLine, BudgetYear, Contribution, Entry, Reserve, ReviewCost, YearMove
from .states import MOVES, Move

SHORTEST_REASON = 20
MODELS: dict[EntryKind, type[Entry]] = {
    EntryKind.CONTRIBUTION: Contribution,
    EntryKind.LINE: BudgetLine,
    EntryKind.RESERVE: Reserve,
    EntryKind.REVIEW: ReviewCost,
}
# What is fixed once a budget is put to the partners, so that what they agreed stays what they agreed.
AGREED: dict[EntryKind, frozenset[str]] = {
    EntryKind.CONTRIBUTION: frozenset({"name", "agency", "agreed"}),
    EntryKind.LINE: frozenset({"side", "item", "budget"}),
    EntryKind.RESERVE: frozenset({"name", "opening", "planned"}),
    EntryKind.REVIEW: frozenset(),
}


def budget_years_visible_to(standing: Standing) -> QuerySet[BudgetYear]:
    """The partnership's years: for those who may read its budget."""
    years = BudgetYear.objects.filter(partnership=standing.partnership).select_related("partnership")
    return years if standing.may(Permission.READ_BUDGET) else years.none()


def entries_visible_to(standing: Standing, kind: EntryKind) -> QuerySet[Any]:
    """The rows of one kind in those years, withdrawn ones left out."""
    entries = MODELS[kind]._default_manager.filter(year__in=budget_years_visible_to(standing), withdrawn_at=None)
    return entries.select_related("year__partnership", "changed_by")


def moves_visible_to(standing: Standing) -> QuerySet[YearMove]:
    """What happened to those years, newest first."""
    return YearMove.objects.filter(year__in=budget_years_visible_to(standing)).select_related("moved_by")


def partners_offered_to(standing: Standing) -> QuerySet[Agency]:
    """The agencies of the partnership that may be named as contributors."""
    return Agency.objects.filter(memberships__partnership=standing.partnership, memberships__ends_on=None).distinct()


def statutory_agencies(partnership: Partnership) -> frozenset[int]:
    """The keys of the safeguarding partners, on whom the duty lies equally (Children Act 2004, section 16E)."""
    partners = Membership.objects.filter(partnership=partnership, kind=AgencyKind.SAFEGUARDING_PARTNER)
    return frozenset(partners.values_list("agency", flat=True))


def check_may(permission: Permission, by: Person | None, partnership: Partnership, now: datetime) -> None:
    """Raises NotAllowedError unless a duty gives it today. Nobody (None) is the installer at the command line."""
    if by is not None and permission not in standing_of(by, partnership, now=now).permissions:
        raise NotAllowedError("your duties do not include this")


def fixed_fields(state: str, kind: EntryKind) -> frozenset[str]:
    """What of an entry may not be changed now; every field where nothing may."""
    if state == BudgetState.DRAFT:
        return frozenset()
    if state == BudgetState.APPROVED:
        return AGREED[kind]
    return frozenset(field.name for field in MODELS[kind]._meta.concrete_fields)


def why_no_new(state: str, kind: EntryKind) -> str:
    """Why no entry of this kind may be added or taken out now, or nothing."""
    if state == BudgetState.DRAFT or (state == BudgetState.APPROVED and kind == EntryKind.REVIEW):
        return ""
    if state == BudgetState.APPROVED:
        return "the budget is approved; open it again to change what was agreed"
    return f"the budget is {BudgetState(state).label.lower()}; nothing in it can be changed"


def check_changes(entry: Entry, kind: EntryKind, fields: Mapping[str, object]) -> None:
    """Raises NotAllowedError when a field that is fixed now would get another value."""
    fixed = fixed_fields(entry.year.state, kind)
    changed = [name for name, value in fields.items() if name in fixed and getattr(entry, name) != value]
    if changed:
        raise NotAllowedError(why_no_new(entry.year.state, kind) or "this was agreed; open the budget again first")


def check_reason(reason: str, ask: str) -> None:
    """Raises NotAllowedError, in words that say what to write, when it is too short to mean something."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")


def moves_open(year: BudgetYear, standing: Standing) -> dict[str, Move]:
    """The moves that this person may make now."""
    return {name: move for name, move in MOVES.items() if year.state in move.before and standing.may(move.permission)}


def why_not_moved(year: BudgetYear, name: str, standing: Standing) -> str:
    """Why this person cannot make a move now, or nothing."""
    move = MOVES[name]
    if not standing.may(move.permission):
        return "Your duties do not include this."
    if year.state not in move.before:
        return f"The budget of {year_label(year.first_year)} is {BudgetState(year.state).label.lower()}."
    return ""
