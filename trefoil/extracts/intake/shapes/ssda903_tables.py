"""The tables of SSDA903 that need no episodes: children, missing, and the facts that are told once a year. Pure.

A yearly fact (OC2, OC3) has no day of its own. It stands at 31 March, the last day of its return year.
"""

from collections.abc import Mapping

from ..layouts import View
from .specification import carried, select
from .ssda903_files import YEAR

_CHILD = '"CHILD"'
_AT = f'make_date("{YEAR}", 3, 31)'
_YEARS_END = f"concat_ws('|', {_CHILD}, \"{YEAR}\""


def yearly_tables(views: Mapping[str, View]) -> dict[str, str]:
    """Per table a SELECT; only those whose file was sent."""
    makers = {
        "header": _person,
        "missing": _missing,
        "prev_perm": _previous_permanence,
        "uasc": _immigration,
        "social_worker": _involvements,
        "oc2": _health_and_behaviour,
        "oc3": _leavers,
    }
    tables: dict[str, str] = {}
    for name, make in makers.items():
        if name in views:
            tables |= make(views[name])
    return tables


def _newest(view: View, *key: str) -> str:
    columns = ", ".join(f'"{name}"' for name in key)
    return f"{view} QUALIFY row_number() OVER (PARTITION BY {columns} ORDER BY part_ DESC, row_ DESC) = 1"


def _person(view: View) -> dict[str, str]:
    fields = {
        "pers_person_id": _CHILD,
        "pers_sex": '"SEX"',
        "pers_dob": '"DOB"',
        "pers_ethnicity": '"ETHNIC"',
        "pers_is_mother": '"MOTHER"',
    }
    return {"ssd_person": select(view, fields, source=_newest(view, "CHILD"))}


def _missing(view: View) -> dict[str, str]:
    fields = {
        "miss_table_id": f"concat_ws('|', {_CHILD}, 'missing', CAST(\"MIS_START\" AS VARCHAR))",
        "miss_person_id": _CHILD,
        "miss_missing_episode_start_date": '"MIS_START"',
        "miss_missing_episode_end_date": '"MIS_END"',
        "miss_missing_episode_type": '"MISSING"',
    }
    return {"ssd_missing": select(view, fields, source=_newest(view, "CHILD", "MIS_START"))}


def _previous_permanence(view: View) -> dict[str, str]:
    fields = {
        "lapp_table_id": f"{_CHILD} || '|permanence before'",
        "lapp_person_id": _CHILD,
        "lapp_previous_permanence_option": '"PREV_PERM"',
        # Parts of the day may be unknown (zz/zz/2010): only a whole day is kept.
        "lapp_previous_permanence_order_date": "try_strptime(\"DATE_PERM\", '%d/%m/%Y')::DATE",
    }
    return {"ssd_cla_previous_permanence": select(view, fields, source=_newest(view, "CHILD"))}


def _immigration(view: View) -> dict[str, str]:
    fields = {
        "immi_immigration_status_id": f"{_CHILD} || '|uasc'",
        "immi_person_id": _CHILD,
        "immi_immigration_status": "'UASC'",
        "immi_immigration_status_end_date": "try_strptime(\"DUC\", '%d/%m/%Y')::DATE",
    }
    return {"ssd_immigration_status": select(view, fields, source=_newest(view, "CHILD"))}


def _involvements(view: View) -> dict[str, str]:
    fields = {
        "invo_involvements_id": f'concat_ws(\'|\', {_CHILD}, "SW_ID", CAST("SW_DECOM" AS VARCHAR))',
        "invo_professional_id": '"SW_ID"',
        "invo_involvement_start_date": '"SW_DECOM"',
        "invo_involvement_end_date": '"SW_DEC"',
        "invo_worker_change_reason": '"SW_REASON"',
        "invo_person_id": _CHILD,
    }
    return {"ssd_involvements": select(view, fields, source=_newest(view, "CHILD", "SW_ID", "SW_DECOM"))}


def _leavers(view: View) -> dict[str, str]:
    """The newest year alone: a leaver of an older year is no longer one that the authority must keep in touch with."""
    newest = f"{view} WHERE {_last(view)}"
    fields = {
        "clea_table_id": f"{_YEARS_END})",
        "clea_person_id": _CHILD,
        "clea_care_leaver_in_touch": '"IN_TOUCH"',
        "clea_care_leaver_activity": '"ACTIV"',
        "clea_care_leaver_accommodation": 'CASE WHEN "ACCOM" <> \'0\' THEN left("ACCOM", 1) END',
        "clea_care_leaver_accom_suitable": 'CASE WHEN "ACCOM" <> \'0\' THEN right("ACCOM", 1) END',
    }
    return {"ssd_care_leavers": select(view, fields, source=newest)}


def _health_and_behaviour(view: View) -> dict[str, str]:
    scored = '"SDQ_SCORE" IS NOT NULL OR "SDQ_REASON" IS NOT NULL'
    tables = {
        "ssd_sdq_scores": _if_carried(view, _SDQ, scored),
        "ssd_cla_immunisations": _if_carried(view, _IMMUNISATIONS, f'"IMMUNISATIONS" IS NOT NULL AND {_last(view)}'),
        "ssd_cla_substance_misuse": _if_carried(view, _SUBSTANCES, "\"SUBSTANCE_MISUSE\" = 'Y'"),
        "ssd_cla_convictions": _if_carried(view, _CONVICTIONS, "\"CONVICTED\" = 'Y'"),
        "ssd_cla_health": " UNION ALL ".join(_checks(view)),
    }
    return {name: sql for name, sql in tables.items() if sql}


def _last(view: View) -> str:
    return f'"{YEAR}" = (SELECT max("{YEAR}") FROM {view})'


def _if_carried(view: View, fields: Mapping[str, str], where: str) -> str:
    return select(view, fields, where=where) if carried(view, where.replace(str(view), "")) else ""


def _checks(view: View) -> list[str]:
    kinds = {"RHA": "HEALTH_ASSESSMENT", "DENTAL": "TEETH_CHECK", "SURVEILLANCE": "HEALTH_CHECK"}
    return [
        select(
            view,
            {
                "clah_health_check_id": f"{_YEARS_END}, '{kind}')",
                "clah_person_id": _CHILD,
                "clah_health_check_type": f"'{kind}'",
                "clah_health_check_date": _AT,
                "clah_health_check_status": "'Completed'",
            },
            where=f"\"{column}\" = 'Y'",
        )
        for kind, column in kinds.items()
        if column in view.carries
    ]


_SDQ = {
    "csdq_table_id": f"{_YEARS_END}, 'sdq')",
    "csdq_person_id": _CHILD,
    "csdq_sdq_completed_date": _AT,
    "csdq_sdq_score": '"SDQ_SCORE"',
    "csdq_sdq_reason": '"SDQ_REASON"',
}
_IMMUNISATIONS = {
    "clai_person_id": _CHILD,
    "clai_immunisations_status": "\"IMMUNISATIONS\" = 'Y'",
    "clai_immunisations_status_date": _AT,
}
_SUBSTANCES = {
    "clas_substance_misuse_id": f"{_YEARS_END}, 'substances')",
    "clas_person_id": _CHILD,
    "clas_substance_misuse_date": _AT,
    "clas_intervention_received": "\"INTERVENTION_RECEIVED\" = 'Y'",
}
_CONVICTIONS = {
    "clac_cla_conviction_id": f"{_YEARS_END}, 'conviction')",
    "clac_person_id": _CHILD,
    "clac_cla_conviction_date": _AT,
}
