"""Put to the partners, answered, drawn back, frozen: what is held, who may, and what stops it."""

from datetime import datetime, timedelta

import pytest

from tests.publishing.made import (
    IN_WORDS,
    a_document,
    a_paper,
    answered,
    approved,
    frozen,
    offered,
    partner_of,
    put_in,
    section_of,
    wrote,
)
from tests.world import BEGINNING, World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.notifications.models import Message
from trefoil.people.enums import AgencyKind, DutyKind, Sector
from trefoil.people.models import Agency
from trefoil.people.operations import create_agency, join_partnership
from trefoil.publishing.content import digest_of, is_as_frozen
from trefoil.publishing.enums import Answer, BlockKind, PublicState
from trefoil.publishing.models import Edition, Offer, PublicDocument
from trefoil.publishing.operations.approving import answer_offer, draw_back, freeze_edition, offer_to_partners
from trefoil.publishing.operations.sections import overrule_line


def events(document: PublicDocument) -> list[str]:
    found = AuditEvent.objects.filter(subject=document.reference).order_by("sequence")
    return list(found.values_list("event", flat=True))


def test_offer_to_partners_holds_the_words_and_tells_them(world: World, now: datetime) -> None:
    document, offer = offered(world, now=now)
    assert document.state == PublicState.WITH_PARTNERS
    assert offer.digest == digest_of(offer.content)
    assert offer.content["sections"][0]["prose"].startswith("The partners looked together")
    assert events(document)[-1] == "document_offered"
    assert document.moves.get().to_state == PublicState.WITH_PARTNERS
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    assert "waits for your answer" in Message.objects.get(person=partner, key__contains="offered").words


def test_offer_to_partners_with_something_missing_refused(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    with pytest.raises(NotAllowedError, match="holds it back for 16 things"):
        offer_to_partners(document=document, by=world.manager, now=now)
    assert not Offer.objects.exists()


def test_offer_to_partners_once_all_is_set_aside_carries_the_reasons(world: World, now: datetime) -> None:
    document = a_paper(world, now=now)
    block = put_in(section_of(document, "performance"), BlockKind.INDICATOR, "FD08", world, now=now)
    with pytest.raises(NotAllowedError, match="holds it back for 1 thing"):
        offer_to_partners(document=document, by=world.manager, now=now)
    overrule_line(document=document, line=f"block:{block.pk}", reason=IN_WORDS, by=world.manager, now=now)
    offer = offer_to_partners(document=document, by=world.manager, now=now)
    assert [(one["found"], one["reason"]) for one in offer.content["check"]] == [("overruled", IN_WORDS)]


def test_offer_to_partners_by_a_writer_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include running reports"):
        offer_to_partners(document=a_paper(world, now=now), by=world.bob, now=now)


def test_offer_to_partners_twice_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="is with the partners, so this cannot be done now"):
        offer_to_partners(document=document, by=world.manager, now=now)


def test_answer_offer_by_all_three_approves(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    for agency in (world.social_care, world.police):
        answered(document, world, agency, now=now)
    assert document.state == PublicState.WITH_PARTNERS
    answered(document, world, world.health, now=now)
    assert document.state == PublicState.APPROVED
    assert events(document)[-3:] == ["document_answered"] * 3
    assert Message.objects.filter(person=world.manager, key__contains="approved").count() == 1


def test_answer_offer_newest_of_a_partner_holds(world: World, now: datetime) -> None:
    document, offer = offered(world, now=now)
    for agency in (world.social_care, world.police):
        answered(document, world, agency, now=now)
    answered(document, world, world.health, now=now, answer=Answer.ASKS)
    assert document.state == PublicState.WITH_PARTNERS
    assert Message.objects.filter(person=world.manager, key__contains="asked").count() == 1
    answered(document, world, world.health, now=now + timedelta(hours=1))
    assert document.state == PublicState.APPROVED
    assert offer.answers.count() == 4


def test_answer_offer_for_another_agency_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="only Fairmead Health’s own partner answers"):
        answer_offer(
            document=document,
            agency=world.health,
            answer=Answer.APPROVES,
            by=partner_of(world, world.police),
            now=now,
        )


def test_answer_offer_noted_by_the_manager_needs_a_meeting(world: World, now: datetime) -> None:
    document, offer = offered(world, now=now)
    given = {"document": document, "agency": world.health, "answer": Answer.APPROVES, "by": world.manager, "now": now}
    with pytest.raises(NotAllowedError, match="or a meeting’s decision holds it"):
        answer_offer(**given)  # type: ignore[arg-type]
    answer_offer(**given, reference="decision:9")  # type: ignore[arg-type]
    assert offer.answers.get().reference == "decision:9"


