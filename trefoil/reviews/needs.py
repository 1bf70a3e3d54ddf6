"""What "my work" and the worker ask of reviews."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from trefoil.access.rules import Standing
from trefoil.people.models import Duty

from .enums import ReviewState
from .enums_local import RequestStep
from .models import (
    STANDS,
    AgencyRequest,
    AgencyResponse,
    ChronologyAsking,
    JointPartnership,
    LearningReview,
    Part,
    PractitionerEvent,
    Reader,
    WrittenRequest,
    WrittenRequestStep,
    reading_on,
)
from .queries_chronology_asked import chronologies_awaited
from .rules import requests_visible_to, reviews_led_by, reviews_visible_to
from .telling import READING


def parts_awaited() -> QuerySet[AgencyRequest]:
    """What was asked and is not handed in, of rapid reviews under way."""
    handed_in = Part.objects.filter(request=OuterRef("pk"))
    waiting = AgencyRequest.objects.filter(withdrawn_at__isnull=True, review__state=ReviewState.RAPID)
    return waiting.filter(~Exists(handed_in)).select_related("review__partnership", "person").order_by("pk")


def still_read(requests: QuerySet[AgencyRequest], day: date) -> QuerySet[AgencyRequest]:
    """Those that the person who was asked may still read on a day."""
    reading = Reader.objects.filter(reading_on(day), review=OuterRef("review"), person=OuterRef("person"))
    joined = JointPartnership.objects.filter(STANDS, review=OuterRef(OuterRef("review"))).order_by()
    place = Q(partnership=OuterRef("review__partnership")) | Q(partnership__in=joined.values("partnership"))
    here = Duty.objects.in_force_on(day).filter(place, person=OuterRef("person"), kind__in=READING)
    return requests.filter(Exists(reading), Exists(here))


def chronologies_late_for(standing: Standing, today: date) -> QuerySet[ChronologyAsking]:
    """Chronologies of agencies that are late, for who leads their reviews; not those that they write themselves."""
    late = chronologies_awaited().filter(due_on__lt=today, request__review__in=reviews_led_by(standing))
    return late.exclude(request__person=standing.person)


def requests_unanswered_for(standing: Standing, today: date) -> QuerySet[WrittenRequest]:
    """Written requests whose day has passed without a full answer, for who leads their reviews."""
    answered = WrittenRequestStep.objects.filter(STANDS, request=OuterRef("pk"), kind=RequestStep.ANSWERED)
    late = WrittenRequest.objects.filter(~Exists(answered), STANDS, due_on__lt=today)
    return late.filter(review__in=reviews_led_by(standing))


def responses_waiting_for(standing: Standing, today: date) -> QuerySet[AgencyResponse]:
    """Responses to recommendations: those of the reader's own agency to give, and those late for who leads."""
    own = Q(recommendation__review__in=reviews_visible_to(standing), agency=standing.person.agency_id)
    led = Q(recommendation__review__in=reviews_led_by(standing), due_on__lt=today)
    return AgencyResponse.objects.filter(own | led, STANDS, answered_at__isnull=True)


def learning_due_for(standing: Standing, today: date) -> QuerySet[LearningReview]:
    """Learning without a local review that is due within two weeks, or late, for who leads it."""
    due = LearningReview.objects.filter(STANDS, ended_on__isnull=True, due_on__lte=today + timedelta(days=14))
    return due.filter(review__in=reviews_led_by(standing))


def practitioners_unheard_for(standing: Standing, today: date) -> QuerySet[PractitionerEvent]:
    """Days with practitioners that have passed and are not written up, for who leads their reviews."""
    passed = PractitionerEvent.objects.filter(STANDS, noted_at__isnull=True, held_on__lt=today)
    return passed.filter(review__in=reviews_led_by(standing))


def parts_owed_by(standing: Standing) -> QuerySet[AgencyRequest]:
    """What this person was asked for, may still read and has not handed in, while the rapid review is under way."""
    handed_in = Part.objects.filter(request=OuterRef("pk"))
    own = requests_visible_to(standing).filter(person=standing.person, review__state=ReviewState.RAPID)
    return own.filter(~Exists(handed_in))
