"""Golden: the printed pack of February 2019, loaded as a return, worked out again figure by figure.

Every percentage and rate that is held, and every variance that is printed, ends in one of four ways: our own arithmetic
on the counts of the pack gives it to its last decimal; the return carries a finding about it; its count is printed
without a whole, and some whole number of children gives it; or nothing is printed that it could be worked out from.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from math import ceil, floor

import pytest

from trefoil.demo.real import PACK, build_real
from trefoil.indicators.calculation.ratios import percentage, rate_per
from trefoil.indicators.calculation.targets import variance
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.checks.lookup import Figures
from trefoil.indicators.checks.precision import half_unit, places_of
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.models import AgencyReturn, Fault, Figure, Target
from trefoil.indicators.rows import FigureRow, Place
from trefoil.people.enums import AreaKind
from trefoil.people.models import Area

REPRODUCED, FOUND, COUNT_ALONE, BARE = "reproduced", "listed as a finding", "a count without its whole", "bare"

# The only whole number of children on which all seven printed rates come out, give or take ten; see packs/README.md.
CHILDREN = 96_908


CANNOT_BE_WORKED_OUT = {
    "CL06": 1,
    "CL07": 1,
    "CL08": 1,
    "CL09": 1,
    "CL10": 2,
    "CL11": 1,
    "CN06": 1,
    "CP05": 12,
    "CP09": 9,
    "CP10": 1,
    "ED14": 2,
    "EH13": 1,
    "EH14": 1,
    "FD08": 2,
    "WF03": 24,
    "YJ04": 2,
    "YJ05": 2,
    "YJ06": 1,
}

# Findings that bear on a percentage. A jump since the month before does not excuse a sum.
ABOUT_SUMS = ("percentage-counts", "percentage-possible", "shares-hundred")


@dataclass(frozen=True)
class Answer:
    """How one printed value ended."""

    what: str
    row: FigureRow
    how: str

    def __str__(self) -> str:
        breakdown = f" ({self.row.breakdown})" if self.row.breakdown else ""
        return f"{self.row.indicator}{breakdown} {self.row.period.code}"


@pytest.fixture
def held(db, now) -> AgencyReturn:
    """The pack as the return that `trefoil demo` makes of it, through operations."""
    Area.objects.create(code="E09000003", name="Barnet", kind=AreaKind.LOCAL_AUTHORITY)
    return build_real("Barnet", readers=[], now=now).returns.get()


@pytest.fixture
def answers(held) -> list[Answer]:
    figures = figures_of(held)
    return [answer(held, row, figures) for row in ratios(figures)]


def test_golden_pack_reproduces_every_percentage_and_rate_or_lists_it(answers):
    told = summary(answers)
    assert told == {
        ("percentage", REPRODUCED): 84,
        ("percentage", FOUND): 3,
        ("percentage", COUNT_ALONE): 13,
        ("percentage", BARE): 65,
        ("rate", REPRODUCED): 7,
    }, told


def test_golden_pack_lists_the_percentages_that_its_counts_contradict(answers):
    assert [str(one) for one in answers if one.how == FOUND] == [
        "CP05 2018-12",
        "CP05 2019-01",
        "CP05 2019-02",
    ]


def test_golden_pack_names_what_cannot_be_worked_out_from_it(answers):
    """Shares of posts, timeliness, schooling and health checks are printed as percentages and nothing else."""
    bare = Counter(one.row.indicator for one in answers if one.how == BARE)
    assert dict(sorted(bare.items())) == CANNOT_BE_WORKED_OUT, bare
    assert bare.total() == 65


def test_golden_pack_means_are_printed_without_what_they_are_the_mean_of(held):
    """Days and caseloads: neither percentages nor rates, and no counts stand beside them."""
    means = [row for row in figures_of(held).rows if row.value is not None and not kind(row)]
    assert Counter(row.indicator for row in means) == {"MX07": 5, "MX19": 5, "MX20": 5, "SA12": 2, "WF01": 12}
    assert not [row for row in means if row.numerator is not None]


def test_golden_pack_reproduces_every_variance_or_lists_it(held):
    answers = [variance_answer(held, row) for row in printed_rows() if row.published_variance is not None]
    told = summary(answers)
    assert told == {("variance", REPRODUCED): 11, ("variance", FOUND): 1}, told
    assert [str(one) for one in answers if one.how == FOUND] == ["CL07 2019-02"]


def figures_of(held: AgencyReturn) -> Figures:
    """What the database holds, laid out so that a whole can be asked for."""
    return Figures([row_of(figure) for figure in held.figures.current()], catalogue())


def row_of(figure: Figure) -> FigureRow:
    return FigureRow(
        place=Place(row=figure.file_row or 0),
        indicator=figure.indicator,
        period=figure.period,
        breakdown=figure.breakdown,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        value_places=figure.value_places,
    )


def printed_rows() -> tuple[FigureRow, ...]:
    """The file itself: targets and variances are printed in it, and a variance is not kept as a figure."""
    data = (files("trefoil.indicators.packs") / PACK).read_bytes()
    return read_return(PACK, data, Context(definitions=catalogue(), area="Barnet")).rows


def ratios(figures: Figures) -> list[FigureRow]:
    """Every percentage and rate: of an indicator, or of a part in a count. Means and scores are neither."""
    return [row for row in figures.rows if row.value is not None and kind(row)]


def kind(row: FigureRow) -> str:
    unit = catalogue()[row.indicator].unit
    if unit.per_population:
        return "rate"
    of_a_count = unit.value == "count" and bool(row.breakdown)
    return "percentage" if unit.value == "percent" or of_a_count else ""


def answer(held: AgencyReturn, row: FigureRow, figures: Figures) -> Answer:
    above, below = figures.numerator_of(row), figures.denominator_of(row)
    if kind(row) == "rate":
        made = rate_per(above, CHILDREN, catalogue()[row.indicator].unit.per_population, places_of(row.value))
    else:
        made = percentage(above, below, places_of(row.value))
    if made == row.value:
        return Answer(kind(row), row, REPRODUCED)
    if listed(held, row):
        return Answer(kind(row), row, FOUND)
    if above is None:
        return Answer(kind(row), row, BARE)
    assert below is None, f"{row} is neither reproduced ({made}) nor listed"
    assert fits_some_children(row.value, above), f"{row}: no number of children gives it"
    return Answer(kind(row), row, COUNT_ALONE)


def variance_answer(held: AgencyReturn, row: FigureRow) -> Answer:
    target = Target.objects.get(partnership=held.partnership, indicator=row.indicator)
    latest = held.figures.current().get(indicator=row.indicator, breakdown="", period_end=row.period.end)
    if variance(latest.value, target.value, places_of(row.published_variance)) == row.published_variance:
        return Answer("variance", row, REPRODUCED)
    assert held.faults.filter(rule="variance", indicator=row.indicator).exists(), f"{row} is not listed"
    return Answer("variance", row, FOUND)


def listed(held: AgencyReturn, row: FigureRow) -> bool:
    """Whether the return carries a finding about this very figure."""
    about = Fault.objects.filter(agency_return=held, rule__in=ABOUT_SUMS, indicator=row.indicator)
    about = about.filter(breakdown=row.breakdown)
    return about.filter(period_start=row.period.start, period_end=row.period.end).exists()


def fits_some_children(published: Decimal, count: Decimal) -> bool:
    half = half_unit(published)
    return ceil(count * 100 / (published + half)) <= floor(count * 100 / (published - half))


def summary(answers: list[Answer]) -> dict[tuple[str, str], int]:
    return dict(sorted(Counter((one.what, one.how) for one in answers).items()))
