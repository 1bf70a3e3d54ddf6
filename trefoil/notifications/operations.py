"""The only writer of messages, preferences and calendar addresses. Letters are written here and by `outbox`.

Queueing and reading messages is not on the trail by itself: what a message tells of is, written by the operation that
queues it.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from .enums import FeedScope, LetterState, MailChoice, MessageKind
from .models import CalendarAddress, Letter, MailPreference, Message
from .queries import hash_of, letters_visible_to, messages_visible_to
from .timing import next_digest

AT_A_TIME = 500
KEPT_FOR = timedelta(days=400)
MOST_ADDRESSES = 10
LONGEST_WORDS = 300


@dataclass(frozen=True)
class NewMessage:
    """One message to be queued with others by `queue_messages`."""

    person: Person
    partnership: Partnership
    kind: MessageKind
    words: str
    path: str
    key: str

    def __post_init__(self) -> None:
        """Refuse a path that leads out of the partnership: it becomes a link."""
        if not self.path.startswith(f"/{self.partnership.slug}/"):
            raise ValueError(f"{self.path!r} is no page of {self.partnership.slug}")

    def as_message(self, by: Person | None, now: datetime) -> Message:
        return Message(
            person_id=self.person.pk,
            partnership_id=self.partnership.pk,
            kind=self.kind,
            words=self.words if len(self.words) <= LONGEST_WORDS else f"{self.words[: LONGEST_WORDS - 1]}…",
            path=self.path,
            key=self.key,
            queued_at=now,
            queued_by_id=by.pk if by else None,
        )


@transaction.atomic
def queue_message(
    *,
    person: Person,
    partnership: Partnership,
    kind: MessageKind,
    words: str,
    path: str,
    key: str,
    by: Person | None,
    now: datetime,
) -> bool:
    """Put a message in somebody's inbox, and have a letter tell them of it if they want one. Whether it is new.

    Once for each `key` of one person in one partnership, such as `action:12:proposed`. `words` is a whole sentence,
    `path` the page that it is about (`/fairmead/...`). Nobody is told of what they did themselves, and a closed account
    gets nothing. Call it inside the operation's transaction.
    """
    message = NewMessage(person, partnership, MessageKind(kind), words, path, key)
    return queue_messages(messages=[message], by=by, now=now) == 1


@transaction.atomic
def queue_messages(*, messages: Iterable[NewMessage], by: Person | None, now: datetime) -> int:
    """The same for many, in a few queries for each 500; how many were new."""
    own = by.pk if by else None
    wanted = {
        (one.person.pk, one.partnership.pk, one.key): one
        for one in messages
        if one.person.is_active and one.person.pk != own
    }
    listed = list(wanted.values())
    return sum(_queued(listed[at : at + AT_A_TIME], by, now) for at in range(0, len(listed), AT_A_TIME))


def _queued(wanted: Sequence[NewMessage], by: Person | None, now: datetime) -> int:
    known = set(Message.objects.filter(key__in={one.key for one in wanted}).values_list("person", "partnership", "key"))
    new = [one for one in wanted if (one.person.pk, one.partnership.pk, one.key) not in known]
    if new:
        # Two who queue the same at the same moment: the database keeps one.
        Message.objects.bulk_create([one.as_message(by, now) for one in new], ignore_conflicts=True)
        _have_letters({one.person.pk for one in new}, now)
    return len(new)


def _have_letters(people: set[int], now: datetime) -> None:
    """A letter that waits for each of them who wants one. What a letter tells is counted when it goes.

    The letter's row is held until this transaction ends, so that no sender takes it before the message is there; one
    that a sender was quicker to take does not count, and a new one is made.
    """
    choices = dict(MailPreference.objects.filter(person__in=people).values_list("person", "choice"))
    due = {MailChoice.AT_ONCE: now, MailChoice.DIGEST: next_digest(now)}
    missing = {pk: due[MailChoice(choices.get(pk, MailChoice.DIGEST))] for pk in people if choices.get(pk) != "none"}
    while missing:
        waiting = Letter.objects.filter(person__in=missing, state=LetterState.WAITING).select_for_update()
        for pk in waiting.values_list("person", flat=True):
            missing.pop(pk, None)
        Letter.objects.bulk_create(
            [Letter(person_id=pk, due_at=due_at) for pk, due_at in missing.items()], ignore_conflicts=True
        )


@transaction.atomic
def mark_read(*, partnership: Partnership, by: Person, now: datetime, message: Message | None = None) -> int:
    """Mark one of the reader's own messages as read, or all of them here; how many were unread."""
    own = messages_visible_to(standing_of(by, partnership, now=now)).filter(read_at__isnull=True)
    return (own.filter(pk=message.pk) if message else own).update(read_at=now)


