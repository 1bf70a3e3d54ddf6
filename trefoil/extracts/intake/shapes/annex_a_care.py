"""Children in need and in care out of Annex A: the lists that become several tables, or join with another. Pure."""

from collections.abc import Mapping

from ..layouts import View
from .annex_a_layouts import CHILD
from .annex_a_tables import identifier, yes
from .specification import carried, select

_CHILD = f'"{CHILD}"'
_TEAM = "nullif(trim(\"Allocated Team\"), '')"
_WORKER = "nullif(trim(\"Allocated Worker\"), '')"
_REFERRED = '"Date of referral"'
_IN_NEED = '"CIN Start Date"'
_STARTED = '"Date Started to be Looked After"'
_CEASED = '"Date Ceased to be Looked After"'
_PERIOD = f"concat_ws('|', {_CHILD}, CAST({_STARTED} AS VARCHAR))"
_PLACED = '"Start Date of Most Recent Placement"'
_LEGAL = '"Start date of current legal status"'
LINK_DAYS = 45
_UASC = {
    "children_in_care": "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "care_leavers": "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
}


def episodes_in_need(views: Mapping[str, View]) -> dict[str, str]:
    """Lists 3 and 6 as one table of referrals.

    A child in need (list 6) is joined to the child's latest referral (list 3) of the LINK_DAYS before it began. One
    that has no such referral began before list 3 does, and is a row of its own, dated when the need began.
    """
    referred, needed = views.get("referrals"), views.get("children_in_need")
    if not carried(needed, _IN_NEED):
        needed = None
    referrals = select(referred, _referral_fields()) if referred else ""
    needs = select(needed, _need_fields()) if needed else ""
    if not (referred and needed):
        return {"ssd_cin_episodes": referrals or needs} if referrals or needs else {}
    shared = [name for name, sql in _need_fields().items() if name in _referral_fields() and carried(needed, sql)]
    return {"ssd_cin_episodes": _joined(referrals, needs, ", ".join(shared))}


def _referral_fields() -> dict[str, str]:
    return {
        "cine_referral_id": identifier(_REFERRED),
        "cine_person_id": _CHILD,
        "cine_referral_date": _REFERRED,
        "cine_referral_source_code": '"Referral Source"',
        "cine_referral_nfa": yes("Referral NFA?"),
        "cine_referral_team": _TEAM,
        "cine_referral_worker_id": _WORKER,
    }


def _need_fields() -> dict[str, str]:
    return {
        "cine_referral_id": f"concat({identifier(_IN_NEED)}, '|need')",
        "cine_person_id": _CHILD,
        "cine_referral_date": _IN_NEED,
        "cine_cin_primary_need_code": '"Primary Need Code"',
        "cine_close_date": '"CIN Closure Date"',
        "cine_close_reason": '"Reason for Closure"',
        "cine_referral_team": _TEAM,
        "cine_referral_worker_id": _WORKER,
    }


def _joined(referrals: str, needs: str, left: str) -> str:
    # One need joins one referral: of several, the nearest; ties fall to the first row by its identifier.
    return f"""
        WITH referrals AS ({referrals}), needs AS ({needs}),
        pairs AS (
            SELECT r.cine_referral_id AS referral, n.cine_referral_id AS need,
                   row_number() OVER (
                       PARTITION BY n.cine_referral_id ORDER BY r.cine_referral_date DESC, r.cine_referral_id
                   ) AS a,
                   row_number() OVER (
                       PARTITION BY r.cine_referral_id ORDER BY n.cine_referral_date, n.cine_referral_id
                   ) AS b
            FROM needs n JOIN referrals r ON r.cine_person_id = n.cine_person_id
             AND n.cine_referral_date - r.cine_referral_date BETWEEN 0 AND {LINK_DAYS}
        ), links AS (SELECT referral, need FROM pairs WHERE a = 1 AND b = 1)
        SELECT r.*, n.* EXCLUDE ({left})
        FROM referrals r LEFT JOIN links l ON l.referral = r.cine_referral_id
        LEFT JOIN needs n ON n.cine_referral_id = l.need
        UNION ALL BY NAME
        SELECT * FROM needs WHERE cine_referral_id NOT IN (SELECT need FROM links)"""


def last_seen(view: View) -> dict[str, str]:
    """The day each child in need was last seen, as one visit. Earlier visits are not in the list."""
    seen = '"Date Child Was Last Seen"'
    if not carried(view, seen):
        return {}
    fields = {
        "cinv_cin_visit_id": f"concat({identifier(seen)}, '|seen')",
        "cinv_person_id": _CHILD,
        "cinv_cin_visit_date": seen,
        "cinv_cin_visit_seen": "true",
    }
    return {"ssd_cin_visits": f"SELECT * FROM ({select(view, fields)}) WHERE cinv_cin_visit_date IS NOT NULL"}


