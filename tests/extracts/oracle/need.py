"""Children in need and child in need plans."""

from datetime import date, timedelta

from .area import Area, Row, open_on
from .calendar import completed_months
from .early_help import episodes as early_help_episodes
from .front_door import is_nfa
from .people import age_in_month_of
from .protection import has_plan_on, own_plans
from .stays import in_care_on, stays

FOUR_WEEKS = timedelta(days=28)


def first_of_each_child(rows: list[Row]) -> list[Row]:
    """One row for each child: that which started first, and of two on one day the lower number."""
    children: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: (row["start"], row["id"])):
        children.setdefault(row["child"], row)
    return list(children.values())


def _episodes(area: Area) -> list[Row]:
    """Episodes of need with a child and a date, but for those with no further action."""
    return [
        {
            "id": row["cine_referral_id"],
            "child": row["cine_person_id"],
            "start": row["cine_referral_date"],
            "end": row["cine_close_date"],
            "reason": row["cine_close_reason"],
            "team": row["cine_referral_team"],
        }
        for row in area.rows("ssd_cin_episodes")
        if row["cine_person_id"] is not None and row["cine_referral_date"] and not is_nfa(row)
    ]


def children_in_need(area: Area, day: date) -> list[Row]:
    """Children with an open episode of need."""
    return first_of_each_child([row for row in _episodes(area) if open_on(row["start"], row["end"], day)])


def _plans(area: Area) -> list[Row]:
    return [
        {
            "id": row["cinp_cin_plan_id"],
            "child": row["cinp_person_id"],
            "start": row["cinp_cin_plan_start_date"],
            "end": row["cinp_cin_plan_end_date"],
            "age_at_start": row["age_months"],
            "team": row["cinp_cin_plan_team"],
        }
        for row in area.rows("ssd_cin_plans")
        if row["cinp_person_id"] is not None
    ]


def cin_plans(area: Area, day: date) -> list[Row]:
    """Children with a child in need plan who are neither in care nor on a child protection plan."""
    found = []
    for plan in first_of_each_child([row for row in _plans(area) if open_on(row["start"], row["end"], day)]):
        child = plan["child"]
        if in_care_on(area, child, day) or has_plan_on(area, child, day):
            continue
        seen = [
            row["cinv_cin_visit_date"]
            for row in area.rows_of("ssd_cin_visits", "cinv_person_id", child)
            if row["cinv_cin_visit_seen"] and row["cinv_cin_visit_date"] and row["cinv_cin_visit_date"] <= day
        ]
        found.append(
            {
                **plan,
                "months_open": completed_months(plan["start"], day),
                "days_since_seen": (day - max(seen)).days if seen else None,
            }
        )
    return found


def cin_plan_starts(area: Area) -> list[Row]:
    """Plans, on their start."""
    return [{**row, "on": row["start"], "age_months": row["age_at_start"]} for row in _plans(area) if row["start"]]


def _has_within(rows: list[Row], child: int, ended: date) -> bool:
    """Something of a day or more that ends after the day (or not), and began by the 28th day after it."""
    return any(
        row["child"] == child
        and row["start"] is not None
        and row["start"] <= ended + FOUR_WEEKS
        and (row["end"] is None or row["end"] > max(ended, row["start"]))
        for row in rows
    )


def _is_closed(area: Area, child: int, ended: date) -> bool:
    return not any(
        open_on(row["start"], row["end"], ended + FOUR_WEEKS) for row in _episodes(area) if row["child"] == child
    )


def _moved_away(area: Area, child: int, ended: date) -> bool:
    return any(
        row["reason"] == "RC5"
        and row["end"]
        and row["end"] > row["start"]
        and ended - FOUR_WEEKS <= row["end"] <= ended + FOUR_WEEKS
        for row in _episodes(area)
        if row["child"] == child
    )


def cin_plan_ends(area: Area) -> list[Row]:
    """Plans, on their end, and what came next."""
    found = []
    for plan in _plans(area):
        child, ended = plan["child"], plan["end"]
        if ended is None:
            continue
        if _has_within(own_plans(area), child, ended):
            destination = "child protection plan"
        elif _has_within(stays(area, child), child, ended):
            destination = "in care"
        elif _has_within(early_help_episodes(area), child, ended):
            destination = "early help"
        else:
            destination = "closed" if _is_closed(area, child, ended) else "other"
        age = age_in_month_of(area, child, ended)
        found.append({**plan, "on": ended, "age_months": age, "destination": destination})
    return found


def cp_plan_ends(area: Area) -> list[Row]:
    """Child protection plans, on their end, and what came next."""
    found = []
    for plan in own_plans(area):
        child, ended = plan["child"], plan["end"]
        if ended is None:
            continue
        if _has_within(stays(area, child), child, ended):
            destination = "in care"
        elif _has_within(_plans(area), child, ended):
            destination = "child in need plan"
        elif _moved_away(area, child, ended):
            destination = "moved away"
        else:
            destination = "closed" if _is_closed(area, child, ended) else "other"
        found.append(
            {
                "child": child,
                "on": ended,
                "age_months": age_in_month_of(area, child, ended),
                "destination": destination,
                "lasted_two_years": plan["start"] is not None and two_years_after(plan["start"]) <= ended,
            }
        )
    return found


def two_years_after(day: date) -> date:
    """The same day two years later; of 29 February, 28 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 2, 2, 28) if is_leap_day else day.replace(year=day.year + 2)


EVENTS = {"cin_plan_starts": cin_plan_starts, "cin_plan_ends": cin_plan_ends, "cp_plan_ends": cp_plan_ends}
STATES = {"children_in_need": children_in_need, "cin_plans": cin_plans}