@transaction.atomic
def set_mail_choice(*, choice: MailChoice, partnership: Partnership, by: Person, now: datetime) -> None:
    """How `by` wants to be told by e-mail from now on, in every partnership. A letter that waits follows suit."""
    MailPreference.objects.update_or_create(person=by, defaults={"choice": choice, "set_at": now})
    waiting = Letter.objects.filter(person=by, state=LetterState.WAITING)
    if choice == MailChoice.NONE:
        waiting.delete()
    else:
        waiting.update(due_at=now if choice == MailChoice.AT_ONCE else next_digest(now))
    record(
        event=EventType.MAIL_CHOICE_SET,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"person:{by.pk}",
        detail={"choice": choice.value},
    )


@transaction.atomic
def try_letters_again(*, partnership: Partnership, by: Person, now: datetime) -> int:
    """Have every failed letter to people of this partnership tried again now; how many. Raises NotAllowedError."""
    standing = standing_of(by, partnership, now=now)
    if not standing.may(Permission.MANAGE_PEOPLE):
        raise NotAllowedError("Your duties do not include the letters of other people.")
    failed = list(letters_visible_to(standing).values_list("pk", flat=True))
    again = Letter.objects.filter(pk__in=failed, state__in=[LetterState.RETRY, LetterState.GIVEN_UP])
    number = again.update(state=LetterState.RETRY, due_at=now, attempts=0)
    record(
        event=EventType.LETTERS_TRIED_AGAIN,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject="letters",
        detail={"number": number},
    )
    return number


@transaction.atomic
def make_calendar_address(
    *, partnership: Partnership, label: str, scope: FeedScope, by: Person, now: datetime
) -> tuple[CalendarAddress, str]:
    """A new private address of `by`, and its secret, which is told this once. Raises NotAllowedError."""
    if not standing_of(by, partnership, now=now).duties:
        raise NotAllowedError("You hold no duty in this partnership.")
    held = CalendarAddress.objects.filter(person=by, partnership=partnership, revoked_at__isnull=True)
    if held.count() >= MOST_ADDRESSES:
        raise NotAllowedError(f"You have {MOST_ADDRESSES} addresses already. End one that you do not use.")
    secret = secrets.token_urlsafe(32)
    address = CalendarAddress.objects.create(
        person=by, partnership=partnership, label=label, scope=scope, secret_hash=hash_of(secret), made_at=now
    )
    _record_address(EventType.CALENDAR_ADDRESS_MADE, address, by=by, now=now)
    return address, secret


@transaction.atomic
def revoke_calendar_address(*, address: CalendarAddress, by: Person, now: datetime) -> None:
    """End an address of one's own: from now on it is not found. Raises NotAllowedError."""
    own = CalendarAddress.objects.filter(pk=address.pk, person=by, revoked_at__isnull=True)
    if not own.update(revoked_at=now):
        raise NotAllowedError("This address has ended already, or it is not yours.")
    _record_address(EventType.CALENDAR_ADDRESS_REVOKED, address, by=by, now=now)


def _record_address(event: EventType, address: CalendarAddress, *, by: Person, now: datetime) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=address.partnership.slug,
        subject=f"person:{by.pk}",
        detail={"address": address.pk, "label": address.label, "scope": address.scope},
    )


@transaction.atomic
def delete_old_messages(*, by: Person | None, now: datetime) -> int:
    """Delete messages queued more than 400 days ago, and letters of that age; how many messages."""
    number = Message.objects.filter(queued_at__lt=now - KEPT_FOR).delete()[0]
    Letter.objects.filter(due_at__lt=now - KEPT_FOR).delete()
    if number:
        record(event=EventType.MESSAGES_EXPIRED, by=by, now=now, subject="messages", detail={"number": number})
    return number
