"""Reading messages and addresses: their owner's own. Letters that failed: for those who manage people."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import standing_in
from trefoil.access.rules import Standing
from trefoil.people.models import Duty, Person, in_force

from .enums import LetterState, MailChoice
from .models import CalendarAddress, Letter, MailPreference, Message

READ_AT_MOST_EVERY = timedelta(hours=1)


def messages_visible_to(standing: Standing) -> QuerySet[Message]:
    """The reader's own messages in this partnership, newest first."""
    return Message.objects.filter(person=standing.person, partnership=standing.partnership)


def unread_messages() -> Coalesce:
    """How many messages somebody has not read, as part of the query for their duties (see `STANDING_COUNTS`)."""
    own = Message.objects.filter(
        person=OuterRef("person_id"), partnership=OuterRef("partnership_id"), read_at__isnull=True
    )
    counted = own.order_by().values("person").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def mail_choice_of(person: Person) -> MailChoice:
    """How this person wants to be told by e-mail."""
    held = MailPreference.objects.filter(person=person).values_list("choice", flat=True).first()
    return MailChoice(held) if held else MailChoice.DIGEST


def letters_visible_to(standing: Standing) -> QuerySet[Letter]:
    """Letters to people of this partnership that could not be sent, oldest first: for those who manage people."""
    failed = Letter.objects.filter(state__in=[LetterState.RETRY, LetterState.GIVEN_UP]).select_related("person")
    if not standing.may(Permission.MANAGE_PEOPLE):
        return failed.none()
    return failed.filter(person__in=Duty.objects.filter(partnership=standing.partnership).values("person"))


@dataclass(frozen=True)
class Waiting:
    """How many messages one person has not read in one partnership."""

    partnership: str
    slug: str
    number: int


def waiting_for(person: Person, *, today: date) -> list[Waiting]:
    """What waits for somebody in each partnership in which they hold a duty today. One query."""
    held = Duty.objects.filter(in_force(today), person=person, person__is_active=True).values("partnership")
    unread = Message.objects.filter(person=person, partnership__in=held, read_at__isnull=True).order_by()
    rows = unread.values(name=F("partnership__name"), slug=F("partnership__slug")).annotate(number=Count("pk"))
    return [Waiting(row["name"], row["slug"], row["number"]) for row in rows.order_by("partnership__name")]


def addresses_visible_to(standing: Standing) -> QuerySet[CalendarAddress]:
    """The reader's own calendar addresses in this partnership that still hold."""
    own = CalendarAddress.objects.filter(person=standing.person, partnership=standing.partnership)
    return own.filter(revoked_at__isnull=True).select_related("person", "partnership")


def hash_of(secret: str) -> str:
    """What is kept of an address's secret. It holds 256 random bits, so that a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Feed:
    """An address that holds, and where its owner stands at this moment, without what emergency access opens."""

    address: CalendarAddress
    standing: Standing


def feed_of(secret: str, *, now: datetime) -> Feed | None:
    """The feed under this secret; None when it was revoked or never was, or when its owner's last duty has ended."""
    held = CalendarAddress.objects.filter(secret_hash=hash_of(secret), revoked_at__isnull=True)
    address = held.select_related("person", "partnership").first()
    standing = standing_in(address.person, address.partnership.slug, now=now) if address else None
    if address is None or standing is None:
        return None
    _note_reading(address, now)
    return Feed(address, replace(standing, opened=frozenset()))


def _note_reading(address: CalendarAddress, now: datetime) -> None:
    """Its owner is shown when it was last read, to the hour: a calendar program asks again and again."""
    if address.last_read_at is None or now - address.last_read_at >= READ_AT_MOST_EVERY:
        CalendarAddress.objects.filter(pk=address.pk).update(last_read_at=now)


def feed_days(now: datetime) -> tuple[date, date]:
    """The days that a feed holds: three months back, a year ahead."""
    today = timezone.localdate(now)
    return today - timedelta(days=92), today + timedelta(days=366)
