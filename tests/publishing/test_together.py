"""Several people with one document at the same moment: one of them does it, the others are told."""

from datetime import datetime

import pytest

from tests.at_once import WRITERS, at_once
from tests.publishing.made import IN_WORDS, a_paper, approved, offered, section_of, wrote
from tests.world import World, build_world
from trefoil.audit.queries import verify_chain
from trefoil.publishing.enums import Answer, PublicState, SentBy
from trefoil.publishing.models import Edition, PublicDocument, Sending
from trefoil.publishing.operations.after import acknowledge_sending, record_sending
from trefoil.publishing.operations.approving import answer_offer, draw_back, freeze_edition, offer_to_partners
from trefoil.publishing.operations.publication import publish_edition
from trefoil.publishing.operations.sections import write_section


def held(document: PublicDocument) -> PublicDocument:
    """The document as a request of its own would load it."""
    return PublicDocument.objects.select_related("partnership").get(pk=document.pk)


@pytest.fixture
def crowded(transactional_db: None, now: datetime) -> World:
    return build_world(now=now)


def test_writing_one_section_at_once_keeps_one_and_tells_the_others(crowded: World, now: datetime) -> None:
    document = a_paper(crowded, now=now)
    texts = [f"Text number {number}." for number in range(WRITERS)]

    def write(number: int) -> None:
        section = document.sections.select_related("document__partnership").get(key="summary")
        write_section(section=section, prose=texts[number], answers=[], seen_version=1, by=crowded.manager, now=now)

    told = at_once(write)
    assert told[0] == ""
    assert all("has saved this since you opened it" in words for words in told[1:])
    kept = section_of(document, "summary")
    assert (kept.prose in texts, kept.version) == (True, 2)


def test_offering_at_once_is_one_offer(crowded: World, now: datetime) -> None:
    document = a_paper(crowded, now=now)
    wrote(section_of(document, "summary"), crowded, now=now)
    told = at_once(lambda _: offer_to_partners(document=held(document), by=crowded.manager, now=now))
    assert told == ["", *["the document is with the partners, so this cannot be done now"] * (WRITERS - 1)]
    assert (document.offers.count(), document.moves.count()) == (1, 1)


def test_offering_and_writing_at_once_never_offers_half(crowded: World, now: datetime) -> None:
    """Whatever the order, what the partners got is what the section held at that moment."""
    document = a_paper(crowded, now=now)
    wrote(section_of(document, "summary"), crowded, now=now, prose="Before.")

    def act(number: int) -> None:
        if number:
            section = section_of(document, "summary")
            write_section(section=section, prose="After.", answers=[], seen_version=2, by=crowded.manager, now=now)
        else:
            offer_to_partners(document=held(document), by=crowded.manager, now=now)

    at_once(act)
    offer = document.offers.get()
    assert offer.content["sections"][0]["prose"] == section_of(document, "summary").prose


def test_answering_at_once_approves_once(crowded: World, now: datetime) -> None:
    document, offer = offered(crowded, now=now)
    agencies = (crowded.social_care, crowded.police, crowded.health)

    def answer(number: int) -> None:
        answer_offer(
            document=held(document),
            agency=agencies[number],
            answer=Answer.APPROVES,
            reference="decision:9",
            by=crowded.manager,
            now=now,
        )

    assert at_once(answer) == [""] * WRITERS
    assert offer.answers.count() == WRITERS
    assert [move.to_state for move in document.moves.all()] == [PublicState.WITH_PARTNERS, PublicState.APPROVED]


def test_freezing_and_drawing_back_at_once_is_one_of_them(crowded: World, now: datetime) -> None:
    document = approved(crowded, now=now)

    def act(number: int) -> None:
        if number:
            freeze_edition(document=held(document), by=crowded.manager, now=now)
        else:
            draw_back(document=held(document), reason=IN_WORDS, by=crowded.manager, now=now)

    told = at_once(act)
    assert told.count("") == 1
    is_frozen = held(document).state == PublicState.FROZEN
    assert Edition.objects.count() == is_frozen
    assert document.moves.count() == 3
    assert verify_chain().is_whole


def test_publishing_at_once_is_one_publication(crowded: World, now: datetime) -> None:
    edition = freeze_edition(document=approved(crowded, now=now), by=crowded.manager, now=now)

    def publish(_: int) -> None:
        own = Edition.objects.select_related("document__partnership", "offer").get(pk=edition.pk)
        publish_edition(edition=own, on=now.date(), by=crowded.manager, now=now)

    told = at_once(publish)
    assert told == ["", *["the edition is published, so this cannot be done now"] * (WRITERS - 1)]
    assert edition.moves.count() == 1


def test_acknowledging_at_once_is_one_receipt(crowded: World, now: datetime) -> None:
    edition = freeze_edition(document=approved(crowded, now=now), by=crowded.manager, now=now)
    sending = record_sending(
        edition=edition,
        recipient="",
        sent_to="Governors",
        sent_on=now.date(),
        sent_by=SentBy.POST,
        reference="Letter",
        by=crowded.manager,
        now=now,
    )

    def acknowledge(number: int) -> None:
        own = Sending.objects.select_related("edition__document__partnership").get(pk=sending.pk)
        acknowledge_sending(
            sending=own, acknowledged_on=now.date(), acknowledgement=f"Answer {number}", by=crowded.manager, now=now
        )

    told = at_once(acknowledge)
    assert told == ["", *["it was acknowledged or taken back already"] * (WRITERS - 1)]
