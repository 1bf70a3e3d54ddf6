"""Who may see what: the filters that every page loads its records through."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Partnership, Person

from .enums import Permission
from .models import BrokenGlass
from .rules import DUTY_GIVES, SENSITIVE_DUTIES, Standing


def partnerships_visible_to(person: Person, *, now: datetime) -> QuerySet[Partnership]:
    """The partnerships in which the person holds any duty today."""
    held = Duty.objects.in_force_on(timezone.localdate(now)).filter(person=person)
    return Partnership.objects.filter(pk__in=held.values("partnership")).select_related("area", "area__region")


def standing_of(person: Person, partnership: Partnership, *, now: datetime) -> Standing:
    """What the person may do in this partnership at this moment. Two queries."""
    duties = list(
        Duty.objects.in_force_on(timezone.localdate(now))
        .filter(person=person, partnership=partnership)
        .values_list("kind", "agency_id")
    )
    kinds = tuple(sorted({DutyKind(kind) for kind, _ in duties}))
    opened = BrokenGlass.objects.open_at(now).filter(person=person, partnership=partnership)
    return Standing(
        person=person,
        partnership=partnership,
        permissions=frozenset().union(*(DUTY_GIVES[kind] for kind in kinds)),
        agency_ids=frozenset(agency for _, agency in duties if agency is not None),
        duties=kinds,
        opened=frozenset(Permission(value) for value in opened.values_list("permission", flat=True)),
    )


def sensitive_duties_of(person: Person, *, now: datetime) -> QuerySet[Duty]:
    """Today's duties for which a second factor is asked when the setting requires it."""
    return Duty.objects.in_force_on(timezone.localdate(now)).filter(person=person, kind__in=SENSITIVE_DUTIES)


def holds_sensitive_duty(person: Person, *, now: datetime) -> bool:
    """Whether a second factor is asked of this person when the setting requires it."""
    return sensitive_duties_of(person, now=now).exists()


def dormant_accounts(*, since: datetime) -> QuerySet[Person]:
    """Open accounts that were made before `since` and not signed in to from then on."""
    unused = Q(last_login__lt=since) | Q(last_login__isnull=True)
    return Person.objects.filter(unused, is_active=True, joined_at__lt=since)


def openings_visible_to(standing: Standing) -> QuerySet[BrokenGlass]:
    """Emergency openings: one's own, and everybody's for those who may read the trail."""
    openings = BrokenGlass.objects.filter(partnership=standing.partnership).select_related("person", "closed_by")
    if standing.may(Permission.READ_TRAIL):
        return openings
    return openings.filter(person=standing.person)
