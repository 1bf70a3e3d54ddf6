"""Agencies asked for their part in a rapid review, and what they hand in."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..enums import ReaderRole, ReviewState
from ..models import AgencyRequest, Part, Reader, Review, reading_on
from ..moving import held, on_review
from ..rules import agencies_of, check_leads, check_words, is_lead, partnerships_of, people_of
from ..telling import tell, tell_leads
from .incidents import LONGEST_READING

GRACE = timedelta(days=14)


@transaction.atomic
def ask_agency(
    *,
    review: Review,
    agency: Agency,
    person: Person,
    due_on: date,
    by: Person,
    now: datetime,
    ask: str = "",
    reads_until: date | None = None,
) -> AgencyRequest:
    """Ask an agency, by way of one person there, what it knows. That person sees who the child is, and their own part.

    They read until `reads_until`; else for two weeks after it is due, so that a late part can still come.
    """
    check_leads(by, review, now)
    own, today = held(review), timezone.localdate(now)
    if own.state != ReviewState.RAPID:
        raise NotAllowedError("Agencies are asked while the rapid review is under way.")
    last = reads_until or min(due_on + GRACE, today + LONGEST_READING)
    if not today <= due_on <= last <= today + LONGEST_READING:
        raise NotAllowedError("It is due between today and the last day of reading, a year from now at most.")
    if agency not in agencies_of(own, today):
        raise NotAllowedError(f"{agency} is not an agency of this partnership today.")
    if not people_of(own, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here today that lets them read a review.")
    if own.agency_requests.filter(agency=agency, withdrawn_at__isnull=True).exists():
        raise NotAllowedError(f"{agency} has been asked already.")
    with unless_just_entered("this agency"):
        asked = AgencyRequest.objects.create(
            review=own, agency=agency, person=person, ask=ask.strip(), due_on=due_on, asked_at=now, asked_by=by
        )
    if not own.readers.filter(reading_on(today), person=person).exists():
        Reader.objects.create(
            review=own,
            person=person,
            role=ReaderRole.CONTRIBUTOR,
            sees_identity=True,
            reason=f"Writes the part of {agency}.",
            starts_on=today,
            ends_on=last,
            given_at=now,
            given_by=by,
        )
    record(
        event=EventType.REVIEW_AGENCY_ASKED,
        by=by,
        now=now,
        detail={"agency": agency.pk, "person": person.pk},
        **on_review(own),
    )
    tell(own, person, f"ask:{asked.pk}", "Your agency is asked for its part in a review.", by=by, now=now)
    return asked


@transaction.atomic
def withdraw_asking(*, request: AgencyRequest, reason: str, by: Person, now: datetime) -> None:
    """Ask an agency no more. What it handed in stays to the readers; who wrote for it alone reads no more."""
    check_leads(by, request.review, now)
    own, why = held(request.review), check_words(reason, "Say why it is not asked any more")
    waiting = AgencyRequest.objects.filter(pk=request.pk, withdrawn_at__isnull=True)
    if not waiting.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=why):
        raise NotAllowedError("It was withdrawn already.")
    still = own.agency_requests.filter(person=request.person, withdrawn_at__isnull=True)
    if not still.exists():
        ended = own.readers.filter(person=request.person, role=ReaderRole.CONTRIBUTOR, ended_at__isnull=True)
        ended.update(ended_at=now, ended_by=by)
    record(
        event=EventType.REVIEW_ASKING_WITHDRAWN, by=by, now=now, detail={"agency": request.agency_id}, **on_review(own)
    )
    request.refresh_from_db()


@transaction.atomic
def hand_in_part(
    *, request: AgencyRequest, involvement: str, practice: str, safety: str, author: str, by: Person, now: datetime
) -> Part:
    """What the agency knows: its involvement, the practice that matters, what it did at once. Again corrects it.

    The same text twice, here or for another review of the same agency that this person wrote for, is refused.
    """
    own = held(request.review)
    _check_writes(request, by, now)
    if own.state not in {ReviewState.RAPID, ReviewState.DECIDED}:
        raise NotAllowedError("The rapid review is not under way, so nothing is handed in now.")
    said = {
        "involvement": check_words(involvement, "Say how the agency knew the child and family"),
        "practice": check_words(practice, "Say which practice matters"),
        "safety": check_words(safety, "Say what was done for safety, or that nothing had to be"),
    }
    if not author.strip():
        raise NotAllowedError("Say who wrote it.")
    _check_not_sent_before(request, by, said)
    part = Part.objects.create(
        request=request,
        number=request.parts.count() + 1,
        author=author.strip(),
        handed_in_at=now,
        handed_in_by=by,
        **said,
    )
    detail = {"agency": request.agency_id, "number": part.number}
    record(event=EventType.REVIEW_PART_HANDED_IN, by=by, now=now, detail=detail, **on_review(own))
    tell_leads(own, f"part:{part.pk}", "An agency handed in its part of a review.", by=by, now=now)
    return part


def _check_writes(request: AgencyRequest, by: Person, now: datetime) -> None:
    """The person who was asked, while they may read, or who leads the review and types it in for them."""
    today = timezone.localdate(now)
    if request.withdrawn_at is not None:
        raise NotAllowedError("It is not asked for any more.")
    standing = standing_of(by, request.review.partnership, now=now)
    here = any(standing_of(by, one, now=now).duties for one in partnerships_of(request.review))
    reads = request.review.readers.filter(reading_on(today), person=by).exists()
    if not (request.person_id == by.pk and reads and here) and not is_lead(standing, request.review):
        raise NotAllowedError("Only the person who was asked hands this in, or who leads the review.")


def _check_not_sent_before(request: AgencyRequest, by: Person, said: dict[str, str]) -> None:
    earlier = Part.objects.filter(request__agency=request.agency_id, request__person=request.person_id)
    for part in earlier.select_related("request"):
        if all(getattr(part, name) == text for name, text in said.items()):
            if part.request_id == request.pk:
                raise NotAllowedError("This text was handed in already.")
            if by.pk == request.person_id:
                raise NotAllowedError("You handed in the same text for another review. Is it meant for this one?")
