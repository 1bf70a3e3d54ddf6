"""What "my work" and the worker ask of child deaths."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from trefoil.access.rules import Standing
from trefoil.people.models import Duty
from trefoil.reviews.models import reading_on

from .enums import DeathState
from .models import AgencyReply, DeathReader, InformationRequest
from .rules import READING, requests_visible_to

ASKED_IN = (DeathState.NOTIFIED, DeathState.GATHERING, DeathState.DISCUSSED)


def answers_awaited() -> QuerySet[InformationRequest]:
    """What was asked and is not answered, while information is gathered."""
    answered = AgencyReply.objects.filter(request=OuterRef("pk"))
    waiting = InformationRequest.objects.filter(withdrawn_at__isnull=True, death__state__in=ASKED_IN)
    return waiting.filter(~Exists(answered)).select_related("death__partnership", "person").order_by("pk")


def still_read(requests: QuerySet[InformationRequest], day: date) -> QuerySet[InformationRequest]:
    """Those that the person who was asked may still read on a day."""
    reading = DeathReader.objects.filter(reading_on(day), death=OuterRef("death"), person=OuterRef("person"))
    here = Duty.objects.in_force_on(day).filter(
        person=OuterRef("person"), partnership=OuterRef("death__partnership"), kind__in=READING
    )
    return requests.filter(Exists(reading), Exists(here))


def replies_owed_by(standing: Standing) -> QuerySet[InformationRequest]:
    """What this person was asked for, may still read and has not answered, while information is gathered."""
    answered = AgencyReply.objects.filter(request=OuterRef("pk"))
    own = requests_visible_to(standing).filter(person=standing.person, death__state__in=ASKED_IN)
    return own.filter(~Exists(answered))
