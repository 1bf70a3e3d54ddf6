"""A document put to the partners, answered, drawn back, and frozen as an edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person
from trefoil.plan.positions import statutory_partners

from ..content import AGREED, content_of, digest_of, edition_digest, lines_of, written
from ..enums import Answer, PublicState
from ..locking import locked
from ..models import DocumentMove, Edition, Offer, OfferAnswer, PublicDocument
from ..queries import newest_offer, partner_lines
from ..rules import check_can_move, check_may_run, checked_reason, may_answer_for
from ..states import LAST_APPROVAL, MOVES
from ..telling import told_approved, told_asked, told_frozen, told_offered
from ..words import things_words

SHORTEST_AGREEMENT = 5


@transaction.atomic
def offer_to_partners(*, document: PublicDocument, by: Person, now: datetime) -> Offer:
    """Put the document to the statutory partners: words and figures are held as they are now.

    Refused while the check finds something missing that nobody has set aside.
    """
    check_may_run(standing_of(by, document.partnership, now=now))
    held, today = locked(document), timezone.localdate(now)
    check_can_move("offer_to_partners", held)
    if not statutory_partners(held.partnership, today).exists():
        raise NotAllowedError("the partnership has no statutory safeguarding partner to approve it")
    offer = _held_as_it_is(held, by=by, now=now)
    _move(held, MOVES["offer_to_partners"].after, by=by, now=now)
    detail = {"offer": offer.number, "digest": offer.digest}
    _record(EventType.DOCUMENT_OFFERED, held, by=by, now=now, detail=detail)
    told_offered(offer, by=by, now=now)
    document.refresh_from_db()
    return offer


@transaction.atomic
def answer_offer(
    *,
    document: PublicDocument,
    agency: Agency,
    answer: Answer,
    by: Person,
    now: datetime,
    words: str = "",
    reference: str = "",
) -> OfferAnswer:
    """Record a statutory partner's answer to what was put to it. The last approval makes the document approved.

    Its own partner answers, or whoever runs publishing notes it with the meeting's decision that holds it.
    """
    standing = standing_of(by, document.partnership, now=now)
    noted = bool(reference.strip()) and standing.may(Permission.RUN_PUBLISHING)
    if not may_answer_for(standing, agency) and not noted:
        raise NotAllowedError(f"only {agency}’s own partner answers for it, or a meeting’s decision holds it")
    held, today = locked(document), timezone.localdate(now)
    offer = newest_offer(held)
    if offer is None or held.state != PublicState.WITH_PARTNERS:
        raise NotAllowedError("the document is not with the partners now")
    if not statutory_partners(held.partnership, today).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not one of the statutory safeguarding partners")
    if answer == Answer.ASKS:
        words = checked_reason(words, "say which changes are asked for")
    given = OfferAnswer.objects.create(
        offer=offer,
        agency=agency,
        answer=answer,
        words=words.strip(),
        reference=reference.strip(),
        answered_at=now,
        answered_by=by,
    )
    detail = {"offer": offer.number, "digest": offer.digest, "agency": agency.pk, "answer": Answer(answer).value}
    _record(EventType.DOCUMENT_ANSWERED, held, by=by, now=now, detail=detail)
    if answer == Answer.ASKS:
        told_asked(offer, agency, given.pk, by=by, now=now)
    elif all(line.approves for line in partner_lines(offer, today)):
        _move(held, LAST_APPROVAL.after, by=by, now=now)
        told_approved(offer, by=by, now=now)
    document.refresh_from_db()
    return given


@transaction.atomic
def draw_back(*, document: PublicDocument, reason: str, by: Person, now: datetime) -> None:
    """Make it a draft again. Its figures are live again; the answers to this offer do not carry over to the next."""
    check_may_run(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_can_move("draw_back", held)
    said = checked_reason(reason, "say why it is drawn back")
    _move(held, MOVES["draw_back"].after, by=by, now=now, reason=said)
    _record(EventType.DOCUMENT_DRAWN_BACK, held, by=by, now=now, detail={}, reason=said)
    document.refresh_from_db()


@transaction.atomic
def freeze_edition(*, document: PublicDocument, by: Person, now: datetime) -> Edition:
    """Freeze what every statutory partner of today approved as the document's next edition. It cannot be undone."""
    check_may_run(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_can_move("freeze_edition", held)
    offer = newest_offer(held)
    if offer is None or digest_of(offer.content) != offer.digest:
        raise NotAllowedError("the text is not the one that was put to the partners: draw it back")
    lines = partner_lines(offer, timezone.localdate(now))
    if waiting := [str(line.agency) for line in lines if not line.approves]:
        raise NotAllowedError(f"{waiting[0]} has become a partner and has not approved it: draw it back")
    edition = _frozen(held, offer, [_approval(one.answer) for one in lines if one.answer], by=by, now=now)
    _move(held, MOVES["freeze_edition"].after, by=by, now=now)
    detail = {"edition": edition.number, "digest": edition.digest}
    _record(EventType.EDITION_FROZEN, held, by=by, now=now, detail=detail)
    told_frozen(edition, by=by, now=now)
    document.refresh_from_db()
    return edition


@transaction.atomic
def freeze_agreed(*, document: PublicDocument, agreed_in: str, by: Person, now: datetime) -> Edition:
    """Freeze a draft of a kind that no partner has to approve, with the meeting or the person that agreed to it.

    Words and figures are held as they are now. Refused while the check holds it back.
    """
    check_may_run(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_can_move("freeze_agreed", held)
    said = agreed_in.strip()
    if len(said) < SHORTEST_AGREEMENT:
        raise NotAllowedError("say who agreed to it, and when or where")
    offer = _held_as_it_is(held, by=by, now=now)
    approvals = [{"agency": AGREED, "on": timezone.localdate(now).isoformat(), "reference": said}]
    edition = _frozen(held, offer, approvals, by=by, now=now)
    _move(held, MOVES["freeze_agreed"].after, by=by, now=now)
    detail = {"edition": edition.number, "digest": edition.digest}
    _record(EventType.EDITION_FROZEN, held, by=by, now=now, detail=detail)
    document.refresh_from_db()
    return edition


def _held_as_it_is(document: PublicDocument, *, by: Person, now: datetime) -> Offer:
    """Words and figures of now as an offer. Raises NotAllowedError while the check holds the document back."""
    sections = written(document, today=timezone.localdate(now), draw=True)
    lines = lines_of(document, sections)
    against = sum(one.holds_back for one in lines)
    if against:
        raise NotAllowedError(f"the check holds it back for {things_words(against)}: mend them, or say why they stand")
    content = content_of(document, sections, lines)
    return Offer.objects.create(
        document=document,
        number=document.offers.count() + 1,
        content=content,
        digest=digest_of(content),
        offered_at=now,
        offered_by=by,
    )


def _frozen(
    document: PublicDocument, offer: Offer, approvals: list[dict[str, str]], *, by: Person, now: datetime
) -> Edition:
    """The next edition of a document, with its hash."""
    number = document.editions.count() + 1
    return Edition.objects.create(
        document=document,
        offer=offer,
        number=number,
        approvals=approvals,
        digest=edition_digest(offer=offer, number=number, approvals=approvals, frozen_at=now),
        frozen_at=now,
        frozen_by=by,
    )


def _approval(answer: OfferAnswer) -> dict[str, str]:
    """What an edition says of an approval: the agency, the day and the meeting. Nobody's name."""
    return {
        "agency": answer.agency.name,
        "on": timezone.localdate(answer.answered_at).isoformat(),
        "reference": answer.reference,
    }


def _move(document: PublicDocument, to: PublicState, *, by: Person, now: datetime, reason: str = "") -> None:
    """The status and the row that tells of it, together. The document's row is held by the caller."""
    DocumentMove.objects.create(
        document=document, from_state=document.state, to_state=to, reason=reason, moved_at=now, moved_by=by
    )
    PublicDocument.objects.filter(pk=document.pk).update(state=to)
    document.state = to


def _record(
    event: EventType, document: PublicDocument, *, by: Person, now: datetime, detail: dict[str, Any], reason: str = ""
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail=detail,
        reason=reason[:500],
    )
