"""Strategy discussions, section 47 enquiries, initial child protection conferences."""

from typing import Any

from .area import Area, Row, codes, days_between
from .calendar import working_days
from .people import NOT_RECORDED, aged_on

_FURTHER = {"CP_CONFERENCE_FLAG", "LEGAL_ACTION_FLAG", "PROV_OF_SERVICES_FLAG", "NFA_CONTINUE_SINGLE_FLAG"}


def strategy_discussions(area: Area) -> list[Row]:
    """A row for each discussion with a date."""
    return [
        {
            "child": row["strd_person_id"],
            "on": row["strd_date"],
            "age_months": row["age_months"],
            "team": row["strd_team"],
            "invited": row["strd_invited"],
            "attended": row["strd_attended"],
            "led_to_section_47": row["strd_s47_enquiry_id"] is not None,
        }
        for row in area.rows("trefoil_strategy_discussions")
        if row["strd_date"]
    ]


def enquiries(area: Area) -> list[Row]:
    """A row for each enquiry, on its start."""
    return [
        {
            "child": row["s47e_person_id"],
            "on": row["s47e_s47_start_date"],
            "age_months": row["age_months"],
            "team": row["s47e_s47_completed_by_team"],
        }
        for row in area.rows("ssd_s47_enquiry")
        if row["s47e_s47_start_date"]
    ]


def enquiries_ended(area: Area) -> list[Row]:
    """A row for each enquiry that has ended, on its end."""
    found = []
    for row in area.rows("ssd_s47_enquiry"):
        start, end, outcomes = row["s47e_s47_start_date"], row["s47e_s47_end_date"], codes(row["s47e_s47_outcome_json"])
        if end is None:
            continue
        nothing = bool(row["s47e_s47_nfa"]) or "NFA_FLAG" in outcomes
        found.append(
            {
                "child": row["s47e_person_id"],
                "on": end,
                "age_months": aged_on(row["age_months"], start, end),
                "team": row["s47e_s47_completed_by_team"],
                "to_conference": "CP_CONFERENCE_FLAG" in outcomes,
                "nfa": nothing and not outcomes & (_FURTHER | {"MONITOR_FLAG"}),
                "days_open": days_between(start, end),
            }
        )
    return found


def _held(area: Area) -> list[Row]:
    return [row for row in area.rows("ssd_initial_cp_conference") if row["icpc_icpc_date"]]


def conference_children(area: Area) -> list[Row]:
    """A row for each child at a conference that was held."""
    return [
        {
            "child": row["icpc_person_id"],
            "on": row["icpc_icpc_date"],
            "age_months": row["age_months"],
            "team": row["icpc_icpc_team"],
            "plan_made": bool(row["icpc_icpc_outcome_cp_flag"]) or "CP_FLAG" in codes(row["icpc_icpc_outcome_json"]),
            "age": _age(row["age_months"]),
        }
        for row in _held(area)
    ]


def _age(months: int | None) -> str:
    if months is None:
        return NOT_RECORDED
    if months < 0:
        return "unborn"
    years = months // 12
    return "under 1" if years == 0 else "18 and over" if years >= 18 else str(years)


def conferences(area: Area) -> list[Row]:
    """A row for each meeting: the rows that name it, or one row where none is named."""
    meetings: dict[Any, list[Row]] = {}
    for row in _held(area):
        named = row["icpc_icpc_meeting_id"]
        key = ("meeting", named) if named is not None else ("conference", row["icpc_icpc_id"])
        meetings.setdefault(key, []).append(row)
    return [
        {
            "child": None,
            "on": min(row["icpc_icpc_date"] for row in rows),
            "team": min((row["icpc_icpc_team"] for row in rows if row["icpc_icpc_team"] is not None), default=None),
            "transfer_in": any(row["icpc_icpc_transfer_in"] for row in rows),
            "in_15_working_days": all(_in_time(area, row) for row in rows),
        }
        for rows in meetings.values()
    ]


def _in_time(area: Area, conference: Row) -> bool:
    for enquiry in area.rows("ssd_s47_enquiry"):
        named = enquiry["s47e_s47_enquiry_id"] == conference["icpc_s47_enquiry_id"]
        if named and enquiry["s47e_s47_start_date"] is not None:
            return 0 <= working_days(enquiry["s47e_s47_start_date"], conference["icpc_icpc_date"]) <= 15
    return False


EVENTS = {
    "strategy_discussions": strategy_discussions,
    "section_47_enquiries": enquiries,
    "section_47_ended": enquiries_ended,
    "conference_children": conference_children,
    "conferences": conferences,
}
