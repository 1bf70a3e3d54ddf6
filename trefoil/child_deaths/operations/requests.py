"""Agencies asked what they know of a child who died, and what they answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Membership, Person, in_force
from trefoil.reviews.models import reading_on
from trefoil.reviews.operations.incidents import LONGEST_READING
from trefoil.reviews.rules import check_words, people_here

from ..enums import Known, ReaderRole
from ..models import AgencyReply, Death, DeathReader, InformationRequest
from ..moving import held, on_death, reporting_due
from ..needs import ASKED_IN
from ..rules import check_leads, is_lead
from ..telling import tell, tell_leads

GRACE = timedelta(days=28)


@transaction.atomic
def ask_agency(
    *,
    death: Death,
    agency: Agency,
    person: Person,
    by: Person,
    now: datetime,
    due_on: date | None = None,
    ask: str = "",
) -> InformationRequest:
    """Ask an agency, by way of one person there, what it knows. They see who the child was and their own answer.

    Due by the rule pack (CD-FORMB) unless another day is given. They read it for four weeks more, for a late answer.
    """
    check_leads(by, death, now)
    own, today = held(death), timezone.localdate(now)
    if own.state not in ASKED_IN:
        raise NotAllowedError("Agencies are asked until the death is before the panel.")
    due = due_on or reporting_due(own.partnership, now)
    if due is None:
        raise NotAllowedError("No rule says by when an agency answers. Say by which day.")
    if not today <= due <= today + LONGEST_READING - GRACE:
        raise NotAllowedError("It is due between today and eleven months from now.")
    if not Membership.objects.filter(in_force(today), partnership=own.partnership, agency=agency).exists():
        raise NotAllowedError(f"{agency} is not an agency of this partnership today.")
    if not people_here(own.partnership, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here today that lets them answer.")
    if own.requests.filter(agency=agency, withdrawn_at__isnull=True).exists():
        raise NotAllowedError(f"{agency} has been asked already.")
    with unless_just_entered("this agency"):
        asked = InformationRequest.objects.create(
            death=own, agency=agency, person=person, ask=ask.strip(), due_on=due, asked_at=now, asked_by=by
        )
    if not own.readers.filter(reading_on(today), person=person).exists():
        DeathReader.objects.create(
            death=own,
            person=person,
            role=ReaderRole.CONTRIBUTOR,
            sees_identity=True,
            reason=f"Answers for {agency}.",
            starts_on=today,
            ends_on=due + GRACE,
            given_at=now,
            given_by=by,
        )
    detail = {"agency": agency.pk, "person": person.pk}
    record(event=EventType.DEATH_AGENCY_ASKED, by=by, now=now, detail=detail, **on_death(own))
    tell(own.partnership, person, f"ask:{asked.pk}", "Your agency is asked what it knows.", by=by, now=now)
    return asked


@transaction.atomic
def withdraw_request(*, request: InformationRequest, reason: str, by: Person, now: datetime) -> None:
    """Ask an agency no more. What it answered stays; who answered for it alone reads no more."""
    check_leads(by, request.death, now)
    own, why = held(request.death), check_words(reason, "Say why it is not asked any more")
    waiting = InformationRequest.objects.filter(pk=request.pk, withdrawn_at__isnull=True)
    if not waiting.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=why):
        raise NotAllowedError("It was withdrawn already.")
    if not own.requests.filter(person=request.person, withdrawn_at__isnull=True).exists():
        ended = own.readers.filter(person=request.person, role=ReaderRole.CONTRIBUTOR, ended_at__isnull=True)
        ended.update(ended_at=now, ended_by=by)
    detail = {"agency": request.agency_id}
    record(event=EventType.DEATH_REQUEST_WITHDRAWN, by=by, now=now, detail=detail, **on_death(own))
    request.refresh_from_db()


@dataclass(frozen=True)
class Answered:
    """What an agency answers. An agency that knew neither child nor family says no more than that."""

    known: Known
    author: str
    involvement: str = ""
    factors: str = ""
    care: str = ""


@transaction.atomic
def answer_request(*, request: InformationRequest, answered: Answered, by: Person, now: datetime) -> AgencyReply:
    """What the agency knows. Again corrects it; the same text twice, here or for another child, is refused."""
    own = held(request.death)
    _check_answers(request, by, now)
    if own.state not in ASKED_IN:
        raise NotAllowedError("Information is not gathered any more.")
    said = {"known": Known(answered.known), "involvement": answered.involvement.strip()}
    said |= {"factors": answered.factors.strip(), "care": answered.care.strip()}
    if said["known"] != Known.NO:
        said["involvement"] = check_words(answered.involvement, "Say how your agency knew the child or the family")
        said["care"] = check_words(answered.care, "Say what of the care and services matters")
        _check_not_sent_before(request, by, said)
    elif request.replies.filter(known=Known.NO).exists():
        raise NotAllowedError("This was answered already.")
    if not answered.author.strip():
        raise NotAllowedError("Say who wrote it.")
    reply = AgencyReply.objects.create(
        request=request,
        number=request.replies.count() + 1,
        author=answered.author.strip(),
        sent_at=now,
        sent_by=by,
        **said,
    )
    detail = {"agency": request.agency_id, "number": reply.number}
    record(event=EventType.DEATH_AGENCY_ANSWERED, by=by, now=now, detail=detail, **on_death(own))
    tell_leads(own, f"reply:{reply.pk}", "An agency has answered what it was asked.", by=by, now=now)
    return reply


def _check_answers(request: InformationRequest, by: Person, now: datetime) -> None:
    """The person who was asked, while they may read, or who runs the review and types it in for them."""
    if request.withdrawn_at is not None:
        raise NotAllowedError("It is not asked for any more.")
    standing = standing_of(by, request.death.partnership, now=now)
    reads = request.death.readers.filter(reading_on(timezone.localdate(now)), person=by).exists()
    if not (request.person_id == by.pk and reads and standing.duties) and not is_lead(standing, request.death):
        raise NotAllowedError("Only the person who was asked answers this, or who runs the review.")


def _check_not_sent_before(request: InformationRequest, by: Person, said: dict[str, str]) -> None:
    earlier = AgencyReply.objects.filter(request__agency=request.agency_id, request__person=request.person_id)
    for reply in earlier.select_related("request"):
        if all(getattr(reply, name) == text for name, text in said.items()):
            if reply.request_id == request.pk:
                raise NotAllowedError("This was answered already.")
            if by.pk == request.person_id:
                raise NotAllowedError("You answered with the same text for another child. Is it meant for this one?")
