"""Invented boroughs are near the published figures of the area they are like: read here from the national pack itself.

How near: within 8 per cent, and beyond that three standard deviations of a count of children who come in families
(twice the scatter of single ones). Percentages: within 3 points and three standard deviations.
"""

from functools import cache
from math import sqrt

import numpy as np
import pytest

from trefoil.extracts.synthesis.days import bank_holidays
from trefoil.indicators.national.reader import read_areas, read_counts, read_populations, read_published

from .boroughs import asked, borough, one

AREAS = ("Barnet", "Manchester", "Hartlepool")
YEARS = 3


@cache
def code_of(name: str) -> str:
    return next(area.code for area in read_areas() if area.name == name)


@cache
def children_in(name: str) -> int:
    held = [each for each in read_populations() if each.area_code == code_of(name) and each.children is not None]
    return max(held, key=lambda each: each.mid_year).children or 0


@cache
def counted(name: str, table: str, item: str) -> float:
    """The newest published figure of a table of counts."""
    found = [each for each in read_counts(table) if (each.area_code, each.item) == (code_of(name), item)]
    return float(max((each.year, each.value) for each in found if each.value is not None)[1])


@cache
def measured(name: str, measure: str) -> float:
    """The newest published figure of a measure."""
    found = [each for each in read_published({measure}) if each.area_code == code_of(name) and each.value is not None]
    return float(max(found, key=lambda each: each.year or 0).value or 0)


def near_count(found: float, published: float, years: int = YEARS) -> bool:
    return abs(found - published) <= 0.08 * published + 3 * sqrt(2 * published / years) + 1


def near_share(found: float, published: float, of: float) -> bool:
    scatter = sqrt(2 * max(published, 1) * (100 - published) / max(of, 1))
    return abs(found - published) <= 3 + 3 * scatter


@pytest.mark.parametrize("name", AREAS)
def test_levels_of_flows(name: str) -> None:
    tables, per_child = borough(name), children_in(name) / 10_000
    since = "'2023-11-01'"
    flows = {
        "cine_referral_date FROM ssd_cin_episodes": counted(name, "referrals", "referral_count"),
        "s47e_s47_start_date FROM ssd_s47_enquiry": measured(name, "Section_47") * per_child,
        "icpc_icpc_date FROM ssd_initial_cp_conference": measured(name, "ISCP_Conf") * per_child,
        "cppl_cp_plan_start_date FROM ssd_cp_plans": counted(name, "plans_started", "cpp_start"),
        "min(clae_cla_episode_start_date) FROM ssd_cla_episodes GROUP BY clae_cla_id": counted(
            name, "looked_after", "starting_count"
        ),
    }
    for what, published in flows.items():
        column, _, table = what.partition(" FROM ")
        found = one(tables, f"SELECT count(*) FROM (SELECT {column} AS day FROM {table}) WHERE day >= {since}") / YEARS
        assert near_count(found, published), (what, found, published)


@pytest.mark.parametrize("name", AREAS)
def test_levels_of_numbers_open_from_the_first_month_to_the_last(name: str) -> None:
    tables = borough(name)
    stocks = {
        "cine_referral_date AS a, cine_close_date AS b FROM ssd_cin_episodes WHERE cine_referral_nfa = 'N'": counted(
            name, "children_in_need", "at31_episodes"
        ),
        "cppl_cp_plan_start_date AS a, cppl_cp_plan_end_date AS b FROM ssd_cp_plans": counted(
            name, "plans_by_duration", "cpp_at31"
        ),
        "min(clae_cla_episode_start_date) AS a, CASE WHEN bool_or(clae_cla_episode_ceased_date IS NULL) THEN NULL"
        " ELSE max(clae_cla_episode_ceased_date) END AS b FROM ssd_cla_episodes GROUP BY clae_cla_id": counted(
            name, "looked_after", "at_31_march_count"
        ),
    }
    for what, published in stocks.items():
        for day in ("2023-11-05", "2025-04-30", "2026-10-31"):
            found = one(
                tables, f"SELECT count(*) FROM (SELECT {what}) WHERE a <= '{day}' AND coalesce(b, '9') > '{day}'"
            )
            assert near_count(found, published, years=1), (what, day, found, published)


