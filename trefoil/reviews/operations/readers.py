"""Who reads a review: put on with a last day, ended, asked for, given or refused."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import ReaderRole
from ..models import AccessRequest, Reader, Review, reading_on
from ..moving import held, on_review
from ..rules import (
    access_requests_for,
    check_leads,
    check_words,
    leads_on,
    partnerships_of,
    people_of,
    reviews_known_to,
)
from ..telling import tell, tell_leads
from .incidents import LONGEST_READING


@transaction.atomic
def put_on(
    *,
    review: Review,
    person: Person,
    role: ReaderRole,
    ends_on: date,
    reason: str,
    by: Person,
    now: datetime,
    sees_identity: bool = False,
) -> Reader:
    """Let somebody read a review until a day, at most a year ahead. Raises NotAllowedError with the reason why not."""
    check_leads(by, review, now)
    return _put_on(
        held(review),
        person=person,
        role=role,
        ends_on=ends_on,
        reason=check_words(reason, "Say why they need to read it"),
        by=by,
        now=now,
        sees_identity=sees_identity,
    )


def _put_on(
    review: Review,
    *,
    person: Person,
    role: ReaderRole,
    ends_on: date,
    reason: str,
    by: Person,
    now: datetime,
    sees_identity: bool,
) -> Reader:
    today = timezone.localdate(now)
    if not today <= ends_on <= today + LONGEST_READING:
        raise NotAllowedError("The last day of reading lies between today and a year from now.")
    if not people_of(review, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here today that lets them read a review.")
    runs = standing_of(person, review.partnership, now=now).may(Permission.RUN_REVIEWS)
    if role == ReaderRole.LEAD and not runs:
        raise NotAllowedError(f"{person} cannot lead it: their duties do not include running reviews.")
    if review.readers.filter(reading_on(today), person=person).exclude(role=ReaderRole.CONTRIBUTOR).exists():
        raise NotAllowedError(f"{person} reads this review already. End that first.")
    reader = Reader.objects.create(
        review=review,
        person=person,
        role=ReaderRole(role),
        sees_identity=sees_identity,
        reason=reason[:300],
        starts_on=today,
        ends_on=ends_on,
        given_at=now,
        given_by=by,
    )
    detail = {"person": person.pk, "role": reader.role, "until": ends_on.isoformat(), "identity": sees_identity}
    record(event=EventType.REVIEW_READER_PUT_ON, by=by, now=now, detail=detail, **on_review(review))
    tell(review, person, f"put on:{reader.pk}", "You were put on a review.", by=by, now=now)
    return reader


@transaction.atomic
def end_reading(*, reader: Reader, by: Person, now: datetime) -> None:
    """Somebody reads it no more, from this moment. The last one who leads it stays until another does."""
    check_leads(by, reader.review, now)
    own = held(reader.review)
    others = leads_on(timezone.localdate(now)).filter(review=own).exclude(pk=reader.pk)
    if reader.role == ReaderRole.LEAD and not others.exists():
        raise NotAllowedError("Nobody else leads this review. Put another lead on it first.")
    if not Reader.objects.filter(pk=reader.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by):
        raise NotAllowedError("That has ended already.")
    record(event=EventType.REVIEW_READER_ENDED, by=by, now=now, detail={"person": reader.person_id}, **on_review(own))
    reader.refresh_from_db()


@transaction.atomic
def hand_over_review(*, review: Review, to: Person, ends_on: date, reason: str, by: Person, now: datetime) -> Reader:
    """Somebody else leads it from this moment, and who led it reads it no more: all of it, or nothing.

    Whoever else leads it goes on. Where `to` reads it already, that place ends with the new one.
    """
    own, today = held(review), timezone.localdate(now)
    # After it is held: of two hand-overs at once the second no longer leads it.
    check_leads(by, own, now)
    if to == by:
        raise NotAllowedError("You lead it already.")
    own.readers.filter(reading_on(today), person=to).exclude(role=ReaderRole.CONTRIBUTOR).update(
        ended_at=now, ended_by=by
    )
    made = put_on(
        review=own, person=to, role=ReaderRole.LEAD, sees_identity=True, ends_on=ends_on, reason=reason, by=by, now=now
    )
    end_reading(reader=own.readers.get(reading_on(today), person=by, role=ReaderRole.LEAD), by=by, now=now)
    record(event=EventType.REVIEW_HANDED_OVER, by=by, now=now, detail={"to": to.pk}, **on_review(own))
    return made


@transaction.atomic
def ask_for_access(*, review: Review, reason: str, by: Person, now: datetime) -> AccessRequest:
    """Ask to read a review that one knows by its reference. Those who lead it are told that somebody asks."""
    standings = (standing_of(by, one, now=now) for one in partnerships_of(review))
    if not any(reviews_known_to(one).filter(pk=review.pk).exists() for one in standings):
        raise NotAllowedError("There is no such review.")
    why, today = check_words(reason, "Say why you need to read it"), timezone.localdate(now)
    if review.readers.filter(reading_on(today), person=by).exists():
        raise NotAllowedError("You read this review already.")
    if review.access_requests.filter(person=by, answered_at__isnull=True).exists():
        raise NotAllowedError("You have asked already, and it waits for an answer.")
    with unless_just_entered("this request"):
        asked = AccessRequest.objects.create(review=review, person=by, reason=why, asked_at=now)
    record(event=EventType.REVIEW_ACCESS_ASKED, by=by, now=now, **on_review(review))
    tell_leads(review, f"asked:{asked.pk}", "Somebody asks to read a review and waits for your answer.", by=by, now=now)
    return asked


@transaction.atomic
def answer_request(
    *,
    request: AccessRequest,
    is_given: bool,
    answer: str,
    by: Person,
    now: datetime,
    role: ReaderRole | None = None,
    ends_on: date | None = None,
    sees_identity: bool = False,
) -> None:
    """Give or refuse what was asked, with a reason. Who leads the review answers, never the one who asked.

    Where nobody leads it any more a safeguarding partner answers, so that no review is left to nobody; and whoever runs
    reviews and is let in leads it from then on, unless `role` says otherwise.
    """
    standing = standing_of(by, request.review.partnership, now=now)
    if not access_requests_for(standing).filter(pk=request.pk).exists():
        raise NotAllowedError("It waits for somebody else’s answer, or it has been answered.")
    own, why = held(request.review), check_words(answer, "Say why")
    row = AccessRequest.objects.filter(pk=request.pk, answered_at__isnull=True)
    if not row.update(is_given=is_given, answer=why, answered_at=now, answered_by=by):
        raise NotAllowedError("It has been answered already.")
    if is_given:
        if ends_on is None:
            raise NotAllowedError("Say until which day they read it.")
        _put_on(
            own,
            person=request.person,
            role=role or _role_for(own, request.person, now),
            ends_on=ends_on,
            reason=request.reason,
            by=by,
            now=now,
            sees_identity=sees_identity,
        )
    else:
        words = "Your request to read a review was refused."
        tell(own, request.person, f"refused:{request.pk}", words, by=by, now=now)
    record(
        event=EventType.REVIEW_ACCESS_ANSWERED,
        by=by,
        now=now,
        detail={"given": is_given, "to": request.person_id},
        **on_review(own),
    )
    request.refresh_from_db()


def _role_for(review: Review, person: Person, now: datetime) -> ReaderRole:
    led = leads_on(timezone.localdate(now)).filter(review=review).exists()
    runs = standing_of(person, review.partnership, now=now).may(Permission.RUN_REVIEWS)
    return ReaderRole.LEAD if runs and not led else ReaderRole.PANEL
