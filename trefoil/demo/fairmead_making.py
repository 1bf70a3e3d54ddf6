"""Fairmead's plan while it is being made: who and what there is by their keys, and days counted from the demo's."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from trefoil.people.models import Agency, Person
from trefoil.plan.models import PlanYear, Priority, Recommendation

from .borough import Borough


@dataclass
class Making:
    """The plan while it is being made."""

    borough: Borough
    now: datetime
    years: dict[str, PlanYear] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        return self.borough.people[key]

    def agency(self, key: str) -> Agency:
        return self.borough.agencies[key]

    def lead_of(self, agency: Agency) -> Person:
        """Who answers for an agency: the holder of its lead's duty."""
        return next(one for key, one in self.borough.people.items() if key.endswith("_lead") and one.agency == agency)

    def at(self, ago: int) -> datetime:
        """A moment so many days ago."""
        return self.now - timedelta(days=ago)

    def day(self, ahead: int) -> date:
        """A day so many days ahead of the demo's; behind it when negative."""
        return timezone.localdate(self.now) + timedelta(days=ahead)
