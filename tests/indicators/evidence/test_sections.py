"""The parts of an indicator's page and its pictures."""

from datetime import datetime
from decimal import Decimal

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, people_aged_0_to_17, publish, surround
from tests.world import World
from trefoil.design.charts import DotPlot, LineChart
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.findings import Evidence, Finding
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.pictures import short_label
from trefoil.indicators.evidence.sections import pictures_of, place_words, quality_notes, sections_of, sureness
from trefoil.indicators.periods import month, parse_period

STEADY = [90, 91, 90, 91, 90, 91, 90, 91, 90, 91]


def seen(world: World, indicator: str) -> tuple[Finding, Evidence]:
    evidence = gather(world.fairmead, [catalogue()[indicator]], in_parts=True)
    return evidence.findings[0], evidence


def test_chart_marks_the_range_the_signal_and_the_finding(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [*STEADY, 60], 100), now=now)
    finding, evidence = seen(world, "CL07")
    (section,) = sections_of(finding, evidence)
    assert section.chart.title == "Care visits on time fell below the usual range in October 2026"
    assert section.chart.points[-1].signal == "below its usual range"
    assert section.chart.usual_range is not None
    assert section.chart.points[-1].label == "Oct 2026"
    assert section.patterns[0] == "October 2026: below its usual range"


def test_strongest_of_two_patterns_that_end_together_is_the_one_drawn(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [90, 91, 90, 91, 90, 91, 90, 85, 84, 83, 82, 81, 40], 100), now=now)
    finding, evidence = seen(world, "CL07")
    (section,) = sections_of(finding, evidence)
    assert len([words for words in section.patterns if words.startswith("October 2026")]) > 1
    assert section.chart.points[-1].signal == "below its usual range"


def test_both_sources_have_their_own_section_the_newer_first(world: World, now: datetime) -> None:
    near = surround(world.fairmead.area, now=now)
    people_aged_0_to_17(world.fairmead.area, 2026, 50_000)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "24"], ENGLAND: ["43", "41"]}, now=now)
    publish("CPP_rate", {near[0]: ["10", "20"], near[1]: ["30", "c"]}, now=now)
    hand_in(world, months_of("CP01", [140, 150]), now=now)
    finding, evidence = seen(world, "CP02")
    returned, published = sections_of(finding, evidence)
    assert (returned.name, published.name) == ("returned", "published")
    assert [point.value for point in returned.chart.points] == [Decimal("28.0"), Decimal("30.0")]
    assert [(other.label, other.values) for other in published.chart.comparators] == [
        ("Neighbours' median", (Decimal("20.0"), Decimal("20.0"))),
        ("England", (Decimal("43.0"), Decimal("41.0"))),
    ]


def test_neighbours_are_drawn_one_by_one_with_the_place_in_words(world: World, now: datetime) -> None:
    near = surround(world.fairmead.area, neighbours=4, now=now)
    publish("ReReferral", {world.fairmead.area.code: ["14.8"]}, now=now)
    publish("ReReferral", dict(zip(near, (["10"], ["20"], ["25"], ["-"]), strict=True)), now=now)
    finding, evidence = seen(world, "FD14")
    plot = pictures_of(finding, evidence)["neighbours"]
    assert isinstance(plot, DotPlot)
    assert plot.title == "Fairmead stands 2nd of 4 with its statistical neighbours"
    assert [dot.note for dot in plot.dots if dot.value is None] == ["Not published"]
    assert place_words(finding, "Fairmead").endswith("in the 2nd quarter from the best, which is 1st.")


def test_every_section_has_its_picture(world: World, now: datetime) -> None:
    rows = [*months_of("CL12", [10, 12]), figure("CL12", month(2026, 10), 12, breakdown="sex: boys")]
    hand_in(world, rows, now=now)
    finding, evidence = seen(world, "CL12")
    pictures = pictures_of(finding, evidence)
    assert list(pictures) == ["returned", "parts-1"]
    assert isinstance(pictures["returned"], LineChart)


def test_sureness_says_how_few_children_there_are(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [3], 4), now=now)
    assert sureness(seen(world, "CL07")[0]) == "3 of 4, too few to say"
    hand_in(world, months_of("CL07", [80], 100), now=now)
    assert sureness(seen(world, "CL07")[0]).startswith("80 of 100, likely between 7")


def test_quality_notes_name_gaps_corrections_and_what_is_not_approved(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL01", month(2026, 9), missing="system change")], now=now, approved=True)
    hand_in(world, [figure("CL01", month(2026, 10), 300)], now=now, approved=True)
    hand_in(world, [figure("CL01", month(2026, 10), 310)], now=now)
    assert quality_notes(seen(world, "CL01")[0]) == (
        "October 2026: restated from 300 to 310.",
        "October 2026: not approved yet.",
        "September 2026: no figure. System change.",
    )


def test_short_label_fits_an_axis() -> None:
    said = [short_label(parse_period(code)) for code in ("2026-10", "2026-Q4", "2024/25", "2018-04..2019-02")]
    assert said == ["Oct 2026", "Oct to Dec 2026", "2024-25", "Apr 2018 to Feb 2019"]
