"""The children in need census: what is read from it, what is stored, and what is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake.shapes.cin import CIN
from trefoil.extracts.intake.shapes.cin_xml import read_census

from .building import context, report, stored

TAKEN = date(2026, 3, 31)
CHILD = """    <Child>
      <ChildIdentifiers>
        <LAchildID>C1</LAchildID>
        <UPN>A123456789012</UPN>
        <PersonBirthDate>2015-05-01</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities>
          <Disability>HEAR</Disability>
          <Disability>AUT</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-06-01</CINreferralDate>
        <ReferralSource>6</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2025-06-02</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>2025-07-10</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>3B</AssessmentFactors>
            <AssessmentFactors>4B</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates>
          <CINPlanStartDate>2025-07-11</CINPlanStartDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>2025-06-05</S47ActualStartDate>
          <InitialCPCtarget>2025-06-26</InitialCPCtarget>
          <DateOfInitialCPC>2025-06-24</DateOfInitialCPC>
          <ICPCnotRequired>0</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2025-06-24</CPPstartDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>2025-09-15</CPPreviewDate>
            <CPPreviewDate>2026-03-01</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>
"""


def census(*children: str, year: int = 2026, start: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    details = f"<Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>"
    header = f"<Header><CollectionDetails>{details}</CollectionDetails></Header>"
    return f"{start}<Message>\n  {header}\n  <Children>\n{''.join(children)}  </Children>\n</Message>\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "census.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rules(path: Path, **more: Any) -> list[tuple[str, str, int]]:
    return [(one.rule, one.column, one.row) for one in report(path, TAKEN, **more).findings]


def test_store_keeps_every_record_of_a_child(tmp_path: Path) -> None:
    tables = stored(written(tmp_path, census(CHILD)), TAKEN, tmp_path / "store")

    (person,), (referral,), (plan,) = tables["ssd_person"], tables["ssd_cin_episodes"], tables["ssd_cp_plans"]
    (enquiry,), (conference,) = tables["ssd_s47_enquiry"], tables["ssd_initial_cp_conference"]
    assert (person["pers_sex"], person["pers_ethnicity"], person["pers_age_months"]) == ("F", "WBRI", 130)
    assert referral["cine_referral_nfa"] is False
    assert (referral["cine_referral_source_code"], referral["cine_cin_primary_need_code"]) == ("6", "N1")
    assert {row["disa_disability_code"] for row in tables["ssd_disability"]} == {"HEAR", "AUT"}
    assert tables["ssd_assessment_factors"][0]["cinf_assessment_factors_json"] == ",3B,4B,"
    assert enquiry["s47e_referral_id"] == referral["cine_referral_id"] == plan["cppl_referral_id"]
    assert conference["icpc_s47_enquiry_id"] == enquiry["s47e_s47_enquiry_id"]
    assert conference["icpc_icpc_target_date"] == date(2025, 6, 26)
    assert conference["icpc_icpc_outcome_cp_flag"] is True
    assert conference["icpc_cp_plan_id"] == plan["cppl_cp_plan_id"]
    assert {row["cppr_cp_plan_id"] for row in tables["ssd_cp_reviews"]} == {plan["cppl_cp_plan_id"]}
    assert {row["cppr_cp_review_date"] for row in tables["ssd_cp_reviews"]} == {date(2025, 9, 15), date(2026, 3, 1)}


def test_store_keeps_no_day_of_birth_and_no_identifier(tmp_path: Path) -> None:
    stored(written(tmp_path, census(CHILD)), TAKEN, tmp_path / "store")

    kept = b"".join(file.read_bytes() for file in (tmp_path / "store").rglob("*") if file.is_file())
    assert all(value not in kept for value in (b"C1|", b"A123456789012", b"2015-05-01"))


def test_store_conference_without_a_plan_that_day_led_to_none(tmp_path: Path) -> None:
    other = CHILD.replace("<CPPstartDate>2025-06-24", "<CPPstartDate>2025-08-01")

    (row,) = stored(written(tmp_path, census(other)), TAKEN, tmp_path / "store")["ssd_initial_cp_conference"]

    assert row["icpc_icpc_outcome_cp_flag"] is False
    assert "icpc_cp_plan_id" not in row


def test_store_keeps_a_conference_that_the_referral_alone_tells_of(tmp_path: Path) -> None:
    moved = CHILD.replace("<Assessments>", "<DateOfInitialCPC>2025-06-20</DateOfInitialCPC><Assessments>", 1)
    same = moved.replace("2025-06-20", "2025-06-24")

    both = stored(written(tmp_path, census(moved)), TAKEN, tmp_path / "a")["ssd_initial_cp_conference"]
    once = stored(written(tmp_path, census(same)), TAKEN, tmp_path / "b")["ssd_initial_cp_conference"]

    assert sorted(("icpc_s47_enquiry_id" in row, row["icpc_icpc_date"]) for row in both) == [
        (False, date(2025, 6, 20)),
        (True, date(2025, 6, 24)),
    ]
    assert ["icpc_s47_enquiry_id" in row for row in once] == [True]


def test_store_tells_two_referrals_of_one_day_apart(tmp_path: Path) -> None:
    details = CHILD[CHILD.index("      <CINdetails>") : CHILD.index("    </Child>")]

    tables = stored(written(tmp_path, census(CHILD.replace(details, details * 2))), TAKEN, tmp_path / "store")

    assert len({row["cine_referral_id"] for row in tables["ssd_cin_episodes"]}) == 2
    assert len({row["cppl_cp_plan_id"] for row in tables["ssd_cp_plans"]}) == 2


@pytest.mark.parametrize(("code", "sex"), [("1", "M"), ("2", "F"), ("9", "U"), ("0", "U")])
def test_read_older_year_knows_gender_current(tmp_path: Path, code: str, sex: str) -> None:
    older = CHILD.replace("<Sex>F</Sex>", f"<GenderCurrent>{code}</GenderCurrent>")

    (row,) = stored(written(tmp_path, census(older, year=2022)), TAKEN, tmp_path / "store")["ssd_person"]

    assert row["pers_sex"] == sex


def test_read_census_of_2021_says_nothing_of_plans(tmp_path: Path) -> None:
    plans = CHILD[CHILD.index("        <CINPlanDates>") : CHILD.index("        <Section47>")]
    path = written(tmp_path, census(CHILD.replace(plans, ""), year=2021))

    assert "plans" not in {part.layout.name for part in CIN.parts(path, context(TAKEN))}
    assert "plans" in {part.layout.name for part in CIN.parts(written(tmp_path, census(CHILD)), context(TAKEN))}


def test_read_names_the_line_of_a_wrong_value(tmp_path: Path) -> None:
    wrong = CHILD.replace("<S47ActualStartDate>2025-06-05", "<S47ActualStartDate>2025-06-31")
    text = census(wrong)

    line = next(at for at, one in enumerate(text.splitlines(), start=1) if "<Section47>" in one)
    assert rules(written(tmp_path, text)) == [("date-unreadable", "S47ActualStartDate", line)]


def test_read_numbers_records_of_one_line_on(tmp_path: Path) -> None:
    text = census(CHILD, CHILD.replace("C1", "C2")).replace("\n", "")

    read = read_census(written(tmp_path, text))

    lines = [line for table in read.tables.values() for line in table.column("row_").to_pylist()]
    assert len(lines) == len(set(lines))
    assert read.tables["referrals"].column("child").to_pylist() == ["C1", "C2"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<Ethnicity>WBRI</Ethnicity>", "", ("blank-expected", "Ethnicity")),
        ("<LAchildID>C1</LAchildID>", "", ("blank", "LAchildID")),
        ("<ReferralSource>6<", "<ReferralSource>6A<", ("not-in-list", "ReferralSource")),
        ("<Ethnicity>WBRI</Ethnicity>", "<Ethnicity>WBRI</Ethnicity><Shoe>9</Shoe>", ("column-unknown", "Shoe")),
        ("<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex>", ("element-twice", "Sex")),
        ("<AssessmentFactors>4B<", "<AssessmentFactors>99<", ("not-in-list", "AssessmentFactors")),
        ("2025-07-10", "2025-06-01", ("dates-out-of-order", "AssessmentAuthorisationDate")),
    ],
)
def test_read_finds_what_is_wrong(tmp_path: Path, old: str, new: str, found: tuple[str, str]) -> None:
    path = written(tmp_path, census(CHILD.replace(old, new, 1)))

    assert found in {(rule, column) for rule, column, _ in rules(path)}


def test_read_passes_over_prefixes_and_name_spaces(tmp_path: Path) -> None:
    text = census(CHILD).replace("</", "</c:").replace("<Message", '<Message xmlns:c="urn:x"')
    text = "".join(f"<c:{piece}" if piece[:1].isalpha() else f"<{piece}" for piece in text.split("<"))[1:]

    assert read_census(written(tmp_path, text)).tables["children"].num_rows == 1


def test_read_refuses_another_collection(tmp_path: Path) -> None:
    path = written(tmp_path, census(CHILD).replace(">CIN<", ">SSDA903<"))

    assert [rule for rule, _, _ in rules(path)] == ["shape-unknown"]


def test_recognises_a_message_and_no_other_xml(tmp_path: Path) -> None:
    assert CIN.recognises(written(tmp_path, census(CHILD)))
    assert not CIN.recognises(written(tmp_path, "<html/>"))
    assert not CIN.recognises(tmp_path)


def test_covers_the_census_year(tmp_path: Path) -> None:
    covers = report(written(tmp_path, census(CHILD)), TAKEN).covers

    assert covers["ssd_cin_episodes"] == (date(2025, 4, 1), date(2026, 3, 31))
    assert "ssd_disability" not in covers


@given(st.lists(st.lists(st.integers(0, 3), max_size=3), min_size=1, max_size=8))
@settings(max_examples=10, deadline=None)
def test_read_counts_records_whatever_their_number(
    tmp_path_factory: pytest.TempPathFactory, shape: list[list[int]]
) -> None:
    """One number per referral: its assessments."""
    assessment = "<Assessments><AssessmentActualStartDate>2025-06-02</AssessmentActualStartDate></Assessments>\n"
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>C{at}</LAchildID></ChildIdentifiers>"
        + "".join(
            f"<CINdetails><CINreferralDate>2025-06-01</CINreferralDate>{assessment * count}</CINdetails>"
            for count in referrals
        )
        + "</Child>"
        for at, referrals in enumerate(shape)
    )

    tables = read_census(written(tmp_path_factory.mktemp("census"), census(children))).tables

    assert tables["children"].num_rows == len(shape)
    assert tables["referrals"].column("child").to_pylist() == [f"C{at}" for at, some in enumerate(shape) for _ in some]
    assert tables["assessments"].num_rows == sum(map(sum, shape))
    assert set(tables["assessments"].column("referral").to_pylist()) <= set(
        tables["referrals"].column("referral").to_pylist()
    )
