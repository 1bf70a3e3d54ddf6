"""Figures in a document: what they say, where they come from, and what keeps them back."""

from datetime import date, datetime

import pytest

from tests.budget.years import sample_year
from tests.indicators.handed_in import figure, hand_in
from tests.plan.made import IN_WORDS, a_priority, an_action, said_by_families
from tests.publishing.made import a_document, put_in, section_of
from tests.world import World
from trefoil.budget.models import StatedTotal
from trefoil.indicators.operations.publication import publish_edition
from trefoil.indicators.periods import Period, month
from trefoil.indicators.publishing.counted import Wanted
from trefoil.indicators.publishing.prepared import prepared
from trefoil.people.enums import DutyKind
from trefoil.plan.enums import ActionState, Verdict
from trefoil.plan.operations.action_moves import close_action
from trefoil.plan.operations.evidence import judge_impact
from trefoil.plan.operations.priorities import withdraw_priority
from trefoil.publishing.blocks.budget import budget_block
from trefoil.publishing.blocks.indicator import indicator_block
from trefoil.publishing.blocks.priority import priority_block
from trefoil.publishing.blocks.shown import ShownBlock, table_of
from trefoil.publishing.content import content_of, lines_of, read, written
from trefoil.publishing.enums import BlockKind

UNTIL = date(2026, 3, 31)
TODAY = date(2026, 11, 22)


def _published(world: World, indicator: str, period: Period, *, now: datetime) -> None:
    wanted = Wanted(indicator, period)
    digest = prepared(world.fairmead, wanted).digest
    publish_edition(partnership=world.fairmead, wanted=wanted, looked_at=digest, by=world.analyst, now=now)


def shown(world: World, indicator: str, *, draw: bool = False) -> ShownBlock:
    return indicator_block(world.fairmead, indicator, until=UNTIL, draw=draw)


def test_indicator_block_shows_only_what_was_prepared_for_publication(world: World, now: datetime) -> None:
    hand_in(world, [figure("FD01", month(2026, 2), 903), figure("FD01", month(2026, 3), 3)], now=now, approved=True)
    assert shown(world, "FD01").trouble.startswith("No figure of this measure has been prepared")
    _published(world, "FD01", month(2026, 2), now=now)
    block = shown(world, "FD01")
    assert "905 in February 2026" in block.title
    assert "903" not in str(block.as_json())
    assert block.trouble == ""


def test_indicator_block_hides_small_numbers_as_they_were_hidden(world: World, now: datetime) -> None:
    hand_in(world, [figure("FD01", month(2026, 3), 3)], now=now, approved=True)
    _published(world, "FD01", month(2026, 3), now=now)
    block = shown(world, "FD01", draw=True)
    assert "fewer than 6 in March 2026" in block.title
    assert block.tables[0].rows == (("Mar 2026", "fewer than 6"),)
    assert block.picture is None


def test_indicator_block_leaves_later_periods_out(world: World, now: datetime) -> None:
    hand_in(world, [figure("FD01", month(2026, 4), 900)], now=now, approved=True)
    _published(world, "FD01", month(2026, 4), now=now)
    assert shown(world, "FD01").trouble


def test_indicator_block_draws_percentages_of_rounded_counts(world: World, now: datetime) -> None:
    periods = [month(2026, number) for number in (1, 2, 3)]
    rows = [figure("FD08", period, 700 + 20 * place, 901) for place, period in enumerate(periods)]
    hand_in(world, rows, now=now, approved=True)
    for period in periods:
        _published(world, "FD08", period, now=now)
    block = shown(world, "FD08", draw=True)
    assert block.tables[0].rows[0][1].endswith("%")
    assert block.picture is not None
    assert "<svg" in block.picture.wide
    assert ShownBlock.of_json(block.as_json()) == block


def test_indicator_block_of_what_the_catalogue_lost(world: World) -> None:
    assert "no longer has the measure XX99" in shown(world, "XX99").trouble


def test_priority_block_holds_back_what_shows_no_impact(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    action = an_action(world, now=now, state=ActionState.DONE)
    before = priority_block(world.fairmead, str(priority.pk), today=TODAY)
    assert before.trouble == "No impact has been shown for this priority yet."
    assert before.tables[0].rows == ((action.title, str(action.agency), "Done", "Not judged yet"),)


def test_priority_block_tells_impact_and_none_of_what_families_said(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = said_by_families(action, world, now=now)
    scrutineer = world.holder[DutyKind.SCRUTINEER]
    judge_impact(action=action, verdict=Verdict.SHOWN, words=IN_WORDS, rests_on=[piece], by=scrutineer, now=now)
    close_action(action=action, by=scrutineer, now=now)
    block = priority_block(world.fairmead, str(priority.pk), today=TODAY)
    assert block.trouble == ""
    assert "for 1 of 1 actions" in " ".join(block.sentences)
    assert piece.words not in str(block.as_json())


def test_priority_block_of_one_that_was_withdrawn(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    withdraw_priority(priority=priority, reason=IN_WORDS, by=world.manager, now=now)
    assert "withdrawn" in priority_block(world.fairmead, str(priority.pk), today=TODAY).trouble


def test_budget_block_adds_up_totals_and_shares(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    block = budget_block(world.fairmead, str(year.first_year))
    totals, shares = block.tables
    assert ("Contributions agreed", "£90,000") in totals.rows
    assert shares.rows[-1] == ("Total", "£90,000", "100%", "")
    assert block.sentences[0] == "Partners agreed to give £90,000."
    assert block.trouble == ""


def test_budget_block_says_what_does_not_add_up(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    StatedTotal.objects.create(year=year, of="contributions", amount=90_010)
    assert "90,010" in budget_block(world.fairmead, str(year.first_year)).trouble


def test_budget_block_of_a_year_that_is_not_there(world: World) -> None:
    assert budget_block(world.fairmead, "2001").trouble == "There is no budget of this year any more."


@pytest.mark.parametrize("draw", [True, False])
def test_content_is_what_is_read_again(world: World, now: datetime, draw: bool) -> None:
    document = a_document(world, now=now)
    put_in(section_of(document, "money"), BlockKind.BUDGET, str(sample_year(world, now=now).first_year), world, now=now)
    sections = written(document, today=TODAY, draw=draw)
    content = content_of(document, sections, lines_of(document, sections))
    again = {one.key: one for one in read(content)}["money"]
    assert again.blocks[0].shown.tables[0].rows[0] == ("Contributions agreed", "£90,000")


def test_table_sets_columns_of_figures_apart() -> None:
    rows = [("Council", "£121,000", "56%", "An office"), ("Police", "£0", "–", ""), ("Total", "£121,000", "100%", "")]
    table = table_of("Who gave what", ("Partner", "Agreed", "Share", "In kind"), rows)
    assert table.figures == (False, True, True, False)
    assert table.cells[1][2] == ("–", "Share", True)
    assert table_of("Nobody", ("Partner", "Agreed"), []).figures == (False, False)
