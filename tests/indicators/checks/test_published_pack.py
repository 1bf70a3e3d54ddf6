"""The real pack gives exactly the faults it has, in whatever order its rows come, and no false alarm."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import trefoil.indicators
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.checks.lookup import Figures
from trefoil.indicators.checks.rates import implied_population
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.export import OutSheet, to_xlsx
from trefoil.indicators.intake.opening import open_upload
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import Severity

PACK = Path(trefoil.indicators.__file__).parent / "packs" / "barnet_performance_2019-02.csv"
FAULTS = [
    ("parts-total", "SA13", "2018-04..2019-02", "232", "245"),
    ("same-thing", "CL01", "2019-02", "128", "118"),
    ("variance", "CL07", "2019-02", "-6.7", "-6.3"),
]


@pytest.fixture(scope="module")
def result():
    return read_return(
        PACK.name, PACK.read_bytes(), Context(catalogue(), area="Barnet", period=parse_period("2019-02"))
    )


def told(findings):
    return sorted((f.rule, f.indicator, f.period.code, f.found, f.expected) for f in findings)


def test_published_pack_has_exactly_its_faults(result):
    assert result.of(Severity.ERROR) == ()
    assert told(result.of(Severity.FAULT)) == FAULTS


def test_published_pack_notes_other_ways_of_counting_and_recording_only(result):
    assert told(result.of(Severity.NOTE)) == [
        ("cumulative-falls", "CL25", "2019-01", "72", "at least 75"),
        ("cumulative-falls", "CL25", "2019-02", "68", "at least 72"),
        ("jump", "FD01", "2019-02", "0", "near 627"),
        ("jump", "FD01", "2019-02", "643", "near 0"),
        # From December the percentage of second plans is taken of the children who have a plan (167, 158, 173);
        # until November it was taken of the plans started since April, which is what the dictionary says. No
        # denominator is printed, so it is another way of counting and not a contradiction within the pack.
        ("percentage-counts", "CP05", "2018-12", "10.8", "9.5"),
        ("percentage-counts", "CP05", "2019-01", "12.7", "10.3"),
        ("percentage-counts", "CP05", "2019-02", "13.3", "9.9"),
        ("total-with-outside", "FD01", "2018-04..2019-02", "15,102", "15,129"),
        ("total-with-outside", "FD01", "2019-01", "1,363", "1,366"),
        ("total-with-outside", "FD01", "2019-02", "1,384", "1,390"),
    ]


def test_published_pack_names_what_the_percentage_of_second_plans_would_fit(result):
    messages = [f.message for f in result.of(Severity.NOTE) if f.indicator == "CP05"]
    assert [message.rpartition("fit ")[2] for message in messages] == [
        "CP01, 167.",
        "CP01, 158.",
        "CP01, 173.",
    ]


def test_published_rates_fit_one_population(result):
    figures = Figures(result.rows, catalogue())
    ((_, year), (least, most)) = next(iter(implied_population(figures).items()))
    assert len(implied_population(figures)) == 1
    assert (year.code, least, most) == ("2018/19", 96_898, 96_918)


def test_published_pack_as_a_workbook_has_the_same_faults(result):
    sheet = open_upload(PACK.name, PACK.read_bytes()).sheet
    data = to_xlsx([OutSheet("Pack", [sheet.headings, *(line.cells for line in sheet.lines)])])
    context = Context(catalogue(), area="Barnet", period=parse_period("2019-02"))
    book = read_return("pack.xlsx", data, context)
    assert told(book.findings) == told(result.findings)


def test_published_pack_in_another_order_has_the_same_findings(result):
    rows = sorted(result.rows, key=lambda row: (row.note, row.breakdown, -row.place.row))
    assert rows != list(result.rows)
    assert set(check_figures(rows, catalogue())) == set(check_figures(result.rows, catalogue()))


def test_published_pack_with_its_faults_mended_has_none(result):
    mended = {
        ("SA13", "age: 16"): {"numerator": 17},
        ("CL07", ""): {"published_variance": Decimal("-6.3")},
        ("CL12", "age: 16 and over"): {"numerator": 77},
        ("CL12", "age: 16 and over / sex: boys"): {"numerator": 62},
    }
    rows = []
    for row in result.rows:
        change = mended.get((row.indicator, row.breakdown), {})
        if row.indicator == "SA13" and row.period.kind != "span":
            change = {}
        if row.indicator == "CP05":
            change = {"value": None}
        rows.append(replace(row, **change))
    assert [f for f in check_figures(rows, catalogue()) if f.severity is Severity.FAULT] == []
