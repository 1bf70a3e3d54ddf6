"""From approved figures to what a reader may see, held against what was published before."""

from datetime import datetime

import pytest

from tests.indicators.handed_in import figure, hand_in
from tests.world import World
from trefoil.indicators.operations.publication import publish_edition
from trefoil.indicators.periods import Period, month, parse_period
from trefoil.indicators.publishing.counted import NotPublishableError, Wanted, counted, measures_offered, offered
from trefoil.indicators.publishing.prepared import prepared
from trefoil.indicators.publishing.stored import earlier_from
from trefoil.indicators.rows import FigureRow
from trefoil.indicators.suppression.differencing import DifferencingRefused

SEPTEMBER, OCTOBER = month(2026, 9), month(2026, 10)
BY_OUTCOME = Wanted("FD01", OCTOBER, "outcome")


def by_outcome(whole: int | None, parts: dict[str, int], period: Period = OCTOBER) -> list[FigureRow]:
    rows = [figure("FD01", period, count, breakdown=f"outcome: {name}") for name, count in parts.items()]
    return [*rows, figure("FD01", period, whole)] if whole is not None else rows


PARTS = {"referral to social care": 60, "signposting": 3, "outcome of no further action": 27}


def publish(world: World, wanted: Wanted, now: datetime) -> None:
    ready = prepared(world.fairmead, wanted)
    publish_edition(partnership=world.fairmead, wanted=wanted, looked_at=ready.digest, by=world.analyst, now=now)


def test_only_approved_figures_are_offered(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(90, PARTS), now=now)
    assert measures_offered(world.fairmead) == ()
    assert offered(world.fairmead, "FD01") == ()
    hand_in(world, [figure("FD01", month(2026, 9), 80)], now=now, approved=True)
    assert [one.id for one in measures_offered(world.fairmead)] == ["FD01"]
    assert offered(world.fairmead, "FD01") == (Wanted("FD01", month(2026, 9)),)


def test_small_number_and_a_second_one_are_hidden_with_the_reason(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(90, PARTS), now=now, approved=True)
    lines = {line.label: line for line in prepared(world.fairmead, BY_OUTCOME).lines}
    assert [(line.held, line.shown) for line in lines.values()] == [
        ("60", "60"),
        ("27", "withheld"),
        ("3", "fewer than 6"),
        ("90", "90"),
    ]
    assert "1 to 5" in lines["signposting"].why
    assert "give a small number back" in lines["outcome of no further action"].why


def test_what_is_in_no_category_is_a_part_too(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(92, PARTS), now=now, approved=True)
    shown = {line.label: line.shown for line in prepared(world.fairmead, BY_OUTCOME).lines}
    assert shown["Not in a category above"] == "fewer than 6"


def test_parts_beyond_the_whole_are_refused(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(80, PARTS), now=now, approved=True)
    with pytest.raises(NotPublishableError, match="add up to 90, more than the whole of 80"):
        counted(world.fairmead, BY_OUTCOME)


def test_parts_without_a_whole_have_a_total_of_their_own(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(None, PARTS), now=now, approved=True)
    assert counted(world.fairmead, BY_OUTCOME).table.counts["FD01 outcome: all of these, 2026-10"] == 90


