"""The figures in a file say what the page says."""

from datetime import datetime

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.downloads.figures import figures_sheet, indicator_sheets
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.intake.export import Cell
from trefoil.indicators.periods import month


def row_of(world: World, indicator: str) -> dict[str, Cell]:
    sheet = figures_sheet(gather(world.fairmead, [catalogue()[indicator]]).findings)
    return dict(zip(sheet.headings, sheet.rows[0], strict=True))


def test_count_of_a_country_is_not_put_beside_an_areas(world: World, now: datetime) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_Num", {world.fairmead.area.code: ["130"], near[0]: ["140"], ENGLAND: ["49420"]}, now=now)
    hand_in(world, months_of("CP01", [250]), now=now)
    row = row_of(world, "CP01")
    assert (row["Neighbours, median"], row["Region"], row["England"]) == (140, None, None)
    assert (row["Comparison period"], row["Comparison unit"], row["Same measure?"]) == ("2024-25", "number", "Yes")


def test_similar_measure_is_said_to_be_one_with_its_unit(world: World, now: datetime) -> None:
    surround(world.fairmead.area, now=now)
    publish("CareLeaverEET", {world.fairmead.area.code: ["64"], ENGLAND: ["54"]}, now=now)
    hand_in(world, [figure("CV02", month(2026, 10), 30, 60)], now=now)
    row = row_of(world, "CV02")
    assert (row["Same measure?"], row["Comparison unit"], row["England"]) == ("No, a similar measure", "%", 54)


def test_published_year_is_written_as_on_the_page(world: World, now: datetime) -> None:
    surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["24"], ENGLAND: ["41.1"]}, now=now)
    assert row_of(world, "CP02")["Period"] == "2024-25"
    evidence = gather(world.fairmead, [catalogue()["CP02"]], in_parts=True)
    sheets = {sheet.name: sheet for sheet in indicator_sheets(evidence.findings[0], evidence)}
    assert [row[0] for row in sheets["Figures"].rows] == ["2024-25"]
    assert {row[2] for row in sheets["Beside others"].rows} == {"2024-25"}
