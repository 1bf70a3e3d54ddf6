"""Who has to agree to a year's plan, and what each of them has said."""

from datetime import date

from django.db.models import QuerySet

from trefoil.people.enums import AgencyKind
from trefoil.people.models import Agency, Membership, Partnership, in_force

from .models import PlanYear, YearPosition


def statutory_partners(partnership: Partnership, today: date) -> QuerySet[Agency]:
    """The safeguarding partners of today, by name. Source: Children Act 2004, section 16E."""
    members = Membership.objects.filter(in_force(today), partnership=partnership, kind=AgencyKind.SAFEGUARDING_PARTNER)
    return Agency.objects.filter(pk__in=members.values("agency")).order_by("name")


def newest_positions(year: PlanYear) -> dict[int, YearPosition]:
    """Agency key to its newest position. One query."""
    return {one.agency_id: one for one in year.positions.select_related("agency", "taken_by")}
