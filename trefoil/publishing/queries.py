"""Reading publishing: the newest offer and what was answered to it."""

from dataclasses import dataclass
from datetime import date

from trefoil.people.models import Agency
from trefoil.plan.positions import statutory_partners

from .enums import Answer
from .models import Offer, OfferAnswer, PublicDocument


def newest_offer(document: PublicDocument) -> Offer | None:
    """The document as it was last put to the partners."""
    return document.offers.order_by("-number").first()


@dataclass(frozen=True)
class PartnerLine:
    """A statutory partner of today and its newest answer to an offer."""

    agency: Agency
    answer: OfferAnswer | None

    @property
    def approves(self) -> bool:
        return self.answer is not None and self.answer.answer == Answer.APPROVES


def partner_lines(offer: Offer, today: date) -> tuple[PartnerLine, ...]:
    """Every statutory partner of today with what it said. Two queries."""
    newest = {one.agency_id: one for one in offer.answers.select_related("agency", "answered_by")}
    partners = statutory_partners(offer.document.partnership, today)
    return tuple(PartnerLine(agency, newest.get(agency.pk)) for agency in partners)