def in_care(view: View) -> dict[str, str]:
    """List 8. A row is a period of care with how it stands now: its placement, legal status and latest events. What
    came before them is not in the list."""
    tables = {
        "ssd_cla_episodes": select(view, _episode_fields()),
        "ssd_cla_placement": select(view, _placement_fields()),
        "ssd_legal_status": select(view, _legal_fields()),
    }
    for table, (on, fields) in _latest_fields().items():
        if carried(view, fields[on]):
            tables[table] = f"SELECT * FROM ({select(view, fields)}) WHERE {on} IS NOT NULL"
    return tables | _health(view)


def _episode_fields() -> dict[str, str]:
    return {
        "clae_cla_episode_id": identifier(_STARTED),
        "clae_person_id": _CHILD,
        "clae_cla_episode_start_date": _STARTED,
        "clae_cla_episode_start_reason": "'S'",
        "clae_entered_care_date": _STARTED,
        "clae_cla_primary_need_code": '"Child\'s Category of Need"',
        "clae_cla_episode_ceased_date": _CEASED,
        "clae_cla_episode_ceased_reason": '"Reason Ceased to be Looked After"',
        "clae_cla_id": _PERIOD,
        "clae_cla_placement_id": f"{identifier(_STARTED)} || '|placement'",
        "clae_cla_last_iro_contact_date": '"Date of Last IRO Visit / Contact to the Child"',
    }


def _placement_fields() -> dict[str, str]:
    return {
        "clap_cla_placement_id": f"{identifier(_STARTED)} || '|placement'",
        "clap_cla_id": _PERIOD,
        "clap_person_id": _CHILD,
        "clap_cla_placement_start_date": _PLACED,
        "clap_cla_placement_end_date": _CEASED,
        "clap_cla_placement_type": '"Placement Type"',
        "clap_cla_placement_provider": '"Placement Provider"',
    }


def _legal_fields() -> dict[str, str]:
    return {
        "lega_legal_status_id": f"{identifier(_STARTED)} || '|legal'",
        "lega_person_id": _CHILD,
        "lega_legal_status": '"Child\'s Legal Status"',
        "lega_legal_status_start_date": _LEGAL,
        "lega_legal_status_end_date": _CEASED,
    }


def _latest_fields() -> dict[str, tuple[str, dict[str, str]]]:
    reviews = {
        "clar_cla_review_id": f"{identifier(_STARTED)} || '|review'",
        "clar_cla_id": _PERIOD,
        "clar_cla_review_date": '"Date of Latest Statutory Review"',
    }
    visits = {
        "clav_cla_visit_id": f"{identifier(_STARTED)} || '|visit'",
        "clav_cla_id": _PERIOD,
        "clav_person_id": _CHILD,
        "clav_cla_visit_date": '"Date of Last Social Work Visit"',
    }
    plans = {
        "lacp_table_id": f"{identifier(_STARTED)} || '|plan'",
        "lacp_person_id": _CHILD,
        "lacp_cla_care_plan_json": "',' || \"What is the permanence plan for this child?\" || ','",
    }
    return {
        "ssd_cla_reviews": ("clar_cla_review_date", reviews),
        "ssd_cla_visits": ("clav_cla_visit_date", visits),
        "ssd_cla_care_plan": ("lacp_cla_care_plan_json", plans),
    }


def _health(view: View) -> dict[str, str]:
    checks = {"RHA": '"Date of Last Health Assessment"', "DENTAL": '"Date of Last Dental Check"'}
    rows = []
    for kind, on in checks.items():
        fields = {
            "clah_health_check_id": f"{identifier(_STARTED)} || '|{kind}'",
            "clah_person_id": _CHILD,
            "clah_health_check_type": f"'{kind}'",
            "clah_health_check_date": on,
            "clah_health_check_status": "'Completed'",
        }
        if carried(view, on):
            rows.append(f"SELECT * FROM ({select(view, fields)}) WHERE clah_health_check_date IS NOT NULL")
    return {"ssd_cla_health": " UNION ALL BY NAME ".join(rows)} if rows else {}


def immigration(views: Mapping[str, View]) -> dict[str, str]:
    """Children whom list 8 or list 9 names as unaccompanied and seeking asylum. Since when is not said."""
    rows = [
        f"SELECT {_CHILD} AS child FROM {views[name]} WHERE \"{column}\" = 'Y'"
        for name, column in _UASC.items()
        if carried(views.get(name), f'"{column}"')
    ]
    if not rows:
        return {}
    fields = (
        "child AS immi_person_id, child || '|uasc' AS immi_immigration_status_id, 'UASC' AS immi_immigration_status"
    )
    return {"ssd_immigration_status": f"SELECT {fields} FROM ({' UNION '.join(rows)})"}