@pytest.mark.parametrize("name", AREAS)
def test_levels_of_shares(name: str) -> None:
    tables = borough(name)
    referrals = counted(name, "referrals", "referral_count")
    # A return is looked for in the second and third year, when the year before is in the extract as well.
    again = one(
        tables,
        "SELECT 100 * avg((before > day - INTERVAL 1 YEAR)::int) FROM (SELECT cine_referral_date::date AS day,"
        " coalesce(lag(cine_referral_date::date) OVER (PARTITION BY cine_person_id ORDER BY cine_referral_date),"
        " DATE '1900-01-01') AS before FROM ssd_cin_episodes) WHERE day >= DATE '2024-11-01'",
    )
    assert near_share(again, measured(name, "ReReferral"), referrals * 2)
    second = one(
        tables,
        "SELECT 100 * avg((place > 1)::int) FROM (SELECT cppl_cp_plan_start_date AS day, row_number() OVER"
        " (PARTITION BY cppl_person_id ORDER BY cppl_cp_plan_start_date) AS place FROM ssd_cp_plans)"
        " WHERE day >= '2023-11-01'",
    )
    plans = counted(name, "plans_started", "cpp_start") * YEARS
    assert near_share(second, measured(name, "PrevRegCPR"), plans)
    for code, measure in (("6", "RefBySource_Police_%"), ("2A", "RefBySource_Schl_%")):
        like = "= '6'" if code == "6" else "IN ('2A', '2B')"
        found = one(
            tables,
            f"SELECT 100 * avg((cine_referral_source_code {like})::int) FROM ssd_cin_episodes"
            " WHERE cine_referral_date >= '2023-11-01'",
        )
        assert near_share(found, measured(name, measure), referrals * YEARS)


def in_time(tables: dict[str, object], question: str, most: int) -> tuple[float, int]:
    """The percentage of pairs of dates no more than so many working days apart, and how many there are."""
    pairs = np.array(asked(tables, question), dtype="datetime64[D]")  # type: ignore[arg-type]
    days = np.busday_count(pairs[:, 0], pairs[:, 1], holidays=bank_holidays(2020, 2028))
    return float((days <= most).mean() * 100), len(days)


@pytest.mark.parametrize("name", AREAS)
def test_levels_of_time_taken(name: str) -> None:
    tables = borough(name)
    found, of = in_time(
        tables,
        "SELECT cina_assessment_start_date, cina_assessment_auth_date FROM ssd_cin_assessments"
        " WHERE cina_assessment_auth_date IS NOT NULL",
        45,
    )
    assert near_share(found, measured(name, "Continue_Assess_Comp"), of)
    found, of = in_time(
        tables,
        "SELECT s47e_s47_start_date, icpc_icpc_date FROM ssd_initial_cp_conference"
        " JOIN ssd_s47_enquiry ON s47e_s47_enquiry_id = icpc_s47_enquiry_id WHERE icpc_icpc_date >= '2023-11-01'",
        15,
    )
    assert near_share(found, measured(name, "CP_conf_15days"), of)


@pytest.mark.parametrize("name", AREAS)
def test_levels_of_contacts_leavers_and_missing_children(name: str) -> None:
    tables = borough(name)
    ratio = one(tables, "SELECT count(*) FROM ssd_contacts") / YEARS / counted(name, "referrals", "referral_count")
    assert ratio == pytest.approx(4.77 if name == "Barnet" else 4.0, abs=0.1)
    grown = "pers_dob::date + INTERVAL"
    leavers = one(
        tables,
        "SELECT count(*) FROM ssd_care_leavers JOIN ssd_person ON pers_person_id = clea_person_id WHERE"
        f" {grown} 19 YEAR <= DATE '2026-10-31' AND {grown} 22 YEAR > DATE '2026-10-31'",
    )
    assert leavers == pytest.approx(measured(name, "NoCareLeavers"), rel=0.1, abs=4)
    missing = one(
        tables,
        "SELECT count(DISTINCT miss_person_id) FROM ssd_missing WHERE miss_missing_episode_start_date > '2025-10-31'"
        " AND miss_missing_episode_type = 'M' AND miss_person_id IN (SELECT clae_person_id FROM ssd_cla_episodes)",
    )
    in_year = counted(name, "looked_after", "at_31_march_count") + counted(name, "looked_after", "starting_count")
    assert near_share(100 * missing / in_year, measured(name, "Children_missing"), in_year)


def test_referrals_follow_the_school_year() -> None:
    """August is the quietest month but for December, each year; weekends are nearly empty."""
    months = dict(
        asked(
            borough("Manchester"),
            "SELECT cine_referral_date[6:7] AS month, count(*) FROM ssd_cin_episodes"
            " WHERE cine_referral_date >= '2023-11-01' GROUP BY 1",
        )
    )
    usual = sorted(months.values())[len(months) // 2]
    assert months["08"] < 0.85 * usual
    assert {month for month, _ in sorted(months.items(), key=lambda each: each[1])[:2]} == {"08", "12"}
    weekend = one(
        borough("Manchester"),
        "SELECT avg((isodow(cine_referral_date::date) > 5)::int) FROM ssd_cin_episodes"
        " WHERE cine_referral_date >= '2023-11-01'",
    )
    assert 0 < weekend < 0.04
