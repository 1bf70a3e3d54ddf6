"""A finding in the words of a row."""

from datetime import datetime

import pytest

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.page_rows import Middle, PageRow, first_sentence, page_row
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import month

OCTOBER = month(2026, 10)


def row_of(world: World, indicator: str, middle: Middle = Middle.MEDIAN) -> PageRow:
    return page_row(gather(world.fairmead, [catalogue()[indicator]]).findings[0], middle)


def test_row_off_target_says_where_it_stands_and_goes(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [95, 94, 93, 92, 80], 100), now=now)
    target = {"value": 90, "tolerance": 2, "starts_on": month(2020, 4).start}
    set_target(partnership=world.fairmead, indicator="CL07", by=world.analyst, now=now, **target)
    row = row_of(world, "CL07")
    assert (row.latest, row.period, row.target) == ("80.0%", "October 2026", "90.0%")
    assert (row.rag_status, row.rag_words, row.variance) == ("act", "Below target", "−11.1%")
    assert row.words == "below target, and falling for four months"
    assert row.notes == ("Not approved yet",)
    assert row.needs_attention
    assert [str(point.value) for point in row.trend] == ["95.0", "94.0", "93.0", "92.0", "80.0"]
    assert (row.signal_status, row.signal) == ("too_few", "Too few to say")


def test_row_with_a_signal_says_which(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [90, 91, 90, 91, 90, 91, 90, 91, 90, 91, 60], 100), now=now)
    row = row_of(world, "CL07")
    assert (row.signal_status, row.signal) == ("signal", "Below its usual range")
    assert row.trend[-1].signal
    assert not row.trend[0].signal
    assert row.needs_attention


@pytest.mark.parametrize(("middle", "said"), [(Middle.MEDIAN, "44.0"), (Middle.MEAN, "52.0")])
def test_row_lays_neighbours_beside_by_mean_or_median(world: World, now: datetime, middle: Middle, said: str) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_rate", dict(zip(near, (["32"], ["44"], ["80"]), strict=True)), now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["24"], ENGLAND: ["41.1"], "R1": ["35"]}, now=now)
    beside = row_of(world, "CP02", middle).beside
    assert (beside.neighbours, beside.used, beside.region, beside.england) == (said, "", "35.0", "41.1")
    assert beside.when == ""


@pytest.mark.parametrize(
    ("indicator", "measure", "england", "why"),
    [("CP01", "CPP_Num", "49420", "a count, not compared"), ("CP02", "CPP_rate", "c", "not published")],
)
def test_comparator_that_is_left_out_says_why(
    world: World, now: datetime, indicator: str, measure: str, england: str, why: str
) -> None:
    surround(world.fairmead.area, now=now)
    publish(measure, {world.fairmead.area.code: ["130"], ENGLAND: [england]}, now=now)
    beside = row_of(world, indicator).beside
    assert (beside.england, beside.why_none) == ("", why)


def test_published_year_is_named_when_it_is_not_the_rows_own(world: World, now: datetime) -> None:
    surround(world.fairmead.area, now=now)
    publish("ReReferral", {world.fairmead.area.code: ["14.8"], ENGLAND: ["22.6"]}, now=now)
    hand_in(world, [figure("FD14", OCTOBER, value="20.1")], now=now)
    row = row_of(world, "FD14")
    assert (row.latest, row.beside.england, row.beside.when) == ("20.1%", "22.6%", "2024-25")
    assert not row.beside.similar


def test_published_row_is_labelled(world: World, now: datetime) -> None:
    surround(world.fairmead.area, now=now)
    publish("CareLeaverEET", {world.fairmead.area.code: ["64"]}, now=now)
    row = row_of(world, "CV02")
    assert (row.latest, row.period, row.notes) == ("64%", "published, 2024-25", ("A similar measure",))


def test_hidden_figure_says_how_it_was_hidden(world: World, now: datetime) -> None:
    surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["24", "c"]}, now=now)
    row = row_of(world, "CP02")
    assert row.latest == "Not published"
    assert row.notes == ("Hidden by the publisher, marked c: confidential",)


def test_figure_that_did_not_come_says_why(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL07", OCTOBER, missing="system change in October")], now=now, approved=True)
    row = row_of(world, "CL07")
    assert (row.latest, row.notes) == ("No figure returned", ("System change in October",))
    assert row.needs_attention


def test_restated_figure_says_what_it_was(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL01", OCTOBER, 300)], now=now, approved=True)
    hand_in(world, [figure("CL01", OCTOBER, 310)], now=now, approved=True)
    assert row_of(world, "CL01").notes == ("Restated, was 300",)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Staff left. They came back.", "Staff left."),
        ("Staff left", "Staff left."),
        ("word " * 50, ("word " * 30).strip()[:149] + " …"),
    ],
)
def test_first_sentence_is_cut_at_a_word(text: str, first: str) -> None:
    assert first_sentence(text) == first
