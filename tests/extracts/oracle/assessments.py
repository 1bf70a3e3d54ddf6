"""Child and family assessments."""

from datetime import date

from .area import Area, Row, codes
from .calendar import working_days
from .people import NOT_RECORDED, aged_on

_OUTCOMES = (
    ("strategy discussion", {"STRATEGY_DISCUSSION_FLAG"}),
    ("legal action", {"LEGAL_ACTION_FLAG"}),
    ("child in need, update child's plan", {"CIN_PLAN_FLAG", "PROV_OF_SERVICES_FLAG"}),
    ("continue with CIN/CP/CLA", {"CLA_REQUEST_FLAG", "CONTINUE_ASSESSMENT_FLAG"}),
    ("step down to early help", {"STEP_DOWN_FLAG"}),
    ("referral to other agency", {"REFERRAL_TO_OTHER_AGENCY_FLAG"}),
)


def assessments(area: Area) -> list[Row]:
    """A row for each assessment that was authorised, on that day."""
    found = []
    for row in area.rows("ssd_cin_assessments"):
        start, end = row["cina_assessment_start_date"], row["cina_assessment_auth_date"]
        if end is None:
            continue
        taken = working_days(start, end) if start else None
        taken = None if taken is None or taken < 0 else taken
        factors = _factors(area, row)
        found.append(
            {
                "child": row["cina_person_id"],
                "on": end,
                "age_months": aged_on(row["age_months"], start, end),
                "team": row["cina_assessment_team"],
                "working_days": taken,
                "duration": _duration(taken),
                "child_seen": row["cina_assessment_child_seen"],
                "outcome": _outcome(row),
                "first_of_referral": _is_first(area, row),
                "factors": factors,
                "factors_recorded": bool(codes(factors)),
                "factor_count": len(codes(factors) - {"21"}) if factors is not None else None,
            }
        )
    return found


def _duration(days: int | None) -> str:
    if days is None:
        return NOT_RECORDED
    for limit, band in ((25, "0-25 days"), (40, "26-40 days"), (45, "41-45 days")):
        if days <= limit:
            return band
    return "46 or more days"


def _outcome(row: Row) -> str:
    outcomes = codes(row["cina_assessment_outcome_json"])
    for name, any_of in _OUTCOMES:
        if outcomes & any_of:
            return name
    if row["cina_assessment_outcome_nfa"] or "NFA_FLAG" in outcomes:
        return "no further action"
    return "other or not recorded"


def _is_first(area: Area, assessment: Row) -> bool:
    referral = assessment["cina_referral_id"]
    if referral is None:
        return False
    rivals = [
        (row["cina_assessment_start_date"] or date.max, row["cina_assessment_id"])
        for row in area.rows("ssd_cin_assessments")
        if row["cina_referral_id"] == referral
    ]
    return min(rivals)[1] == assessment["cina_assessment_id"]


def _factors(area: Area, assessment: Row) -> str | None:
    found = [
        row
        for row in area.rows("ssd_assessment_factors")
        if row["cinf_assessment_id"] == assessment["cina_assessment_id"]
    ]
    first = min(found, key=lambda row: row["cinf_table_id"], default=None)
    return None if first is None else first["cinf_assessment_factors_json"]


EVENTS = {"assessments": assessments, "assessments_and_factors": assessments}
