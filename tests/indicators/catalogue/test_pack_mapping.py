"""Every printed figure of the Performance Matters pack maps to exactly one figure of the catalogue."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import trefoil.indicators
from trefoil.indicators.periods import parse_period

PACKS = Path(trefoil.indicators.__file__).parent / "packs"
ROLES = {"numerator", "denominator", "value"}
PRINTED_TWICE = {("CP02", "", "value", "2019-02"), ("CP05", "", "value", "2019-02")}

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (PACKS / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def lines_for(figure: Row, mapping: list[Row]) -> list[Row]:
    """The mapping lines that claim a printed figure."""
    return [
        line
        for line in mapping
        if (line["page"], line["measure"], line["unit"]) == (figure["page"], figure["measure"], figure["unit"])
        and (line["breakdown"] == figure["breakdown"] or (line["breakdown"] == "*" and figure["breakdown"]))
    ]


def target_of(figure: Row, line: Row) -> tuple[str, str, str, str]:
    breakdown = line["figure_breakdown"].replace("{breakdown}", figure["breakdown"])
    return line["indicator"], breakdown, line["role"], parse_period(figure["period"]).code


def test_pack_has_all_its_figures() -> None:
    pack = read("barnet_performance_2019-02.csv")
    assert len(pack) == 875
    assert len({(row["page"], row["measure"]) for row in pack}) == 104


def test_every_figure_maps_to_exactly_one_line() -> None:
    mapping = read("performance_matters.csv")
    claims = {
        (figure["page"], figure["measure"], figure["breakdown"], figure["unit"]): len(lines_for(figure, mapping))
        for figure in read("barnet_performance_2019-02.csv")
    }
    assert {key: count for key, count in claims.items() if count != 1} == {}


def test_every_line_of_the_mapping_is_used() -> None:
    mapping = read("performance_matters.csv")
    used = {id(line) for figure in read("barnet_performance_2019-02.csv") for line in lines_for(figure, mapping)}
    assert [line for line in mapping if id(line) not in used] == []


def test_no_two_figures_of_a_period_collide() -> None:
    """Two printed figures with one target are allowed only where the pack prints the same value twice."""
    mapping = read("performance_matters.csv")
    values: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for figure in read("barnet_performance_2019-02.csv"):
        (line,) = lines_for(figure, mapping)
        values[target_of(figure, line)].append(figure["value"])
    repeated = {target: found for target, found in values.items() if len(found) > 1}
    assert set(repeated) == PRINTED_TWICE
    assert all(len(set(found)) == 1 for found in repeated.values())


def test_counts_are_numerators_and_everything_else_is_a_value() -> None:
    for line in read("performance_matters.csv"):
        assert line["role"] in ROLES
        assert (line["unit"] == "count") == (line["role"] == "numerator"), line


def test_count_and_percentage_of_a_measure_share_indicator_and_breakdown() -> None:
    targets: defaultdict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for line in read("performance_matters.csv"):
        if line["unit"] in ("count", "percent"):
            key = (line["page"], line["measure"], line["breakdown"])
            targets[key].add((line["indicator"], line["figure_breakdown"]))
    assert {key: found for key, found in targets.items() if len(found) > 1} == {}


def test_breakdowns_are_written_as_dimension_and_category() -> None:
    for line in read("performance_matters.csv"):
        parts = [part for part in line["figure_breakdown"].split(" / ") if part]
        assert len(parts) <= 2
        assert all(": " in part for part in parts), line
        assert ("{breakdown}" in line["figure_breakdown"]) == (line["breakdown"] == "*"), line


def test_mapping_has_no_line_twice() -> None:
    keys = Counter((r["page"], r["measure"], r["breakdown"], r["unit"]) for r in read("performance_matters.csv"))
    assert [key for key, count in keys.items() if count > 1] == []
