"""Who has to agree to a year's plan, and what each of them has said."""

from datetime import date, datetime

from django.db.models import Max, QuerySet

from trefoil.people.enums import AgencyKind
from trefoil.people.models import Agency, Membership, Partnership, in_force

from .models import PlanYear, YearPosition

OUTDATED = "Said before the plan was changed."


def statutory_partners(partnership: Partnership, today: date) -> QuerySet[Agency]:
    """The safeguarding partners of today, by name. Source: Children Act 2004, section 16E."""
    members = Membership.objects.filter(in_force(today), partnership=partnership, kind=AgencyKind.SAFEGUARDING_PARTNER)
    return Agency.objects.filter(pk__in=members.values("agency")).order_by("name")


def newest_positions(year: PlanYear) -> dict[int, YearPosition]:
    """Agency key to its newest position. One query."""
    return {one.agency_id: one for one in year.positions.select_related("agency", "taken_by")}


def last_changed(year: PlanYear) -> datetime | None:
    """When what the partners agree to last changed: the year's own words, or a priority of it. One query."""
    moments = year.priorities.aggregate(changed=Max("changed_at"), withdrawn=Max("withdrawn_at")).values()
    known: list[datetime] = [moment for moment in (year.changed_at, *moments) if moment is not None]
    return max(known, default=None)


def outdated_positions(year: PlanYear, held: dict[int, YearPosition]) -> set[int]:
    """The agencies that spoke of a draft before it was changed; none once it is approved."""
    changed = None if year.is_approved or not held else last_changed(year)
    if changed is None:
        return set()
    return {agency for agency, position in held.items() if position.taken_at < changed}
