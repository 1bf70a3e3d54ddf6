"""The tables that the children in need census carries, as SELECTs over its checked records. Pure.

The census gives records no identifiers. A referral is known by its child, its day and which of that day it is (made
by the reader); what stands in a referral, by the referral, its own day and which of that day it is.
"""

from collections.abc import Mapping

from ..layouts import View
from .specification import select


def _numbered(kind: str, on: str) -> str:
    return (
        f"concat_ws('|', \"referral\", '{kind}', CAST({on} AS VARCHAR),"
        f' row_number() OVER (PARTITION BY "referral", {on} ORDER BY row_))'
    )


_ASSESSMENT = _numbered("assessment", '"AssessmentActualStartDate"')
_ENQUIRY = _numbered("s47", '"S47ActualStartDate"')
# A plan is named by its day alone, as the reader names it for the plan's reviews.
_PLAN = "concat_ws('|', \"referral\", 'plan', strftime(\"CPPstartDate\", '%Y-%m-%d'))"


def tables(views: Mapping[str, View]) -> dict[str, str]:
    """Per table a SELECT; only those whose records the file has."""
    makers = {
        "children": _children,
        "referrals": _referrals,
        "assessments": _assessments,
        "plans": _plans,
        "protection_plans": _protection_plans,
        "reviews": _reviews,
    }
    found: dict[str, str] = {}
    for name, make in makers.items():
        if name in views:
            found |= make(views[name])
    return found | _enquiries(views)


def _children(view: View) -> dict[str, str]:
    fields = {
        "pers_person_id": '"LAchildID"',
        "pers_sex": '"Sex"',
        "pers_ethnicity": '"Ethnicity"',
        "pers_dob": '"PersonBirthDate"',
        "pers_death_date": '"PersonDeathDate"',
        "pers_upn_unknown": '"UPNunknown"',
    }
    found = {"ssd_person": select(view, fields)}
    if "Disability" in view.carries:
        found["ssd_disability"] = f"""
            SELECT child AS disa_person_id, concat_ws('|', child, 'disability', code) AS disa_table_id,
                   code AS disa_disability_code
            FROM (
                SELECT DISTINCT "LAchildID" AS child, unnest(string_split(trim("Disability", ','), ',')) AS code
                FROM {view}
            )
            WHERE code <> ''"""
    return found


def _referrals(view: View) -> dict[str, str]:
    fields = {
        "cine_referral_id": '"referral"',
        "cine_person_id": '"child"',
        "cine_referral_date": '"CINreferralDate"',
        "cine_referral_source_code": '"ReferralSource"',
        "cine_cin_primary_need_code": '"PrimaryNeedCode"',
        "cine_close_date": '"CINclosureDate"',
        "cine_close_reason": '"ReasonForClosure"',
        "cine_referral_nfa": '"ReferralNFA"',
    }
    return {"ssd_cin_episodes": select(view, fields)}


def _assessments(view: View) -> dict[str, str]:
    fields = {
        "cina_assessment_id": _ASSESSMENT,
        "cina_person_id": '"child"',
        "cina_referral_id": '"referral"',
        "cina_assessment_start_date": '"AssessmentActualStartDate"',
        "cina_assessment_auth_date": '"AssessmentAuthorisationDate"',
    }
    found = {"ssd_cin_assessments": select(view, fields)}
    if "AssessmentFactors" in view.carries:
        factors = {
            "cinf_table_id": f"{_ASSESSMENT} || '|factors'",
            "cinf_assessment_id": _ASSESSMENT,
            "cinf_assessment_factors_json": '"AssessmentFactors"',
        }
        rows = select(view, factors)
        found["ssd_assessment_factors"] = f"SELECT * FROM ({rows}) WHERE cinf_assessment_factors_json IS NOT NULL"
    return found


