"""Child and family assessments, `on` the day they were authorised: a row for each of `ssd_cin_assessments` that was.

* `working_days`: working days after the start up to and including the day of authorisation; unknown without a start,
  or when negative. Working Together to Safeguard Children 2023, chapter 3 (and 2018, chapter 1) allows 45 working
  days; the children in need census and DfE's published measure count from the start of the assessment, and so does
  this.
* `duration`: `0-25 days`, `26-40 days`, `41-45 days`, `46 or more days`, `not recorded`.
* `outcome`: the first that fits of the outcomes: `strategy discussion` (STRATEGY_DISCUSSION), `legal action`
  (LEGAL_ACTION), `child in need, update child's plan` (CIN_PLAN, PROV_OF_SERVICES), `continue with CIN/CP/CLA`
  (CLA_REQUEST, CONTINUE_ASSESSMENT), `step down to early help` (STEP_DOWN), `referral to other agency`
  (REFERRAL_TO_OTHER_AGENCY), `no further action` (NFA, or the flag of its own), else `other or not recorded`.
* `first_of_referral`: of the assessments that name one referral, authorised or not, it comes first by start date and
  on one day by `cina_assessment_id`; one without a start date comes last. An assessment that names no referral is
  not.
* `factors`: the codes of its row in `ssd_assessment_factors` (of several rows, that with the lowest `cinf_table_id`).
  `factors_recorded`: it holds any code. `factor_count`: how many, without 21 (no factors identified).
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import age_at_end, banded, first_of_each, has, with_working_days
from .shape import Column, Subject

_DURATIONS = {"0-25 days": 25, "26-40 days": 40, "41-45 days": 45, "46 or more days": None}
_OUTCOMES = {
    "strategy discussion": ("STRATEGY_DISCUSSION_FLAG",),
    "legal action": ("LEGAL_ACTION_FLAG",),
    "child in need, update child's plan": ("CIN_PLAN_FLAG", "PROV_OF_SERVICES_FLAG"),
    "continue with CIN/CP/CLA": ("CLA_REQUEST_FLAG", "CONTINUE_ASSESSMENT_FLAG"),
    "step down to early help": ("STEP_DOWN_FLAG",),
    "referral to other agency": ("REFERRAL_TO_OTHER_AGENCY_FLAG",),
}
_NFA, _NONE, _NOT_RECORDED = "no further action", "other or not recorded", "not recorded"


def _assessments(tables: Tables) -> ir.Table:
    rows = with_working_days(
        _in_order(tables["ssd_cin_assessments"]),
        tables,
        "elapsed",
        "cina_assessment_start_date",
        "cina_assessment_auth_date",
    )
    working = ibis.ifelse(rows.elapsed >= 0, rows.elapsed, None)
    nfa = has(rows.cina_assessment_outcome_json, "NFA_FLAG") | rows.cina_assessment_outcome_nfa.fill_null(False)
    outcomes = [(has(rows.cina_assessment_outcome_json, *codes), label) for label, codes in _OUTCOMES.items()]
    return rows.filter(rows.cina_assessment_auth_date.notnull()).select(
        area="area",
        child="cina_person_id",
        on="cina_assessment_auth_date",
        age_months=age_at_end(rows.age_months, rows.cina_assessment_start_date, rows.cina_assessment_auth_date),
        team="cina_assessment_team",
        working_days=working,
        duration=banded(working, _DURATIONS, _NOT_RECORDED),
        child_seen=rows.cina_assessment_child_seen,
        outcome=ibis.cases(*outcomes, (nfa, _NFA), else_=_NONE),
        first_of_referral=rows.cina_referral_id.notnull() & (rows.place == 0),
    )


def _in_order(rows: ir.Table) -> ir.Table:
    began = rows.cina_assessment_start_date.fill_null(ibis.date("2999-12-31"))
    dated = rows.mutate(began=began)
    place = ibis.row_number().over(group_by=["area", "cina_referral_id"], order_by=["began", "cina_assessment_id"])
    return dated.mutate(place=place)


def _with_factors(tables: Tables) -> ir.Table:
    all_rows, factors = tables["ssd_cin_assessments"], tables["ssd_assessment_factors"]
    began, authorised = all_rows.cina_assessment_start_date, all_rows.cina_assessment_auth_date
    rows = all_rows.filter(authorised.notnull()).select(
        area="area",
        child="cina_person_id",
        on="cina_assessment_auth_date",
        id="cina_assessment_id",
        age_months=age_at_end(all_rows.age_months, began, authorised),
        team="cina_assessment_team",
    )
    one = first_of_each(factors, ["area", "cinf_assessment_id"], ["cinf_table_id"]).select(
        of_area="area", of_assessment="cinf_assessment_id", factors="cinf_assessment_factors_json"
    )
    joined = rows.left_join(one, [rows.area == one.of_area, rows.id == one.of_assessment])
    codes = joined.factors.length() - joined.factors.replace(",", "").length() - 1
    none_found = has(joined.factors, "21").cast("int64")
    return joined.mutate(
        factors_recorded=(codes > 0).fill_null(False),
        factor_count=ibis.ifelse(codes > 0, codes - none_found, None).cast("int64"),
    )


_ASSESSMENT, _FACTORS = "ssd_cin_assessments.", "ssd_assessment_factors.cinf_assessment_factors_json"
_NEEDS = (_ASSESSMENT + "cina_person_id", _ASSESSMENT + "cina_assessment_auth_date")
_START = _ASSESSMENT + "cina_assessment_start_date"
_OUTCOME = _ASSESSMENT + "cina_assessment_outcome_json"
_TEAM = _ASSESSMENT + "cina_assessment_team"

ASSESSMENTS = Subject(
    name="assessments",
    kind="events",
    needs=_NEEDS,
    build=_assessments,
    columns={
        "working_days": Column("number", (_START,)),
        "duration": Column("code", (_START,), (*_DURATIONS, _NOT_RECORDED)),
        "child_seen": Column("flag", (_ASSESSMENT + "cina_assessment_child_seen",)),
        "outcome": Column("code", (_OUTCOME,), (*_OUTCOMES, _NFA, _NONE)),
        "first_of_referral": Column("flag", (_ASSESSMENT + "cina_referral_id", _START), looks_back_months=12),
    },
    team=_TEAM,
)
ASSESSMENTS_AND_FACTORS = Subject(
    name="assessments_and_factors",
    kind="events",
    needs=(*_NEEDS, _FACTORS),
    build=_with_factors,
    columns={
        "factors": Column("codes"),
        "factors_recorded": Column("flag"),
        "factor_count": Column("number"),
    },
    team=_TEAM,
)

SUBJECTS = (ASSESSMENTS, ASSESSMENTS_AND_FACTORS)