def test_percentage_comes_from_what_is_shown(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL07", OCTOBER, 57, 98)], now=now, approved=True)
    lines = [(line.label, line.shown) for line in prepared(world.fairmead, Wanted("CL07", OCTOBER)).lines]
    assert lines == [("Counted", "55"), ("Not counted", "40"), ("Out of", "100"), ("Percentage", "55")]


def test_percentage_with_a_small_rest_is_hidden(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL07", OCTOBER, 97, 100)], now=now, approved=True)
    lines = {line.label: line.shown for line in prepared(world.fairmead, Wanted("CL07", OCTOBER)).lines}
    assert lines["Not counted"] == "fewer than 6"
    assert lines["Percentage"] == "withheld"


def test_denominator_that_is_another_measure_has_that_measures_key(world: World, now: datetime) -> None:
    hand_in(world, [figure("CP05", OCTOBER, 20, 80)], now=now, approved=True)
    assert "CP03 all, 2026-10" in counted(world.fairmead, Wanted("CP05", OCTOBER)).table.counts


def test_year_less_its_months_is_refused(world: World, now: datetime) -> None:
    """The whole of two months beside one of them would give the other, which is small."""
    both = parse_period("2026-09..2026-10")
    hand_in(world, [figure("FD01", OCTOBER, 41)], now=now, approved=True)
    hand_in(world, [figure("FD01", OCTOBER, 41), figure("FD01", both, 44)], now=now, approved=True)
    publish(world, Wanted("FD01", both), now)
    with pytest.raises(DifferencingRefused, match="would show a small number"):
        prepared(world.fairmead, Wanted("FD01", OCTOBER))


def hand_in_two_months(world: World, now: datetime, indicator: str, earlier: int, later: int) -> None:
    rows = [figure(indicator, SEPTEMBER, earlier), figure(indicator, OCTOBER, later)]
    hand_in(world, rows, now=now, approved=True)


@pytest.mark.parametrize("first", [SEPTEMBER, OCTOBER])
def test_count_since_april_less_that_of_the_month_before_is_refused(world: World, now: datetime, first: Period) -> None:
    """17 adopted from April to September and 20 to October: three in October, whichever is published first."""
    hand_in_two_months(world, now, "CL16", 17, 20)
    publish(world, Wanted("CL16", first), now)
    second = OCTOBER if first == SEPTEMBER else SEPTEMBER
    with pytest.raises(DifferencingRefused, match="CL16 all, 2026-10") as refusal:
        prepared(world.fairmead, Wanted("CL16", second))
    assert refusal.value.cells == ("CL16 all, 2026-10", "CL16 all, 2026-09")


@pytest.mark.parametrize("later", [17, 23])
def test_count_since_april_that_stood_still_or_rose_by_six_passes(world: World, now: datetime, later: int) -> None:
    hand_in_two_months(world, now, "CL16", 17, later)
    publish(world, Wanted("CL16", SEPTEMBER), now)
    assert prepared(world.fairmead, Wanted("CL16", OCTOBER)).lines[0].held == str(later)


def test_count_since_april_has_nothing_to_do_with_the_year_before(world: World, now: datetime) -> None:
    march = month(2026, 3)
    hand_in(world, [figure("CL16", march, 17), figure("CL16", OCTOBER, 20)], now=now, approved=True)
    publish(world, Wanted("CL16", march), now)
    assert prepared(world.fairmead, Wanted("CL16", OCTOBER)).lines[0].shown == "20"


@pytest.mark.parametrize(("earlier", "later"), [(40, 43), (43, 40)])
def test_twelve_months_that_moved_on_by_a_small_number_are_refused(
    world: World, now: datetime, earlier: int, later: int
) -> None:
    """Whoever knows that nobody left the twelve months, or that nobody came, would know how many came or left."""
    hand_in_two_months(world, now, "MX18", earlier, later)
    publish(world, Wanted("MX18", SEPTEMBER), now)
    with pytest.raises(DifferencingRefused, match="“MX18 all, 2026-10”, “MX18 all, 2026-09”"):
        prepared(world.fairmead, Wanted("MX18", OCTOBER))


@pytest.mark.parametrize("later", [40, 46, 34])
def test_twelve_months_that_moved_on_by_none_or_by_six_pass(world: World, now: datetime, later: int) -> None:
    hand_in_two_months(world, now, "MX18", 40, later)
    publish(world, Wanted("MX18", SEPTEMBER), now)
    assert prepared(world.fairmead, Wanted("MX18", OCTOBER)).lines[0].held == str(later)


def test_twelve_months_a_year_apart_share_no_month(world: World, now: datetime) -> None:
    before = month(2025, 10)
    hand_in(world, [figure("MX18", before, 40), figure("MX18", OCTOBER, 43)], now=now, approved=True)
    publish(world, Wanted("MX18", before), now)
    assert prepared(world.fairmead, Wanted("MX18", OCTOBER)).lines[0].shown == "45"


def test_second_breakdown_knows_of_the_first(world: World, now: datetime) -> None:
    """A whole that was shown stays shown: the second table can no longer hide behind it."""
    rows = [*by_outcome(90, PARTS), figure("FD01", OCTOBER, 88, breakdown="agency: police")]
    hand_in(world, rows, now=now, approved=True)
    publish(world, BY_OUTCOME, now)
    shown = {line.label: line.shown for line in prepared(world.fairmead, Wanted("FD01", OCTOBER, "agency")).lines}
    assert shown == {"police": "withheld", "Not in a category above": "fewer than 6", "All": "90"}


def test_other_partnerships_editions_are_not_asked(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(90, PARTS), now=now, approved=True)
    publish(world, BY_OUTCOME, now)
    with pytest.raises(NotPublishableError):
        prepared(world.harbury, BY_OUTCOME)


def test_stored_edition_comes_back_as_it_was(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(90, PARTS), now=now, approved=True)
    ready = prepared(world.fairmead, BY_OUTCOME)
    back = earlier_from(ready.exact, ready.shown)
    assert back.table.cells == counted(world.fairmead, BY_OUTCOME).table.cells
    assert back.table.sums == counted(world.fairmead, BY_OUTCOME).table.sums
    assert {key: cell.text for key, cell in back.published.cells.items()} == {
        cell["key"]: cell["mark"] if cell["value"] is None else f"{cell['value']:,}" for cell in ready.shown["cells"]
    }


def test_what_is_shown_holds_no_exact_count(world: World, now: datetime) -> None:
    hand_in(world, by_outcome(93, {**PARTS, "referral to social care": 63}), now=now, approved=True)
    shown = prepared(world.fairmead, BY_OUTCOME).shown
    values = {cell["value"] for cell in shown["cells"]}
    assert all(value is None or value % 5 == 0 for value in values)
    assert set(shown["cells"][0]) == {"key", "label", "mark", "value"}
