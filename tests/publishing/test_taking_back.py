"""What scrutiny or a board said of an edition, written down wrongly: it counts no more, and stays to be read."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from tests.publishing.made import IN_WORDS, a_passage, a_statement, frozen, partner_of
from tests.publishing.taken_further import a_report, events
from tests.publishing.test_pages import ClientFor, address, sent, shown
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.people.enums import DutyKind
from trefoil.publishing.needs import editions_for_own_board, editions_for_scrutiny
from trefoil.publishing.operations.after import take_back_board, take_back_statement
from trefoil.publishing.steps import steps_of


def test_take_back_statement_leaves_scrutiny_open_again(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    statement, scrutineer = a_statement(world, now=now), world.holder[DutyKind.SCRUTINEER]
    standing = standing_of(scrutineer, world.fairmead, now=now)
    assert list(editions_for_scrutiny(standing, now) or []) == []
    take_back_statement(statement=statement, reason=IN_WORDS, by=scrutineer, now=now)
    steps = steps_of(edition, now=now)
    assert steps.statements == ()
    assert "The independent scrutineer has said nothing of it yet." in steps.open_before(now.date())
    assert [one.row for one in steps.taken_back] == [statement]
    assert list(editions_for_scrutiny(standing, now) or []) == [edition]
    assert events(edition)[-1] == "statement_taken_back"
    with pytest.raises(NotAllowedError, match="taken it back already"):
        take_back_statement(statement=statement, reason=IN_WORDS, by=world.manager, now=now)


def test_take_back_board_leaves_the_partner_open_again(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    passage, police = a_passage(world, now=now), partner_of(world, world.police)
    standing = standing_of(police, world.fairmead, now=now)
    take_back_board(passage=passage, reason=IN_WORDS, by=police, now=now)
    line = next(one for one in steps_of(edition, now=now).boards if one.agency == world.police)
    assert line.passage is None
    assert list(editions_for_own_board(standing, now) or []) == [edition]
    assert events(edition)[-1] == "board_taken_back"


@pytest.mark.parametrize("duty", [DutyKind.GROUP_MEMBER, DutyKind.SCRUTINEER, DutyKind.SAFEGUARDING_PARTNER])
def test_take_back_what_another_wrote_down_is_refused(world: World, now: datetime, duty: DutyKind) -> None:
    passage, statement = a_passage(world, now=now), a_statement(world, now=now, by=world.manager)
    other = world.holder[duty]
    passage.recorded_by = world.manager
    passage.save()
    with pytest.raises(NotAllowedError, match="only who wrote it down"):
        take_back_board(passage=passage, reason=IN_WORDS, by=other, now=now)
    with pytest.raises(NotAllowedError, match="only who wrote it down"):
        take_back_statement(statement=statement, reason=IN_WORDS, by=other, now=now)


def test_take_back_without_a_reason_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say why it is taken back"):
        take_back_board(passage=a_passage(world, now=now), reason=" ", by=world.manager, now=now)


@pytest.mark.parametrize(("name", "made"), [("statement_back", a_statement), ("board_back", a_passage)])
def test_pages_take_back_and_show_what_was_taken_back(
    world: World, client_for: ClientFor, name: str, made: Callable[..., object]
) -> None:
    row = made(world, now=timezone.now())
    key, client = vars(row)["id"], client_for(world.manager)
    after = vars(row)["edition_id"]
    assert address(f"publishing_{name}", key) in shown(client, "publishing_after", after)
    page = sent(client, f"publishing_{name}", key, reason=IN_WORDS)
    assert "Written down wrongly and taken back" in page
    assert IN_WORDS in page
    assert address(f"publishing_{name}", key) not in page
    assert "taken it back already" in shown(client, f"publishing_{name}", key)


def test_page_offers_taking_back_to_nobody_else(world: World, client_for: ClientFor) -> None:
    passage = a_passage(world, now=timezone.now())
    member = client_for(world.holder[DutyKind.GROUP_MEMBER])
    assert address("publishing_board_back", passage.pk) not in shown(member, "publishing_after", passage.edition_id)
    assert member.get(address("publishing_board_back", passage.pk)).status_code == 404
