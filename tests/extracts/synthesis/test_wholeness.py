"""Keys, references and dates hold in every borough, and everything in it is invented."""

import dataclasses
from datetime import date

import pyarrow
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trefoil.extracts.standard import load_tables
from trefoil.extracts.synthesis import profile_for, synthesise
from trefoil.extracts.synthesis.borough import window
from trefoil.extracts.synthesis.people import names

from .boroughs import AS_AT, asked, borough, one
from .wholeness import faults_of

NOT_MADE = {
    "ssd_ehcp_active_plans",
    "ssd_ehcp_assessment",
    "ssd_ehcp_named_plan",
    "ssd_ehcp_requests",
    "ssd_sen_need",
    "ssd_send",
    "ssd_voice_of_child",
}


@pytest.mark.parametrize("name", ["Fairmead", "Isles of Scilly"])
def test_synthesise_gives_a_whole_borough(name: str) -> None:
    assert faults_of(borough(name), *window(AS_AT, 3)) == []


# The two examples once ended in an error: next to no referrals, and nobody in care.
@example(seed=0, years=1, as_at=date(2021, 1, 1), changed={"referrals": 1})
@example(seed=0, years=1, as_at=date(2021, 1, 1), changed={"referrals": 1, "alone_started_pct": 0, "care_open": 0})
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    years=st.integers(1, 2),
    as_at=st.dates(date(2021, 1, 1), date(2027, 12, 31)),
    changed=st.fixed_dictionaries(
        {},
        optional={
            "referrals": st.integers(1, 400),
            "rereferral_pct": st.integers(0, 45),
            "nfa_pct": st.integers(0, 40),
            "not_in_need_pct": st.integers(0, 59),
            "plans_started": st.integers(0, 90),
            "plans_open": st.integers(0, 120),
            "plans_second_pct": st.integers(0, 60),
            "in_need_open": st.integers(0, 700),
            "care_started": st.integers(0, 60),
            "care_open": st.integers(0, 200),
            "alone_started_pct": st.integers(0, 100),
            "conferences_rate": st.integers(0, 300),
            "section47_rate": st.integers(0, 900),
            "early_help_per_1000": st.integers(0, 80),
            "contacts_per_referral": st.integers(0, 9),
        },
    ),
)
def test_synthesise_holds_together_at_any_levels(seed: int, years: int, as_at: date, changed: dict[str, float]) -> None:
    profile = profile_for("Rutland")
    strange = dataclasses.replace(profile, levels={**profile.levels, **changed})
    tables = synthesise(strange, years=years, seed=seed, as_at=as_at)
    assert faults_of(tables, *window(as_at, years)) == []


def test_faults_of_finds_planted_ones() -> None:
    tables = dict(borough("Rutland", years=1))
    people, plans = tables["ssd_person"], tables["ssd_cp_plans"]
    tables["ssd_person"] = pyarrow.concat_tables([people.slice(1), people.slice(5, 1)])
    begun = plans["cppl_cp_plan_start_date"]
    tables["ssd_cp_plans"] = plans.set_column(5, "cppl_cp_plan_end_date", pyarrow.array(["1999-01-01"] * len(begun)))
    found = faults_of(tables, date(2026, 10, 1), AS_AT)
    assert "ssd_person.pers_person_id is not unique" in found
    assert any(fault.startswith("ssd_address.addr_person_id") for fault in found)
    assert f"ssd_cp_plans: {len(begun)} rows end before they begin" in found
    assert any(fault.startswith("ssd_contacts") and "over before the window" in fault for fault in found)


def test_every_table_of_the_store_is_made_or_left_out_on_purpose() -> None:
    tables = borough("Rutland", years=1)
    assert set(tables) == (set(load_tables()) - NOT_MADE) | {"localities"}
    for name, table in load_tables().items():
        if name in tables:
            assert tables[name].column_names == [field.name for field in table.fields]
            assert set(tables[name].schema.types) == {pyarrow.string()}


def test_every_name_is_from_the_list_of_invented_ones() -> None:
    tables = borough("Barnet")
    people, workers = tables["ssd_person"], tables["ssd_professionals"]
    assert set(people["pers_forename"].to_pylist()) <= set(names()["forenames"])
    assert set(people["pers_surname"].to_pylist()) <= set(names()["surnames"])
    both = {f"{first} {last}" for first in names()["forenames"] for last in names()["surnames"]}
    assert set(workers["prof_professional_name"].to_pylist()) <= both
    assert len(set(people["pers_surname"].to_pylist())) == len(names()["surnames"])


def test_brothers_and_sisters_share_family_and_surname() -> None:
    tables = borough("Barnet")
    sizes = asked(
        tables,
        "SELECT count(*) AS n, count(DISTINCT pers_surname) AS s FROM ssd_family"
        " JOIN ssd_person ON pers_person_id = fami_person_id GROUP BY fami_family_id",
    )
    assert max(names_of_one for _, names_of_one in sizes) == 1
    assert 0.2 < sum(1 for n, _ in sizes if n > 1) / len(sizes) < 0.8


def test_identifiers_carry_the_mark_and_postcodes_are_of_no_place() -> None:
    tables = borough("Barnet")
    for name, table in tables.items():
        for field in load_tables()[name].fields if name in load_tables() else ():
            if field.kept == "id":
                assert {str(value)[:8] for value in table[field.name].drop_null().to_pylist()} <= {"SYN-302-"}
    codes = set(tables["ssd_address"]["addr_address_postcode"].to_pylist())
    assert {code[:2] for code in codes} == {"ZZ"}
    assert {code.split()[0] for code in codes} == set(tables["localities"]["postcode"].to_pylist())


def test_localities_differ_in_how_many_children_are_known() -> None:
    counts = asked(
        borough("Fairmead"),
        "SELECT left(addr_address_postcode, 3), count(*) AS n FROM ssd_address GROUP BY 1 ORDER BY n",
    )
    assert len(counts) == 5
    assert counts[-1][1] > 1.8 * counts[0][1]


def test_journey_leads_from_contact_to_plan() -> None:
    """Each plan goes back to a conference, an enquiry and a referral; each referral to a contact."""
    tables = borough("Barnet")
    plans = one(tables, "SELECT count(*) FROM ssd_cp_plans WHERE cppl_cp_plan_start_date >= '2023-12-01'")
    linked = one(
        tables,
        "SELECT count(*) FROM ssd_cp_plans JOIN ssd_initial_cp_conference ON icpc_icpc_id = cppl_icpc_id"
        " JOIN ssd_s47_enquiry ON s47e_s47_enquiry_id = icpc_s47_enquiry_id"
        " JOIN ssd_cin_episodes ON cine_referral_id = s47e_referral_id"
        " WHERE cppl_cp_plan_start_date >= '2023-12-01' AND cppl_person_id = cine_person_id"
        " AND cine_referral_date <= s47e_s47_start_date AND s47e_s47_start_date <= icpc_icpc_date"
        " AND icpc_icpc_date = cppl_cp_plan_start_date",
    )
    assert linked == plans > 600
    unannounced = one(
        tables,
        "SELECT count(*) FROM ssd_cin_episodes WHERE cine_referral_date >= '2023-11-10' AND NOT EXISTS"
        " (FROM ssd_contacts WHERE cont_person_id = cine_person_id"
        " AND cine_referral_date::date - cont_contact_date::date BETWEEN 0 AND 6)",
    )
    assert unannounced == 0
