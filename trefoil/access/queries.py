"""Who may see what: the filters that every page loads its records through."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, DutySeat, Group, GroupMember, Membership, Partnership, Person, in_force

from .enums import Permission
from .models import BrokenGlass, BrokenGlassQuerySet
from .rules import SENSITIVE_DUTIES, Standing, agency_permissions_of, permissions_of


def partnerships_visible_to(person: Person, *, now: datetime) -> QuerySet[Partnership]:
    """The partnerships in which the person holds any duty today."""
    held = Duty.objects.in_force_on(timezone.localdate(now)).filter(person=person)
    return Partnership.objects.filter(pk__in=held.values("partnership")).select_related("area", "area__region")


def standing_of(person: Person, partnership: Partnership, *, now: datetime) -> Standing:
    """What the person may do in this partnership at this moment. Two queries."""
    held = Duty.objects.in_force_on(timezone.localdate(now)).filter(person=person, partnership=partnership)
    standing = _standing(person, partnership, list(held))
    return replace(standing, opened=_opened(standing, now))


def standing_in(person: Person, slug: str, *, now: datetime) -> Standing | None:
    """The same for the partnership of this slug, with what its pages count for the person; None where they hold no duty
    today. One query, and a second for somebody who has emergency access."""
    held = Duty.objects.in_force_on(timezone.localdate(now)).filter(person=person, partnership__slug=slug)
    asked = {name: import_string(count)() for name, count in settings.STANDING_COUNTS.items()}
    elsewhere = Duty.objects.in_force_on(timezone.localdate(now)).filter(person=OuterRef("person"))
    asked["elsewhere"] = Exists(elsewhere.exclude(partnership=OuterRef("partnership")))
    opened = BrokenGlass.objects.open_at(now).filter(person=OuterRef("person"), partnership=OuterRef("partnership"))
    asked["has_opened"] = Exists(opened)
    duties = list(held.select_related("partnership__area__region").annotate(**asked))
    if not duties:
        return None
    counts = {name: int(getattr(duties[0], name)) for name in asked}
    standing = _standing(person, duties[0].partnership, duties)
    if counts.pop("has_opened"):
        standing = replace(standing, opened=_opened(standing, now))
    return replace(standing, counts=counts)


def _opened(standing: Standing, now: datetime) -> frozenset[Permission]:
    """What emergency access gives at this moment: nothing once the duty that let them open it has run out."""
    if Permission.BREAK_GLASS not in standing.permissions:
        return frozenset()
    opened = BrokenGlass.objects.open_at(now).filter(person=standing.person, partnership=standing.partnership)
    return frozenset(Permission(value) for value in opened.values_list("permission", flat=True))


def _standing(person: Person, partnership: Partnership, duties: list[Duty]) -> Standing:
    kinds = tuple(sorted({DutyKind(duty.kind) for duty in duties}))
    return Standing(
        person=person,
        partnership=partnership,
        permissions=permissions_of(kinds, partnership),
        agency_permissions=agency_permissions_of((DutyKind(duty.kind), duty.agency_id) for duty in duties),
        duties=kinds,
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


def openings_visible_to(standing: Standing) -> BrokenGlassQuerySet:
    """Emergency openings: one's own, and everybody's for those whose duties let them read the trail."""
    openings = BrokenGlass.objects.filter(partnership=standing.partnership).select_related("person", "closed_by")
    if Permission.READ_TRAIL in standing.permissions:
        return openings
    return openings.filter(person=standing.person)


def memberships_visible_to(standing: Standing) -> QuerySet[Membership]:
    """The places of agencies in this partnership, past ones included: for everybody with a duty in it."""
    return Membership.objects.filter(partnership=standing.partnership).select_related("agency")


def groups_visible_to(standing: Standing) -> QuerySet[Group]:
    """The partnership's groups: for everybody with a duty in it."""
    return Group.objects.filter(partnership=standing.partnership).select_related("reports_to")


def groups_sat_in(standing: Standing, *, today: date) -> QuerySet[Group]:
    """The groups of this partnership in which the reader sits today, by a seat of their own or by a duty."""
    own = GroupMember.objects.filter(in_force(today), group=OuterRef("pk"), person=standing.person)
    by_duty = duty_seats_held(standing.person, today=today).filter(group=OuterRef("pk"))
    return Group.objects.filter(Exists(own) | Exists(by_duty), partnership=standing.partnership)


def duty_seats_held(person: Person, *, today: date) -> QuerySet[DutySeat]:
    """The seats that follow a duty which this person holds today in that group's partnership."""
    held = Duty.objects.in_force_on(today).filter(
        person=person, partnership=OuterRef("group__partnership"), kind=OuterRef("duty")
    )
    for_agency = Q(agency=OuterRef("agency")) | Q(agency__isnull=True, person__agency=OuterRef("agency"))
    fits = Q(Exists(held), agency__isnull=True) | Q(Exists(held.filter(for_agency)))
    return DutySeat.objects.filter(in_force(today)).filter(fits)


