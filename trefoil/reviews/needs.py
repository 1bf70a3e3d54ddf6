"""What "my work" asks of reviews."""

from django.db.models import Exists, OuterRef, QuerySet

from trefoil.access.rules import Standing

from .enums import ReviewState
from .models import AgencyRequest, Part
from .rules import requests_visible_to


def parts_owed_by(standing: Standing) -> QuerySet[AgencyRequest]:
    """What this person was asked for, may still read and has not handed in, while the rapid review is under way."""
    handed_in = Part.objects.filter(request=OuterRef("pk"))
    own = requests_visible_to(standing).filter(person=standing.person, review__state=ReviewState.RAPID)
    return own.filter(~Exists(handed_in))
