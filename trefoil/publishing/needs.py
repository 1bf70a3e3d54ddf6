"""What "what needs you" asks of publishing."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from .enums import PublicState
from .models import Offer, OfferAnswer, PublicDocument
from .rules import drafts_visible_to


def documents_waiting_for(standing: Standing) -> QuerySet[PublicDocument] | None:
    """What was put to the partners and the reader's own agency has not answered; None for who answers for none."""
    agency = standing.person.agency_id
    if not standing.may(Permission.TAKE_POSITION) or agency is None:
        return None
    newest = Offer.objects.filter(document=OuterRef("pk")).order_by("-number").values("pk")[:1]
    given = OfferAnswer.objects.filter(offer=OuterRef("newest_offer"), agency=agency)
    waiting = drafts_visible_to(standing).filter(state=PublicState.WITH_PARTNERS)
    return waiting.annotate(newest_offer=Subquery(newest)).filter(~Exists(given))
