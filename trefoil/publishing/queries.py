"""Reading publishing: the newest offer and what was answered to it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from trefoil.people.models import Agency
from trefoil.plan.positions import statutory_partners

from .enums import Answer
from .models import Comment, Contribution, Offer, OfferAnswer, PublicDocument


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


def waits_of(document: PublicDocument, today: date) -> dict[int, str]:
    """Section -> what others still owe it: `2 parts waited for, 1 late; 1 open comment`. Two queries."""
    parts = Contribution.objects.filter(section__document=document, given_at=None, withdrawn_at=None)
    due = list(parts.values_list("section_id", "due_on"))
    waited, late = Counter(section for section, _ in due), Counter(section for section, day in due if day < today)
    comments = Counter(
        Comment.objects.filter(section__document=document, settled_at=None).values_list("section_id", flat=True)
    )
    return {key: _waits_words(waited[key], late[key], comments[key]) for key in {*waited, *comments}}


def _waits_words(waited: int, late: int, comments: int) -> str:
    said = []
    if waited:
        said.append(f"{waited} agency’s part waited for" if waited == 1 else f"{waited} agencies’ parts waited for")
        said[0] += f", {late} late" if late else ""
    if comments:
        said.append(f"{comments} open comment{'' if comments == 1 else 's'}")
    return "; ".join(said)