def test_answer_offer_that_asks_without_saying_what_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    by = partner_of(world, world.police)
    with pytest.raises(NotAllowedError, match="say which changes"):
        answer_offer(document=document, agency=world.police, answer=Answer.ASKS, by=by, now=now)


def test_answer_offer_to_a_draft_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="not with the partners now"):
        answered(a_paper(world, now=now), world, world.police, now=now)


def _another_agency(world: World, now: datetime, kind: AgencyKind) -> Agency:
    agency = create_agency(name="Fairmead Probation", sector=Sector.HEALTH, by=None, now=now, is_invented=True)
    facts = {"starts_on": BEGINNING, "by": None, "now": now}
    join_partnership(partnership=world.fairmead, agency=agency, kind=kind, why_chosen="It meets parents.", **facts)
    return agency


def test_answer_offer_of_no_statutory_partner_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="not one of the statutory"):
        answered(document, world, _another_agency(world, now, AgencyKind.RELEVANT_AGENCY), now=now)


def test_draw_back_makes_answers_count_no_more(world: World, now: datetime) -> None:
    document = approved(world, now=now)
    draw_back(document=document, reason=IN_WORDS, by=world.manager, now=now)
    assert (document.state, events(document)[-1]) == (PublicState.DRAFT, "document_drawn_back")
    wrote(section_of(document, "why"), world, now=now)
    second = offer_to_partners(document=document, by=world.manager, now=now)
    assert (second.number, second.answers.count(), document.offers.count()) == (2, 0, 2)
    answered(document, world, world.police, now=now)
    assert document.state == PublicState.WITH_PARTNERS


def test_draw_back_without_a_reason_or_from_a_draft_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="say why it is drawn back"):
        draw_back(document=document, reason="", by=world.manager, now=now)
    draft = a_paper(world, now=now, title="Another paper")
    with pytest.raises(NotAllowedError, match="is a draft, so this cannot be done now"):
        draw_back(document=draft, reason=IN_WORDS, by=world.manager, now=now)


def test_freeze_edition_holds_approvals_and_a_hash(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    assert (edition.number, len(edition.approvals), len(edition.digest)) == (1, 3, 64)
    assert edition.document.state == PublicState.FROZEN
    assert is_as_frozen(Edition.objects.select_related("offer").get(pk=edition.pk))
    event = AuditEvent.objects.filter(event="edition_frozen").get()
    assert event.detail == {"edition": 1, "digest": edition.digest}


@pytest.mark.parametrize("part", ["content", "approvals", "number"])
def test_edition_changed_in_the_database_is_found_out(world: World, now: datetime, part: str) -> None:
    edition = frozen(world, now=now)
    if part == "content":
        content = {**edition.offer.content, "title": "Another"}
        Offer.objects.filter(pk=edition.offer_id).update(content=content)
    elif part == "approvals":
        Edition.objects.filter(pk=edition.pk).update(approvals=edition.approvals[:2])
    else:
        Edition.objects.filter(pk=edition.pk).update(number=2)
    assert not is_as_frozen(Edition.objects.select_related("offer").get(pk=edition.pk))


def test_freeze_edition_before_every_partner_has_approved_refused(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    with pytest.raises(NotAllowedError, match="is with the partners, so this cannot be done now"):
        freeze_edition(document=document, by=world.manager, now=now)


def test_freeze_edition_with_a_new_partner_refused(world: World, now: datetime) -> None:
    document = approved(world, now=now)
    _another_agency(world, now, AgencyKind.SAFEGUARDING_PARTNER)
    with pytest.raises(NotAllowedError, match="Fairmead Probation has become a partner"):
        freeze_edition(document=document, by=world.manager, now=now)


def test_freeze_edition_of_a_text_that_was_changed_refused(world: World, now: datetime) -> None:
    document = approved(world, now=now)
    Offer.objects.filter(document=document).update(content={"title": "Another"})
    with pytest.raises(NotAllowedError, match="not the one that was put to the partners"):
        freeze_edition(document=document, by=world.manager, now=now)
    assert not Edition.objects.exists()


def test_freeze_edition_by_a_partner_refused(world: World, now: datetime) -> None:
    document = approved(world, now=now)
    with pytest.raises(NotAllowedError, match="do not include running reports"):
        freeze_edition(document=document, by=partner_of(world, world.police), now=now)
