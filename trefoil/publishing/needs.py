"""What "what needs you" asks of publishing."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from .enums import PublicState
from .models import Contribution, Offer, OfferAnswer, PublicDocument
from .rules import contributions_visible_to, drafts_visible_to


def documents_waiting_for(standing: Standing) -> QuerySet[PublicDocument] | None:
    """What was put to the partners and the reader's own agency has not answered; None for who answers for none."""
    agency = standing.person.agency_id
    if not standing.may(Permission.TAKE_POSITION) or agency is None:
        return None
    newest = Offer.objects.filter(document=OuterRef("pk")).order_by("-number").values("pk")[:1]
    given = OfferAnswer.objects.filter(offer=OuterRef("newest_offer"), agency=agency)
    waiting = drafts_visible_to(standing).filter(state=PublicState.WITH_PARTNERS)
    return waiting.annotate(newest_offer=Subquery(newest)).filter(~Exists(given))


def contributions_waited_for(standing: Standing) -> QuerySet[Contribution] | None:
    """What the reader's own agency was asked for and has not handed in; None for who writes for no agency."""
    agency = standing.person.agency_id
    if not standing.may(Permission.WRITE_PUBLISHING) or agency is None:
        return None
    found = contributions_visible_to(standing).filter(agency=agency, given_at=None, withdrawn_at=None)
    return found.filter(section__document__state=PublicState.DRAFT)
