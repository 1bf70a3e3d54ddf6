"""The engine and the second implementation count the same, to the last whole number."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.extracts.engine.small_stores import write_store
from tests.extracts.oracle.area import Area
from tests.extracts.oracle.counting import EVENTS, STATES, count, periods
from tests.extracts.oracle.definitions import asked
from tests.extracts.oracle.invented.areas import STORIES, areas
from trefoil.extracts.engine import compute
from trefoil.extracts.engine.periods import KINDS
from trefoil.extracts.standard import load_tables
from trefoil.indicators.periods import parse_period

MONTHS, AREAS, CHILDREN = 24, 5, 40
# The indicators that each group of stories is told for: those of its subjects.
SUBJECTS = {
    "front door": ("contacts", "referrals", "referrals_and_early_help"),
    "early help": ("early_help", "early_help_begun", "early_help_ended", "early_help_requests"),
    "early help of the standard": ("early_help", "early_help_begun", "early_help_ended", "referrals_and_early_help"),
    "enquiries": (
        *("strategy_discussions", "section_47_enquiries", "section_47_ended"),
        *("conference_children", "conferences"),
    ),
    "assessments": ("assessments", "assessments_and_factors"),
    "missing": (
        *("missing_begun", "missing_ended", "missing_and_interviews", "vulnerable_adolescents", "exploitation"),
        *("exploitation_begun", "nrm_referrals", "panel_referrals", "youth_justice"),
    ),
    "need": ("children_in_need", "cin_plans", "cin_plan_starts", "cin_plan_ends"),
    "protection": ("cp_plans", "cp_plan_starts", "cp_plan_ends", "cp_plans_in_care"),
    "visits and reviews of plans": ("cp_plans_reviewed", "cp_review_conferences", "cp_plans_visited"),
    "care": ("care", "care_starts", "care_ends", "unaccompanied", "care_homes"),
    "visits to children in care": ("care_visited", "care_homes"),
    "reviews of care": ("care_reviews_due", "care_starts"),
    "health of children in care": ("care_health", "first_health_due", "care_in_year"),
    "young people": ("care_leavers", "private_fostering", "private_fostering_visited"),
}

Key = tuple[str, str, date, date, str, str]
Figures = dict[Key, tuple[int, int | None]]


def indicators(subjects: Iterable[str]) -> list[str]:
    """Every indicator that counts one of these subjects."""
    return [one.id for one in asked().values() if one.subject in subjects]


def latest(of_areas: list[Area]) -> date:
    """The last day of any of the extracts."""
    return max(area.as_at for area in of_areas)


def engine_figures(of_areas: list[Area], ids: list[str], breakdowns: Sequence[str]) -> Figures:
    """What the engine counts, without the written categories that nobody was in."""
    with TemporaryDirectory() as folder:
        stores = [
            write_store(
                Path(folder),
                area.tables,
                area=area.code,
                as_at=area.as_at,
                covers={
                    name: (area.reviews_from if name.endswith("_reviews") else date(2018, 1, 1), area.as_at)
                    for name, table in load_tables().items()
                    if table.event
                },
            )
            for area in of_areas
        ]
        populations = {area.code: area.populations for area in of_areas}
        results = compute(
            stores,
            as_at=latest(of_areas),
            indicators=ids,
            breakdowns=breakdowns,
            kinds=KINDS,
            months=MONTHS,
            populations=populations,
        )
        found: Figures = {}
        of_code = {code: parse_period(code) for code in results.table["period"].unique().to_pylist()}
        for row in results.table.to_pylist():  # numbers alone: their values are of no interest here
            period = of_code[row["period"]]
            key = (row["indicator"], row["area"], period.start, period.end, row["breakdown"], row["group"])
            assert key not in found, f"counted twice: {key}"
            found[key] = row["numerator"], row["denominator"]
        return found


def oracle_figures(of_areas: list[Area], ids: list[str], breakdowns: Sequence[str]) -> Figures:
    """What the second implementation counts."""
    spans = periods(latest(of_areas), MONTHS)
    return {
        (id_, area.code, *key): figure
        for id_ in ids
        for area in of_areas
        for key, figure in count(area, asked()[id_], spans, breakdowns).items()
    }


def _without_nobody(figures: Figures) -> Figures:
    """Without the groups of `by` that nobody was in: the engine gives 0 for those of a written list."""
    return {key: figure for key, figure in figures.items() if figure[0] or key[4] not in asked()[key[0]].by}


@pytest.mark.parametrize("told", STORIES)
@given(data=st.data())
@settings(max_examples=1, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_compute_agrees_with_the_second_implementation(told: str, data: st.DataObject) -> None:
    of_areas = data.draw(areas(told, AREAS, CHILDREN))
    # The simplest areas, in which nothing happens, come first and show nothing.
    assume(all(area.tables for area in of_areas))
    # Age and team are found in a way of its own for each subject; the others are the same for all.
    breakdowns = ("age_band", "team", data.draw(st.sampled_from(("locality", "sex", "ethnicity", "disability"))))
    ids = indicators(SUBJECTS[told])
    counted, expected = (figures(of_areas, ids, breakdowns) for figures in (engine_figures, oracle_figures))
    assert _without_nobody(counted) == _without_nobody(expected)


def test_compute_is_held_to_the_second_implementation_for_every_indicator() -> None:
    held = {one for subjects in SUBJECTS.values() for one in subjects}
    assert SUBJECTS.keys() == STORIES.keys()
    assert held == EVENTS.keys() | STATES.keys()
    assert [one.id for one in asked().values() if one.subject not in held] == []
