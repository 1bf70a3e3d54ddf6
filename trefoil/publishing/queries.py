"""Reading publishing: the newest offer, what was answered to it, and where editions stand with the public."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from trefoil.people.models import Agency, Partnership
from trefoil.plan.positions import statutory_partners

from .enums import Answer, EditionState, LinkFound
from .models import Comment, Contribution, Edition, EditionMove, Offer, OfferAnswer, PolicyCare, PublicDocument


def newest_offer(document: PublicDocument) -> Offer | None:
    """The document as it was last put to the partners."""
    return document.offers.order_by("-number").first()


def with_standing(editions: QuerySet[Edition], now: datetime) -> QuerySet[Any]:
    """Editions with `stands` (an `EditionState`), `stands_on` (the day of the newest move, None before the first),
    `told` (what the public reads of why it was taken down) and `published_on` (the day of its first publication)."""
    moves = EditionMove.objects.filter(edition=OuterRef("pk"), moved_at__lte=now)
    newest = moves.order_by("-moved_at", "-pk")
    first = moves.filter(from_state=EditionState.NOT_PUBLISHED).order_by("pk")
    return editions.annotate(
        stands=Coalesce(Subquery(newest.values("to_state")[:1]), Value(EditionState.NOT_PUBLISHED.value)),
        stands_on=Subquery(newest.values("happened_on")[:1]),
        told=Subquery(newest.values("public_reason")[:1]),
        published_on=Subquery(first.values("happened_on")[:1]),
    )


def public_editions(partnership: Partnership, now: datetime) -> QuerySet[Any]:
    """The editions that the public may read: published and not taken down. The one gate of the public site.

    The newest period first, and of one document the newest edition first. A document that was taken up again stays
    public in the editions that are out. Whether an edition still is what was frozen is for the caller to ask
    (`content.is_as_frozen`): one that is not is shown to nobody.
    """
    found = with_standing(Edition.objects.filter(document__partnership=partnership), now)
    found = found.filter(stands=EditionState.PUBLISHED).select_related("document__partnership", "offer")
    return found.order_by("-document__ends_on", "-document_id", "-number")


def standing_of_edition(edition: Edition, now: datetime) -> Any:
    """One edition with the same three facts."""
    return with_standing(Edition.objects.select_related("document__partnership", "offer"), now).get(pk=edition.pk)


def care_of(document: PublicDocument) -> PolicyCare | None:
    """Who looks after a policy; None for other kinds, and while nobody has been named."""
    return PolicyCare.objects.filter(document=document).select_related("owner", "document__partnership").first()


def trials_of(document: PublicDocument) -> dict[str, tuple[bool, str]]:
    """Links of a document that did not open when they were tried -> whether they are surely dead, and why."""
    found = document.tried_links.exclude(found=LinkFound.OPEN)
    return {one.href: (one.found == LinkFound.DEAD, one.words) for one in found}


def edition_before(edition: Edition, among: QuerySet[Edition]) -> Edition | None:
    """The last edition: of the same document, else the newest of its kind that is about an earlier period."""
    same = among.filter(document=edition.document_id, number__lt=edition.number).order_by("-number").first()
    earlier = among.filter(document__kind=edition.document.kind, document__ends_on__lt=edition.document.ends_on)
    return same or earlier.order_by("-document__ends_on", "-number").first()


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
