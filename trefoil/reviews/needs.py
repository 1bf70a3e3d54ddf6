"""What "my work" and the worker ask of reviews."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from trefoil.access.rules import Standing
from trefoil.people.models import Duty

from .enums import ReviewState
from .models import STANDS, AgencyRequest, JointPartnership, Part, Reader, reading_on
from .rules import requests_visible_to
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


def parts_owed_by(standing: Standing) -> QuerySet[AgencyRequest]:
    """What this person was asked for, may still read and has not handed in, while the rapid review is under way."""
    handed_in = Part.objects.filter(request=OuterRef("pk"))
    own = requests_visible_to(standing).filter(person=standing.person, review__state=ReviewState.RAPID)
    return own.filter(~Exists(handed_in))
