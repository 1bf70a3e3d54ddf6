"""A serious incident: recorded, who it is about, corrected, withdrawn, and its last step undone."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.operations import move_start
from trefoil.people.models import Partnership, Person

from ..ages import age_on
from ..enums import IncidentKind, ReaderRole, ReviewState
from ..models import STANDS, Account, IdentityRecord, Reader, Review, ReviewMove
from ..moving import (
    DEATH_IN_CARE,
    NOTIFY,
    begin_clock,
    begin_notify_clocks,
    drop_clocks,
    held,
    moment_of,
    move,
    new_reference,
    on_review,
    open_clocks,
)
from ..rules import check_day, check_leads, check_move, check_words

CHILDHOOD = 18
LONGEST_READING = timedelta(days=366)


@dataclass(frozen=True)
class Identity:
    """Who a review is about, before it is sealed."""

    child_name: str
    born_on: date | None = None
    address: str = ""
    family: str = ""
    ethnicity: str = ""
    numbers: str = ""


@transaction.atomic
def record_incident(
    *,
    partnership: Partnership,
    kind: IncidentKind,
    happened_on: date,
    known_on: date,
    words: str,
    identity: Identity,
    by: Person,
    now: datetime,
    is_in_care: bool = False,
) -> Review:
    """Write down a serious incident. Whoever records it leads it; the time to notify runs from the day it was known.

    Raises NotAllowedError for a day to come, for harm that was known before it happened, and for who was 18 or over.
    """
    if not standing_of(by, partnership, now=now).may(Permission.RUN_REVIEWS):
        raise NotAllowedError("Your duties do not include recording a serious incident.")
    _check_days(happened_on, known_on, timezone.localdate(now))
    said = check_words(words, "Say what happened")
    _check_child(identity, happened_on)
    review = Review.objects.create(
        partnership=partnership,
        reference=new_reference(),
        kind=IncidentKind(kind),
        is_in_care=is_in_care,
        happened_on=happened_on,
        known_on=known_on,
        recorded_at=now,
        recorded_by=by,
    )
    ReviewMove.objects.create(review=review, to_state=review.state, moved_at=now, moved_by=by)
    Account.objects.create(review=review, number=1, words=said, written_at=now, written_by=by)
    IdentityRecord.objects.create(review=review, written_at=now, written_by=by, **_sealed(identity))
    today = timezone.localdate(now)
    Reader.objects.create(
        review=review,
        person=by,
        role=ReaderRole.LEAD,
        sees_identity=True,
        reason="They recorded it.",
        starts_on=today,
        ends_on=today + LONGEST_READING,
        given_at=now,
        given_by=by,
    )
    begin_notify_clocks(review, by=by, now=now)
    record(event=EventType.INCIDENT_RECORDED, by=by, now=now, **on_review(review))
    return review


def _check_days(happened_on: date, known_on: date, today: date) -> None:
    check_day(happened_on, today, "The day on which it happened")
    check_day(known_on, today, "The day on which it was known")
    if known_on < happened_on:
        raise NotAllowedError("It cannot have been known before it happened.")


def _check_child(identity: Identity, happened_on: date) -> None:
    if not identity.child_name.strip():
        raise NotAllowedError("Say who the child is. It is sealed, and only who you allow reads it.")
    if identity.born_on is None:
        return
    if identity.born_on > happened_on:
        raise NotAllowedError("The child cannot have been born after it happened.")
    if age_on(identity.born_on, happened_on) >= CHILDHOOD:
        raise NotAllowedError(
            "They were 18 or over on that day. The duty to notify is about children under 18 (Children Act 2004, "
            "section 16C). The death of a care leaver of up to 25 is told to the department and Ofsted all the same "
            "(Working Together 2023; from memory, so confirm it). That goes by the national form and is not kept here."
        )


def _sealed(identity: Identity) -> dict[str, str]:
    words = {name: str(value or "").strip() for name, value in asdict(identity).items()}
    return words | {"born_on": identity.born_on.isoformat() if identity.born_on else ""}


@transaction.atomic
def write_identity(*, review: Review, identity: Identity, by: Person, now: datetime) -> None:
    """Correct who a review is about. The trail says which lines changed, and never what they say."""
    check_leads(by, review, now)
    own = held(review)
    _check_child(identity, own.happened_on)
    row = IdentityRecord.objects.select_for_update(of=("self",)).get(review=own)
    words = _sealed(identity)
    changed = sorted(name for name, value in words.items() if getattr(row, name) != value)
    if not changed:
        raise NotAllowedError("Nothing was changed.")
    for name in changed:
        setattr(row, name, words[name])
    row.written_at, row.written_by = now, by
    row.save()
    record(event=EventType.IDENTITY_WRITTEN, by=by, now=now, detail={"changed": changed}, **on_review(own))


@transaction.atomic
def correct_incident(
    *,
    review: Review,
    kind: IncidentKind,
    is_in_care: bool,
    happened_on: date,
    known_on: date,
    words: str,
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    """Correct what was recorded. Earlier words stay; the time to notify is reckoned anew where its day changed."""
    check_leads(by, review, now)
    own = held(review)
    if own.state == ReviewState.WITHDRAWN:
        raise NotAllowedError("It was withdrawn.")
    said, why = check_words(words, "Say what happened"), check_words(reason, "Say why it is corrected")
    _check_days(happened_on, known_on, timezone.localdate(now))
    sent_on = own.notifications.filter(STANDS).values_list("sent_on", flat=True).first()
    if sent_on is not None and known_on > sent_on:
        raise NotAllowedError("It was notified before that day, so it was known by then.")
    own.kind, own.is_in_care, own.happened_on, own.known_on = IncidentKind(kind), is_in_care, happened_on, known_on
    own.save(update_fields=["kind", "is_in_care", "happened_on", "known_on"])
    number = own.accounts.count() + 1
    Account.objects.create(review=own, number=number, words=said, reason=why, written_at=now, written_by=by)
    _move_clocks(own, by=by, now=now)
    record(event=EventType.INCIDENT_CORRECTED, by=by, now=now, detail={"account": number}, **on_review(own))
    review.refresh_from_db()


def _move_clocks(review: Review, *, by: Person, now: datetime) -> None:
    """The running time to notify, and the one for a death in care, follow what was corrected."""
    for clock in open_clocks(review, NOTIFY):
        started = moment_of(review.known_on, now)
        if timezone.localdate(clock.started_at) != review.known_on:
            move_start(clock=clock, started_at=started, reason="The day was corrected.", by=by, now=now)
    drop_clocks(review, DEATH_IN_CARE, reason="What was recorded is corrected.", by=by, now=now)
    waits = review.state in {ReviewState.RECORDED, ReviewState.TO_NOTIFY}
    if waits and review.is_in_care and review.kind == IncidentKind.DEATH:
        begin_clock(review, DEATH_IN_CARE, review.happened_on, by=by, now=now)


@transaction.atomic
def withdraw_incident(*, review: Review, reason: str, by: Person, now: datetime) -> None:
    """It was recorded in error, or twice. It stays to its readers, with the reason, and its clocks are withdrawn."""
    check_leads(by, review, now)
    own = held(review)
    to, why = check_move("withdraw_incident", own), check_words(reason, "Say why it is withdrawn")
    drop_clocks(own, NOTIFY, DEATH_IN_CARE, reason="The record was withdrawn.", by=by, now=now)
    move(own, to, by=by, now=now, reason=why)
    record(event=EventType.INCIDENT_WITHDRAWN, by=by, now=now, **on_review(own))
    review.refresh_from_db()
