"""The tables that Annex A carries, as SELECTs over its checked lists. Pure.

Annex A gives rows no identifiers. Ours are made of what tells a row apart (child, day, and which of that day), so that
the next workbook gives the same row the same identifier.
"""

from collections.abc import Iterator, Mapping

from ..layouts import View
from .annex_a_layouts import CHILD, NOT_KNOWN, layouts, number
from .specification import carried, select

Views = Mapping[str, View]
_CHILD = f'"{CHILD}"'
_TEAM = "nullif(trim(\"Allocated Team\"), '')"
_WORKER = "nullif(trim(\"Allocated Worker\"), '')"
_CONTACT = '"Date of Contact"'
_EARLY = '"Assessment start date"'
_ASSESSED = '"Continuous Assessment Start Date"'
_STRATEGY = '"Strategy discussion initiating Section 47 Enquiry Start Date"'
_CONFERENCE = '"Date of Initial Child Protection Conference"'
_PLANNED = '"Child Protection Plan Start Date"'
_DISABLED = "Does the Child have a Disability"


def identifier(*parts: str) -> str:
    """An identifier out of the child, a day, and the how manyth row of the child with that day."""
    days = ", ".join(parts)
    return (
        f"concat_ws('|', {_CHILD}, {', '.join(f'CAST({part} AS VARCHAR)' for part in parts)},"
        f" row_number() OVER (PARTITION BY {_CHILD}, {days} ORDER BY row_))"
    )


def yes(column: str) -> str:
    """A yes or no as BOOLEAN; "unknown" is null."""
    return f"CASE \"{column}\" WHEN 'Y' THEN true WHEN 'N' THEN false END"


def person(views: Views) -> str | None:
    """One row per child out of all lists: what an earlier list says counts first; a known value before an unknown
    one."""
    rows = list(_children(views, {"sex": "Gender", "ethnicity": "Ethnicity", "born": "Date of Birth"}))
    if not rows:
        return None
    return f"""
        SELECT child AS pers_person_id,
               coalesce(first(sex ORDER BY list, row_) FILTER (sex <> 'U'),
                        first(sex ORDER BY list, row_) FILTER (sex IS NOT NULL))
                   AS pers_sex,
               coalesce(first(ethnicity ORDER BY list, row_) FILTER (ethnicity <> 'NOBT'),
                        first(ethnicity ORDER BY list, row_) FILTER (ethnicity IS NOT NULL)) AS pers_ethnicity,
               first(born ORDER BY list, row_) FILTER (born IS NOT NULL) AS pers_dob
        FROM ({" UNION ALL ".join(rows)}) GROUP BY child"""


def disability(views: Views) -> str | None:
    """One row per child with an answer. Annex A says yes or no and no kind: yes is kept as DDA, a disability of no
    named kind. Yes in one list outweighs no in another."""
    rows = list(_children(views, {"answer": _DISABLED}, needs=_DISABLED))
    if not rows:
        return None
    return f"""
        SELECT child AS disa_person_id, concat(child, '|disability') AS disa_table_id,
               CASE WHEN bool_or(answer = 'Y') THEN 'DDA' ELSE 'NONE' END AS disa_disability_code
        FROM ({" UNION ALL ".join(rows)}) WHERE answer IN ('Y', 'N') GROUP BY child"""


def department(views: Views) -> str | None:
    """The names of all teams. A team's name is its identifier."""
    rows = [
        f"SELECT {_TEAM} AS team FROM {view}"
        for layout in layouts()
        if (view := views.get(layout.name)) and carried(view, _TEAM)
    ]
    if not rows:
        return None
    union = " UNION ".join(rows)
    return f"SELECT team AS dept_team_id, team AS dept_team_name FROM ({union}) WHERE team IS NOT NULL"


def _children(views: Views, columns: Mapping[str, str], *, needs: str = "") -> Iterator[str]:
    for layout in layouts():
        view = views.get(layout.name)
        if view is None or not carried(view, _CHILD) or (needs and needs not in view.carries):
            continue
        taken = [
            f'"{column}" AS {name}' if column in view.carries else f"NULL AS {name}" for name, column in columns.items()
        ]
        yield f"SELECT {_CHILD} AS child, {', '.join(taken)}, {number(layout.name)} AS list, row_ FROM {view}"


def contacts(view: View) -> dict[str, str]:
    """List 1."""
    fields = {
        "cont_contact_id": identifier(_CONTACT),
        "cont_person_id": _CHILD,
        "cont_contact_date": _CONTACT,
        "cont_contact_source_code": '"Contact Source"',
    }
    return {"ssd_contacts": select(view, fields)}


def early_help(view: View) -> dict[str, str]:
    """List 2. It holds assessments: when the help itself ended is not said, so no end is carried."""
    fields = {"earl_episode_id": identifier(_EARLY), "earl_person_id": _CHILD, "earl_episode_start_date": _EARLY}
    return {"ssd_early_help_episodes": select(view, fields)}


def assessments(view: View) -> dict[str, str]:
    """List 4. An assessment that found no need of support is one that ended with no further action."""
    support = "Was the child assessed as requiring LA children's social care support?"
    fields = {
        "cina_assessment_id": identifier(_ASSESSED),
        "cina_person_id": _CHILD,
        "cina_assessment_start_date": _ASSESSED,
        "cina_assessment_child_seen": yes("Child Seen During Continuous Assessment"),
        "cina_assessment_auth_date": '"Continuous Assessment Date of Authorisation"',
        "cina_assessment_outcome_nfa": f"NOT ({yes(support)})",
        "cina_assessment_team": _TEAM,
        "cina_assessment_worker_id": _WORKER,
    }
    return {"ssd_cin_assessments": select(view, fields)}