def duty_seats_visible_to(standing: Standing) -> QuerySet[DutySeat]:
    """The seats of the partnership's groups that follow a duty: for those who may read people."""
    seats = DutySeat.objects.filter(group__partnership=standing.partnership).select_related("group", "agency")
    return seats if standing.may(Permission.READ_PEOPLE) else seats.none()


def seats_visible_to(standing: Standing) -> QuerySet[GroupMember]:
    """Who sits in the partnership's groups, with their names: for those who may read people."""
    seats = GroupMember.objects.filter(group__partnership=standing.partnership)
    seats = seats.select_related("group", "person", "agency")
    return seats if standing.may(Permission.READ_PEOPLE) else seats.none()


def duties_visible_to(standing: Standing) -> QuerySet[Duty]:
    """Who holds or held which duty in this partnership: for those who may read people."""
    duties = Duty.objects.filter(partnership=standing.partnership)
    duties = duties.select_related("person", "agency", "given_by", "partnership")
    return duties if standing.may(Permission.READ_PEOPLE) else duties.none()


def open_duties_of(person: Person, partnership: Partnership, *, today: date) -> QuerySet[Duty]:
    """What a person holds in a partnership today, and what they will hold from a later day."""
    held = Duty.objects.filter(person=person, partnership=partnership).filter(_open_on(today))
    return held.select_related("person", "partnership")


def partnerships_relying_on(person: Person, *, today: date) -> QuerySet[Partnership]:
    """Every partnership in which the person holds a duty today, or will from a later day; for operations alone."""
    held = Duty.objects.filter(person=person).filter(_open_on(today))
    return Partnership.objects.filter(pk__in=held.values("partnership")).order_by("slug")


def _open_on(today: date) -> Q:
    return Q(is_withdrawn=False) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def people_visible_to(standing: Standing) -> QuerySet[Person]:
    """People with a duty or a seat here, now or before: for those who may read people."""
    people = Person.objects.select_related("agency")
    if not standing.may(Permission.READ_PEOPLE):
        return people.none()
    here = Q(pk__in=duties_visible_to(standing).values("person")) | Q(
        pk__in=seats_visible_to(standing).values("person")
    )
    return people.filter(here)


def account_under(email: str, standing: Standing) -> Person | None:
    """The open account under an e-mail address, for those who may give duties; it may have no duty here yet."""
    if not standing.may(Permission.MANAGE_PEOPLE):
        return None
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def trail_visible_to(standing: Standing) -> QuerySet[AuditEvent]:
    """What the trail says of this partnership: for those who may read it, newest first.

    Of a record that is for named readers alone (the setting TRAIL_HIDES) only they read what was done with it.
    """
    events = AuditEvent.objects.filter(partnership=standing.partnership.slug)
    if not standing.may(Permission.READ_TRAIL):
        return events.none()
    for hidden in settings.TRAIL_HIDES:
        events = events.exclude(import_string(hidden)(standing))
    return events


def trail_about(standing: Standing) -> QuerySet[AuditEvent]:
    """What the trail holds about the reader: what they did here or outside any partnership, and who read about them."""
    person, here = standing.person, Q(partnership=standing.partnership.slug)
    by_them = Q(actor=person.pk) & (here | Q(partnership=""))
    return AuditEvent.objects.filter(by_them | (here & Q(subject=f"person:{person.pk}")))


# What everybody in a partnership may know has happened, and what those may who read people.
_OPEN_CHANGES = (
    EventType.AGENCY_JOINED,
    EventType.AGENCY_LEFT,
    EventType.GROUP_CREATED,
    EventType.GROUP_MOVED,
    EventType.TARGET_SET,
    EventType.COMMENTARY_WRITTEN,
)
_PEOPLE_CHANGES = (
    EventType.GROUP_SEAT_GIVEN,
    EventType.GROUP_SEAT_ENDED,
    EventType.DUTY_GIVEN,
    EventType.DUTY_ENDED,
    EventType.DUTY_WITHDRAWN,
)
_RECORD_CHANGES = (
    EventType.RETURN_OPENED,
    EventType.RETURN_SUBMITTED,
    EventType.RETURN_QUERIED,
    EventType.RETURN_APPROVED,
    EventType.RETURN_REOPENED,
    EventType.RETURN_DATES_MOVED,
)


def changes_visible_to(standing: Standing, *, records: QuerySet[Any, Any] | Sequence[str]) -> QuerySet[AuditEvent]:
    """What happened in the partnership that the reader's duties let them know of, newest first; never who read what.

    `records` gives the references (`return:12`) of the records that the room has found visible to this person.
    """
    kinds = _OPEN_CHANGES + (_PEOPLE_CHANGES if standing.may(Permission.READ_PEOPLE) else ())
    known = Q(event__in=kinds) | Q(event__in=_RECORD_CHANGES, subject__in=records)
    return AuditEvent.objects.filter(known, partnership=standing.partnership.slug)


def own_sign_ins(person: Person) -> QuerySet[AuditEvent]:
    """The lines of the trail on which the person signed in, newest first."""
    return AuditEvent.objects.filter(actor=person.pk, event=EventType.SIGNED_IN).order_by("-sequence")
