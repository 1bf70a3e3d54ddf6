"""An agency asked for its chronology by a day, and its word that all is entered, or that it knows nothing."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.reckoning.words import day_words
from trefoil.people.models import Person

from ..models import STANDS, AgencyRequest, ChronologyAsking, undoing
from ..moving import held, on_review
from ..rules import check_leads
from ..rules_chronology import CLOSED_STATES, check_enters
from ..telling import tell, tell_leads


@transaction.atomic
def ask_for_chronology(*, request: AgencyRequest, due_on: date, by: Person, now: datetime) -> ChronologyAsking:
    """Ask the person who writes for an agency for its chronology by a day. Asked again, the new day holds."""
    check_leads(by, request.review, now)
    own = held(request.review)
    if own.state in CLOSED_STATES or request.withdrawn_at is not None:
        raise NotAllowedError("No agency is asked about this review now.")
    last = _last_day_of_reading(request, timezone.localdate(now))
    if last is None:
        raise NotAllowedError(f"{request.person} does not read this review any more. Ask somebody who may.")
    if not timezone.localdate(now) <= due_on <= last:
        words = day_words(last)
        raise NotAllowedError(f"Choose a day from today to {words}, the last on which {request.person} reads it.")
    before = ChronologyAsking.objects.filter(STANDS, request=request)
    if before.filter(due_on=due_on, done_at__isnull=True).exists():
        raise NotAllowedError("It is asked for by that day already.")
    before.update(**undoing(by, now, "Another day was set."))
    asking = ChronologyAsking.objects.create(request=request, due_on=due_on, asked_at=now, asked_by=by)
    detail = {"agency": request.agency_id, "asking": asking.pk}
    record(event=EventType.CHRONOLOGY_ASKED, by=by, now=now, detail=detail, **on_review(own))
    words = "Your agency is asked for its chronology of a review."
    tell(own, request.person, f"chronology:{asking.pk}", words, by=by, now=now)
    return asking


@transaction.atomic
def hand_in_chronology(*, asking: ChronologyAsking, knows_nothing: bool, by: Person, now: datetime) -> None:
    """Say that all the agency knows is entered, or that it knows nothing. Entries can still be added and corrected."""
    request = asking.request
    own = held(request.review)
    check_enters(own, request.agency, by, now)
    entries = own.chronology.filter(STANDS, agency=request.agency).count()
    if knows_nothing and entries:
        stand = "1 entry stands" if entries == 1 else f"{entries:,} entries stand"
        raise NotAllowedError(f"{stand} here. Take them out first, or say that all is entered.")
    if not knows_nothing and not entries:
        raise NotAllowedError("Nothing is entered yet. If the agency knows nothing, say so.")
    waiting = ChronologyAsking.objects.filter(STANDS, pk=asking.pk, done_at__isnull=True)
    if not waiting.update(done_at=now, done_by=by, knows_nothing=knows_nothing):
        raise NotAllowedError("It was handed in already, or is not asked for any more.")
    detail = {"agency": request.agency_id, "entries": entries}
    record(event=EventType.CHRONOLOGY_HANDED_IN, by=by, now=now, detail=detail, **on_review(own))
    words = "An agency handed in its chronology of a review."
    tell_leads(own, f"chronology-in:{asking.pk}", words, by=by, now=now)
    asking.refresh_from_db()


def _last_day_of_reading(request: AgencyRequest, today: date) -> date | None:
    places = request.review.readers.filter(person=request.person, ended_at__isnull=True, ends_on__gte=today)
    return places.order_by("-ends_on").values_list("ends_on", flat=True).first()