def section47(view: View) -> dict[str, str]:
    """List 5: an enquiry, and the conference that followed it where the row has the day of one."""
    enquiry = identifier(_STRATEGY)
    enquiries = {
        "s47e_s47_enquiry_id": enquiry,
        "s47e_person_id": _CHILD,
        "s47e_s47_start_date": _STRATEGY,
        "s47e_s47_completed_by_team": _TEAM,
        "s47e_s47_completed_by_worker_id": _WORKER,
    }
    conferences = {
        "icpc_icpc_id": f"concat_ws('|', {enquiry}, 'conference')",
        "icpc_s47_enquiry_id": enquiry,
        "icpc_person_id": _CHILD,
        "icpc_icpc_date": _CONFERENCE,
        "icpc_icpc_outcome_cp_flag": yes(
            "Did the Initial Child Protection Conference Result in a Child Protection Plan"
        ),
        "icpc_icpc_team": _TEAM,
        "icpc_icpc_worker_id": _WORKER,
    }
    found = {"ssd_s47_enquiry": select(view, enquiries)}
    if carried(view, _CONFERENCE):
        # The rows are numbered before those without a conference fall away, so that both tables name an enquiry alike.
        found["ssd_initial_cp_conference"] = (
            f"SELECT * FROM ({select(view, conferences)}) WHERE icpc_icpc_date IS NOT NULL"
        )
    return found


def protection(view: View) -> dict[str, str]:
    """List 7: a plan, its last visit and its last review. Earlier visits and reviews are not in the list."""
    plan = identifier(_PLANNED)
    plans = {
        "cppl_cp_plan_id": plan,
        "cppl_person_id": _CHILD,
        "cppl_cp_plan_start_date": _PLANNED,
        "cppl_cp_plan_end_date": '"Child Protection Plan End Date"',
        "cppl_cp_plan_initial_category": '"Initial Category of Abuse"',
        "cppl_cp_plan_latest_category": '"Latest Category of Abuse"',
    }
    visits = {
        "cppv_cp_visit_id": f"concat_ws('|', {plan}, 'visit')",
        "cppv_person_id": _CHILD,
        "cppv_cp_plan_id": plan,
        "cppv_cp_visit_date": '"Date of the Last Statutory Visit"',
        "cppv_cp_visit_seen_alone": yes("Was the Child Seen Alone?"),
    }
    reviews = {
        "cppr_cp_review_id": f"concat_ws('|', {plan}, 'review')",
        "cppr_person_id": _CHILD,
        "cppr_cp_plan_id": plan,
        "cppr_cp_review_date": '"Date of latest review conference"',
    }
    return {
        "ssd_cp_plans": select(view, plans),
        **_dated(view, "ssd_cp_visits", visits, "cppv_cp_visit_date"),
        **_dated(view, "ssd_cp_reviews", reviews, "cppr_cp_review_date"),
    }


def _dated(view: View, table: str, fields: Mapping[str, str], on: str) -> dict[str, str]:
    if not carried(view, fields[on]):
        return {}
    return {table: f"SELECT * FROM ({select(view, fields)}) WHERE {on} IS NOT NULL"}


def adoption(view: View) -> dict[str, str]:
    """List 10."""
    entered = '"Date the Child Entered Care"'
    decided = '"Date of Decision that Child Should be Placed for Adoption"'
    fields = {
        "perm_table_id": identifier(decided),
        "perm_person_id": _CHILD,
        "perm_cla_id": f"concat_ws('|', {_CHILD}, CAST({entered} AS VARCHAR))",
        "perm_adm_decision_date": decided,
        "perm_placement_order_date": '"Date of Placement Order"',
        "perm_matched_date": '"Date of Matching Child and Prospective Adopters"',
        "perm_placed_for_adoption_date": '"Date Placed for Adoption"',
        "perm_permanence_order_date": '"Date of Adoption Order"',
        "perm_decision_reversed_date": '"Date of Decision that Child Should No Longer be Placed for Adoption"',
        "perm_decision_reversed_reason": '"Reason Why Child No Longer Placed for Adoption"',
        "perm_placed_ffa_cp_date": '"Date the child was placed for fostering in FFA or concurrent planning placement"',
    }
    return {"ssd_permanence": select(view, fields)}


def leavers(view: View) -> dict[str, str]:
    """List 9: how each care leaver stands on the day of the list."""
    fields = {
        "clea_table_id": f"concat_ws('|', {_CHILD}, row_number() OVER (PARTITION BY {_CHILD} ORDER BY row_))",
        "clea_person_id": _CHILD,
        "clea_care_leaver_eligibility": '"Eligibility Category"',
        "clea_care_leaver_in_touch": '"LA in Touch"',
        "clea_care_leaver_latest_contact": '"Latest Date of Contact"',
        "clea_care_leaver_accommodation": '"Type of Accommodation"',
        "clea_care_leaver_accom_suitable": f"nullif(\"Suitability of Accommodation\", '{NOT_KNOWN}')",
        "clea_care_leaver_activity": '"Activity Status"',
        "clea_pathway_plan_review_date": '"Latest Pathway Plan Review Date"',
        "clea_care_leaver_personal_advisor": "nullif(trim(\"Allocated Personal Advisor\"), '')",
        "clea_care_leaver_allocated_team": _TEAM,
        "clea_care_leaver_worker_id": _WORKER,
    }
    return {"ssd_care_leavers": select(view, fields)}
