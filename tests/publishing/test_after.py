"""After approval: scrutiny, boards, sendings with proof, published and taken down, and what the public may read."""

from datetime import datetime, timedelta

import pytest

from tests.publishing.made import IN_WORDS, frozen, partner_of
from tests.publishing.taken_further import a_report, events, sent
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.people.enums import DutyKind
from trefoil.publishing.after.reading import after_approval, name_of_recipient
from trefoil.publishing.enums import BoardSaid, SentBy
from trefoil.publishing.operations.after import (
    acknowledge_sending,
    record_board,
    record_scrutiny,
    record_sending,
    take_back_sending,
)
from trefoil.publishing.steps import steps_of


def test_after_approval_is_as_the_law_of_the_document_has_it() -> None:
    yearly = after_approval("yearly_report", "WT2018")
    assert [one.id for one in yearly.recipients] == ["PANEL-YR18", "WW-YR18"]
    assert yearly.recipients[0].by_when == "within 7 days of publication"
    assert yearly.scrutiny is not None
    assert yearly.scrutiny.confidence_words == "seen in a published document"
    assert after_approval("yearly_report", "WT2023").rule == "PT-YRSEP"
    assert after_approval("committee_report", "").recipients == ()
    assert name_of_recipient("OFSTED-RV") == "Ofsted"


def test_record_scrutiny_by_the_scrutineer(world: World, now: datetime) -> None:
    edition, scrutineer = frozen(world, now=now), world.holder[DutyKind.SCRUTINEER]
    kept = record_scrutiny(edition=edition, words=f" {IN_WORDS} ", said_on=now.date(), by=scrutineer, now=now)
    assert kept.words == IN_WORDS
    assert events(edition)[-1] == "edition_scrutinised"


def test_record_scrutiny_by_the_manager_needs_the_paper(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    with pytest.raises(NotAllowedError, match="the paper that holds it"):
        record_scrutiny(edition=edition, words=IN_WORDS, said_on=now.date(), by=world.manager, now=now)
    kept = record_scrutiny(
        edition=edition, words=IN_WORDS, said_on=now.date(), reference="Letter", by=world.manager, now=now
    )
    assert kept.reference == "Letter"


@pytest.mark.parametrize(("words", "days", "why"), [("", 0, "write what scrutiny"), (IN_WORDS, 1, "the day lies")])
def test_record_scrutiny_without_words_or_on_another_day_refused(
    world: World, now: datetime, words: str, days: int, why: str
) -> None:
    edition, day = frozen(world, now=now), now.date() + timedelta(days=days)
    with pytest.raises(NotAllowedError, match=why):
        record_scrutiny(edition=edition, words=words, said_on=day, by=world.holder[DutyKind.SCRUTINEER], now=now)


def test_record_board_newest_of_a_partner_holds(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    facts = {"edition": edition, "agency": world.police, "board": "Governance board", "taken_on": now.date()}
    by = partner_of(world, world.police)
    record_board(**facts, said=BoardSaid.ASKED, words=IN_WORDS, by=by, now=now)
    line = next(one for one in steps_of(edition, now=now).boards if one.agency == world.police)
    assert line.why_open == f"Governance board of {world.police} asked for something."
    record_board(**facts, said=BoardSaid.NOTED, by=by, now=now)
    line = next(one for one in steps_of(edition, now=now).boards if one.agency == world.police)
    assert line.why_open == ""
    assert events(edition)[-2:] == ["edition_before_board"] * 2


def test_record_board_of_another_agency_or_without_words_refused(world: World, now: datetime) -> None:
    edition, day = frozen(world, now=now), now.date()
    facts = {"edition": edition, "agency": world.health, "taken_on": day, "now": now}
    with pytest.raises(NotAllowedError, match="own partner or the business manager"):
        record_board(
            **facts,
            board="Board",
            said=BoardSaid.NOTED,
            by=partner_of(world, world.police),
        )
    for board, said, why in ((" ", BoardSaid.NOTED, "name the board"), ("Board", BoardSaid.ASKED, "what the board")):
        with pytest.raises(NotAllowedError, match=why):
            record_board(**facts, board=board, said=said, by=world.manager)


def test_record_sending_acknowledged_once(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    sending = sent(edition, world, now, recipient="PANEL-YR23", sent_to="")
    assert sending.sent_to == "Child Safeguarding Practice Review Panel"
    given = {"sending": sending, "acknowledged_on": now.date(), "acknowledgement": "Their answer", "by": world.manager}
    acknowledge_sending(**given, now=now)
    assert (sending.acknowledgement, sending.acknowledged_by) == ("Their answer", world.manager)
    with pytest.raises(NotAllowedError, match="acknowledged or taken back already"):
        acknowledge_sending(**given, now=now)
    assert events(edition)[-2:] == ["edition_sent", "sending_acknowledged"]


def test_record_sending_to_nobody_or_without_proof_refused(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    for given, why in (
        ({"recipient": "PANEL-YR23"}, "names no such recipient"),
        ({"sent_to": " "}, "to whom it went"),
        ({"reference": ""}, "what shows that it went"),
        ({"sent_on": now.date() + timedelta(days=1)}, "the day lies"),
    ):
        with pytest.raises(NotAllowedError, match=why):
            sent(edition, world, now, **given)
    with pytest.raises(NotAllowedError, match="do not include running"):
        record_sending(
            edition=edition,
            recipient="",
            sent_to="Them",
            sent_on=now.date(),
            sent_by=SentBy.POST,
            reference="Letter",
            by=world.bob,
            now=now,
        )


def test_acknowledge_sending_without_proof_or_before_it_went_refused(world: World, now: datetime) -> None:
    sending = sent(frozen(world, now=now), world, now)
    for day, words, why in (
        (now.date(), "", "what shows"),
        (now.date() - timedelta(days=1), "Answer", "between the sending and today"),
    ):
        with pytest.raises(NotAllowedError, match=why):
            acknowledge_sending(sending=sending, acknowledged_on=day, acknowledgement=words, by=world.manager, now=now)


def test_take_back_sending_makes_it_count_no_more(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    sending = sent(edition, world, now, recipient="PANEL-YR23")
    take_back_sending(sending=sending, reason=IN_WORDS, by=world.manager, now=now)
    assert [one.sending for one in steps_of(edition, now=now).recipients] == [None, None]
    with pytest.raises(NotAllowedError, match="taken it back already"):
        take_back_sending(sending=sending, reason=IN_WORDS, by=world.manager, now=now)
    assert events(edition)[-1] == "sending_taken_back"
