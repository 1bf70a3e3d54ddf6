"""Whose names the plan may use: people with a duty in the partnership today."""

from datetime import date

from django.db.models import QuerySet

from trefoil.people.models import Partnership, Person, in_force


def people_here(partnership: Partnership, today: date) -> QuerySet[Person]:
    """Everybody with a duty in the partnership today, by name."""
    held = Person.objects.filter(in_force(today, "duties__"), duties__partnership=partnership, is_active=True)
    return held.distinct().order_by("name")
