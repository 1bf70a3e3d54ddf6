"""Practitioners brought into a review, the reviewer's supervision, and written requests for information."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..enums_local import RequestStep
from ..models import (
    STANDS,
    EventInvitation,
    PractitionerEvent,
    Review,
    Supervision,
    WrittenRequest,
    WrittenRequestStep,
)
from ..moving import on_review
from ..queries import sent_on_of
from ..rules import check_words, statutory_partners_of
from ..rules_local import check_between, led

LAW_OF_REQUESTS = "Children Act 2004, section 16H"
# The guidance at hand names the section alone, and its words were not found on 23 November 2026.
UNSURE_OF_REQUESTS = (
    "What the section asks, that it must be met, and that a court can enforce it, is written from memory: have your "
    "lawyers confirm it before you rely on it."
)
ENDING = (RequestStep.ANSWERED,)


@transaction.atomic
def call_practitioners(
    *, review: Review, held_on: date, words: str, agencies: Iterable[Agency], by: Person, now: datetime
) -> PractitionerEvent:
    """A day for practitioners, past or to come, with the agencies invited. Raises NotAllowedError where none is."""
    own, _today = led(review, by, now)
    said, invited = check_words(words, "Say what the day is for"), list(agencies)
    if not invited:
        raise NotAllowedError("Say which agencies are invited.")
    if held_on < sent_on_of(own):
        raise NotAllowedError("It cannot have been held before the incident was notified.")
    made = PractitionerEvent.objects.create(review=own, held_on=held_on, words=said, written_at=now, written_by=by)
    EventInvitation.objects.bulk_create(EventInvitation(event=made, agency=one) for one in invited)
    detail = {"held_on": held_on.isoformat(), "agencies": len(invited)}
    record(event=EventType.REVIEW_PRACTITIONERS_CALLED, by=by, now=now, detail=detail, **on_review(own))
    return made


@transaction.atomic
def note_practitioner_event(
    *, event: PractitionerEvent, came: Iterable[Agency], learnt: str, by: Person, now: datetime
) -> None:
    """Which of the agencies came, and what was learnt. Once; what was wrong is taken back and put on record anew."""
    own, today = led(event.review, by, now)
    said, there = check_words(learnt, "Say what was learnt"), {one.pk for one in came}
    check_between(today, event.held_on, today, "The day", "The day has not come yet.")
    waiting = PractitionerEvent.objects.filter(STANDS, pk=event.pk, noted_at__isnull=True)
    if not waiting.exists():
        raise NotAllowedError("What was learnt is on record already, or the day was taken back.")
    for one in event.invitations.all():
        one.came = one.agency_id in there
        one.save(update_fields=["came"])
    event.learnt, event.noted_at, event.noted_by = said, now, by
    event.save(update_fields=["learnt", "noted_at", "noted_by"])
    record(event=EventType.REVIEW_PRACTITIONERS_HEARD, by=by, now=now, **on_review(own))


@transaction.atomic
def note_supervision(*, review: Review, held_on: date, words: str, by: Person, now: datetime) -> Supervision:
    """A talk of the partners with the reviewer."""
    own, today = led(review, by, now)
    agreed_on = own.commissions.filter(STANDS).values_list("agreed_on", flat=True).first()
    if agreed_on is None:
        raise NotAllowedError("Nobody is asked to review yet, so there is nobody to supervise.")
    check_between(held_on, agreed_on, today, "The day", "It cannot have been before the reviewer was asked.")
    said = check_words(words, "Say what was agreed")
    made = Supervision.objects.create(review=own, held_on=held_on, words=said, written_at=now, written_by=by)
    record(event=EventType.REVIEW_SUPERVISED, by=by, now=now, **on_review(own))
    return made


@transaction.atomic
def request_information(
    *,
    review: Review,
    asked_for: Agency,
    to: str,
    asks: str,
    sent_on: date,
    due_on: date,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
) -> WrittenRequest:
    """Put a written request on record: of which statutory partner, to whom, for what, by when.

    Raises NotAllowedError where a body asks that is not a safeguarding partner: the power is theirs alone.
    """
    own, today = led(review, by, now)
    if asked_for not in statutory_partners_of(own, today):
        raise NotAllowedError(f"Only a safeguarding partner may make this request ({LAW_OF_REQUESTS}).")
    check_between(sent_on, sent_on_of(own), today, "The day", "It cannot have gone before the incident was notified.")
    if due_on < sent_on:
        raise NotAllowedError("It cannot be due before it was sent.")
    whom = to.strip() or (str(agency) if agency else "")
    if not whom:
        raise NotAllowedError("Say to whom it went.")
    made = WrittenRequest.objects.create(
        review=own,
        asked_for=asked_for,
        agency=agency,
        to=whom,
        asks=check_words(asks, "Say what is asked for"),
        sent_on=sent_on,
        due_on=due_on,
        written_at=now,
        written_by=by,
    )
    detail = {"for": asked_for.pk, "due_on": due_on.isoformat()}
    record(event=EventType.REVIEW_INFORMATION_REQUESTED, by=by, now=now, detail=detail, **on_review(own))
    return made


@transaction.atomic
def note_request_step(
    *, request: WrittenRequest, kind: RequestStep, happened_on: date, words: str, by: Person, now: datetime
) -> WrittenRequestStep:
    """What became of a written request. To go to court follows a refusal, or a day that has passed."""
    own, today = led(request.review, by, now)
    step, said = RequestStep(kind), check_words(words, "Say what came, or what was done")
    check_between(happened_on, request.sent_on, today, "The day", "It cannot have been before the request was sent.")
    steps = request.steps.filter(STANDS)
    if request.undone_at is not None or steps.filter(kind__in=ENDING).exists():
        raise NotAllowedError("It was answered in full, or taken back.")
    is_unmet = request.due_on < happened_on or steps.filter(kind__in=(RequestStep.REFUSED, RequestStep.PARTLY)).exists()
    if step == RequestStep.COURT and not is_unmet:
        raise NotAllowedError(
            f"They have not refused, and their time has not run out. A partner may apply to the court to enforce a "
            f"request that was not met ({LAW_OF_REQUESTS})."
        )
    made = WrittenRequestStep.objects.create(
        request=request, kind=step, happened_on=happened_on, words=said, written_at=now, written_by=by
    )
    record(event=EventType.REVIEW_REQUEST_STEP_NOTED, by=by, now=now, detail={"kind": made.kind}, **on_review(own))
    return made
