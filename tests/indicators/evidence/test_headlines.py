"""Headlines, the overview, and which indicators have figures."""

from datetime import datetime

from tests.indicators.handed_in import figure, hand_in, months_of
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Theme
from trefoil.indicators.evidence.headlines import CANDIDATES, headline_findings
from trefoil.indicators.evidence.holdings import indicators_with_figures
from trefoil.indicators.evidence.overview import Tally, overview
from trefoil.indicators.periods import month

OCTOBER = month(2026, 10)


def test_headlines_leave_out_what_has_no_figure_and_stop_at_six(world: World, now: datetime) -> None:
    hand_in(world, [figure(one, OCTOBER, value="50") for one in CANDIDATES[1:10]], now=now)
    found = [finding.definition.id for finding in headline_findings(world.fairmead)]
    assert found == list(CANDIDATES[1:7])


def test_every_candidate_is_in_the_catalogue() -> None:
    assert [one for one in CANDIDATES if one not in catalogue()] == []


def test_headlines_of_an_empty_partnership_are_none(world: World) -> None:
    assert headline_findings(world.harbury) == ()


def test_overview_counts_figures_signals_and_gaps(world: World, now: datetime) -> None:
    steady = [90, 91, 90, 91, 90, 91, 90, 91, 90, 91, 60]
    hand_in(world, months_of("CL07", steady, 100), now=now)
    hand_in(world, [figure("CL08", OCTOBER, missing="system change")], now=now)
    line = next(line for line in overview(world.fairmead).themes if line.theme is Theme.CHILDREN_IN_CARE)
    assert (line.with_figures, line.signals, line.missing) == (1, Tally(1, 0), Tally(1, 0))
    assert overview(world.harbury).is_empty


def test_overview_counts_older_figures_apart(world: World, now: datetime) -> None:
    """A figure of February 2019 is not counted with one of October 2026."""
    hand_in(world, [figure("CL08", OCTOBER, missing="system change")], now=now)
    hand_in(world, [figure("CL07", month(2019, 2), missing="not printed")], now=now)
    found = overview(world.fairmead)
    line = next(line for line in found.themes if line.theme is Theme.CHILDREN_IN_CARE)
    assert line.missing == Tally(current=1, older=1)
    assert (str(line.missing), str(line.signals)) == ("1 and 1 older", "0")
    assert found.has_older
    assert found.newest == OCTOBER.end
    assert found.sentences[0] == "The latest figures are of October 2026."
    assert found.sentences[-1] == "Older, and not counted above: one measure of February 2019, one missing."


def test_held_indicators_are_those_handed_in(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL01", OCTOBER, 300)], now=now)
    assert indicators_with_figures(world.fairmead) == {"CL01"}
    assert indicators_with_figures(world.harbury) == frozenset()


def test_held_indicators_include_one_worked_out_from_others(world: World, now: datetime) -> None:
    part = figure("FD01", OCTOBER, 300, breakdown="outcome: referral to social care")
    hand_in(world, [figure("FD01", OCTOBER, 900), part], now=now)
    held = indicators_with_figures(world.fairmead)
    counted = sum(line.with_figures for line in overview(world.fairmead).themes)
    assert {"FD01", "FD02"} <= held
    assert len(held) == counted
