"""What "my work" asks of child deaths."""

from django.db.models import Exists, OuterRef, QuerySet

from trefoil.access.rules import Standing

from .enums import DeathState
from .models import AgencyReply, InformationRequest
from .rules import requests_visible_to

ASKED_IN = (DeathState.NOTIFIED, DeathState.GATHERING, DeathState.DISCUSSED)


def replies_owed_by(standing: Standing) -> QuerySet[InformationRequest]:
    """What this person was asked for, may still read and has not answered, while information is gathered."""
    answered = AgencyReply.objects.filter(request=OuterRef("pk"))
    own = requests_visible_to(standing).filter(person=standing.person, death__state__in=ASKED_IN)
    return own.filter(~Exists(answered))