def _plans(view: View) -> dict[str, str]:
    fields = {
        "cinp_cin_plan_id": _numbered("cin plan", '"CINPlanStartDate"'),
        "cinp_referral_id": '"referral"',
        "cinp_person_id": '"child"',
        "cinp_cin_plan_start_date": '"CINPlanStartDate"',
        "cinp_cin_plan_end_date": '"CINPlanEndDate"',
    }
    return {"ssd_cin_plans": select(view, fields)}


def _protection_plans(view: View) -> dict[str, str]:
    fields = {
        "cppl_cp_plan_id": _PLAN,
        "cppl_referral_id": '"referral"',
        "cppl_person_id": '"child"',
        "cppl_cp_plan_start_date": '"CPPstartDate"',
        "cppl_cp_plan_end_date": '"CPPendDate"',
        "cppl_cp_plan_initial_category": '"InitialCategoryOfAbuse"',
        "cppl_cp_plan_latest_category": '"LatestCategoryOfAbuse"',
    }
    return {"ssd_cp_plans": select(view, fields)}


def _reviews(view: View) -> dict[str, str]:
    fields = {
        "cppr_cp_review_id": "concat_ws('|', \"plan\", 'review', CAST(\"CPPreviewDate\" AS VARCHAR),"
        ' row_number() OVER (PARTITION BY "plan", "CPPreviewDate" ORDER BY row_))',
        "cppr_person_id": '"child"',
        "cppr_cp_plan_id": '"plan"',
        "cppr_cp_review_date": '"CPPreviewDate"',
    }
    return {"ssd_cp_reviews": select(view, fields)}


def _enquiries(views: Mapping[str, View]) -> dict[str, str]:
    """Section 47 enquiries, and the conferences: those of an enquiry, and those that a referral tells of without one
    (a child who moved in on a plan). A conference led to a plan when a plan of the referral began that very day,
    which is how the census dates a plan."""
    found = {}
    rows = []
    if "section47" in views:
        view = views["section47"]
        enquiry = {
            "s47e_s47_enquiry_id": _ENQUIRY,
            "s47e_referral_id": '"referral"',
            "s47e_person_id": '"child"',
            "s47e_s47_start_date": '"S47ActualStartDate"',
        }
        found["ssd_s47_enquiry"] = select(view, enquiry)
        rows.append(
            f"""SELECT {_ENQUIRY} AS enquiry, "referral" AS referral, "child" AS child, "InitialCPCtarget" AS target,
                       "DateOfInitialCPC" AS held FROM {view}"""
        )
    if "referrals" in views:
        rows.append(
            'SELECT NULL AS enquiry, "referral" AS referral, "child" AS child, NULL AS target,'
            f' "DateOfInitialCPC" AS held FROM {views["referrals"]}'
        )
    if not rows:
        return found
    return found | {"ssd_initial_cp_conference": _conferences(" UNION ALL ".join(rows), views.get("protection_plans"))}


def _conferences(rows: str, plans: View | None) -> str:
    # One conference a day for a referral: the row of an enquiry is kept before that of the referral itself.
    once = f"""(SELECT * FROM ({rows}) WHERE held IS NOT NULL
                QUALIFY row_number() OVER (PARTITION BY referral, held ORDER BY enquiry NULLS LAST) = 1)"""
    base = """SELECT concat_ws('|', c.referral, 'conference', CAST(c.held AS VARCHAR)) AS icpc_icpc_id,
                     c.enquiry AS icpc_s47_enquiry_id, c.child AS icpc_person_id, c.referral AS icpc_referral_id,
                     c.target AS icpc_icpc_target_date, c.held AS icpc_icpc_date"""
    if plans is None:
        return f"{base} FROM {once} c"
    begun = f'(SELECT DISTINCT {_PLAN} AS plan, "referral" AS referral, "CPPstartDate" AS began FROM {plans})'
    return f"""{base}, p.plan IS NOT NULL AS icpc_icpc_outcome_cp_flag, p.plan AS icpc_cp_plan_id
               FROM {once} c LEFT JOIN {begun} p ON p.referral = c.referral AND p.began = c.held"""
