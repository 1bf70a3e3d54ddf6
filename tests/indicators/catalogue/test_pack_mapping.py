"""Every printed figure of the Performance Matters pack maps to exactly one figure of the catalogue."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import trefoil.indicators
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.references import FigureReference, split_breakdown
from trefoil.indicators.catalogue.vocabulary import Unit
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


def test_every_figure_of_the_pack_fits_its_definition() -> None:
    mapping = read("performance_matters.csv")
    for figure in read("barnet_performance_2019-02.csv"):
        (line,) = lines_for(figure, mapping)
        indicator, breakdown, _, _ = target_of(figure, line)
        definition = catalogue()[indicator]
        for dimension, category in split_breakdown(breakdown):
            split = definition.breakdown(dimension)
            assert split is not None, (indicator, dimension)
            assert split.accepts(category), (indicator, dimension, category)


UNITS_OF_THE_PACK = {
    "per 10,000": {Unit.PER_10000},
    "days": {Unit.DAYS},
    "cases": {Unit.NUMBER},
    "count": {Unit.COUNT, Unit.PERCENT},
}


def test_units_of_the_pack_fit_their_definitions() -> None:
    for line in read("performance_matters.csv"):
        unit = catalogue()[line["indicator"]].unit
        if line["unit"] == "percent":
            assert unit is Unit.PERCENT or line["figure_breakdown"], line
        else:
            assert unit in UNITS_OF_THE_PACK[line["unit"]], line


def test_mapping_uses_only_known_indicators() -> None:
    assert {line["indicator"] for line in read("performance_matters.csv")} <= set(catalogue().ids)


Key = tuple[str, str, str]
OVER_PLANS_OPEN = {("CP05", "", "2018-12"), ("CP05", "", "2019-01"), ("CP05", "", "2019-02")}


def figures_of_the_pack() -> tuple[dict[Key, Decimal], dict[Key, Decimal], dict[Key, Decimal]]:
    """(counts, denominators, published values) by indicator, breakdown and period."""
    mapping = read("performance_matters.csv")
    counts: dict[Key, Decimal] = {}
    denominators: dict[Key, Decimal] = {}
    published: dict[Key, Decimal] = {}
    for figure in read("barnet_performance_2019-02.csv"):
        (line,) = lines_for(figure, mapping)
        indicator, breakdown, role, period = target_of(figure, line)
        (counts if role == "numerator" else published)[indicator, breakdown, period] = Decimal(figure["value"])
        if figure["denominator"]:
            denominators[indicator, breakdown, period] = Decimal(figure["denominator"])
    return counts, denominators, published


def count_of(reference: FigureReference, period: str, counts: dict[Key, Decimal]) -> Decimal | None:
    """A referenced count: returned as such, or the sum over the categories of one dimension."""
    if not reference.breakdown.endswith(": *"):
        return counts.get((reference.indicator, reference.breakdown, period))
    start = reference.breakdown[:-1]
    parts = [
        count
        for (indicator, breakdown, when), count in counts.items()
        if indicator == reference.indicator
        and breakdown.startswith(start)
        and " / " not in breakdown
        and when == period
    ]
    return sum(parts, Decimal(0)) if parts else None


def denominator_of(key: Key, counts: dict[Key, Decimal], denominators: dict[Key, Decimal]) -> Decimal | None:
    """The printed denominator, else the whole for a part, else what the definition points at."""
    indicator, breakdown, period = key
    if key in denominators:
        return denominators[key]
    calculation = catalogue()[indicator].calculation
    if breakdown:
        whole = counts.get((indicator, "", period))
        of_parts = calculation.numerator if calculation else None
        return whole or (count_of(of_parts, period, counts) if of_parts else None)
    return count_of(calculation.denominator, period, counts) if calculation and calculation.denominator else None


def test_percentages_of_the_pack_follow_from_its_counts_through_the_definitions() -> None:
    """All but one printed percentage that has its counts is reproduced at its printed precision.

    The pack divides second or later plans by plans open instead of plans started from December 2018.
    """
    counts, denominators, published = figures_of_the_pack()
    reproduced, contradicted = 0, set()
    for key, value in published.items():
        numerator, denominator = counts.get(key), denominator_of(key, counts, denominators)
        if numerator is None or not denominator:
            continue
        half_a_unit = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
        if abs(numerator * 100 / denominator - value) <= half_a_unit:
            reproduced += 1
        else:
            contradicted.add(key)
    assert contradicted == OVER_PLANS_OPEN
    assert reproduced >= 80
