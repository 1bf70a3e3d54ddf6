"""Child protection plans, their reviews and visits."""

from datetime import date

from .area import Area, Row, open_on
from .calendar import add_months, completed_months, working_days
from .stays import in_care_on


def own_plans(area: Area) -> list[Row]:
    """Plans with a child, but for those of another authority."""
    return [
        {
            "id": row["cppl_cp_plan_id"],
            "child": row["cppl_person_id"],
            "start": row["cppl_cp_plan_start_date"],
            "end": row["cppl_cp_plan_end_date"],
            "age_at_start": row["age_months"],
            "category": row["cppl_cp_plan_latest_category"] or row["cppl_cp_plan_initial_category"],
        }
        for row in area.rows("ssd_cp_plans")
        if row["cppl_person_id"] is not None and not row["cppl_cp_plan_ola"]
    ]


def has_plan_on(area: Area, child: int, day: date) -> bool:
    """Whether the child has a plan on the day."""
    return any(row["child"] == child and open_on(row["start"], row["end"], day) for row in own_plans(area))


def cp_plans(area: Area, day: date) -> list[Row]:
    """Children with a plan on the day, each by the plan that started first."""
    children: dict[int, Row] = {}
    open_ = [row for row in own_plans(area) if open_on(row["start"], row["end"], day)]
    for row in sorted(open_, key=lambda row: (row["start"], row["id"])):
        children.setdefault(row["child"], {**row, "months_open": completed_months(row["start"], day)})
    return list(children.values())


def cp_plan_starts(area: Area) -> list[Row]:
    """Plans on their start, and whether the child has an earlier one."""
    plans = [row for row in own_plans(area) if row["start"]]
    return [
        {
            **row,
            "on": row["start"],
            "age_months": row["age_at_start"],
            "again": any(
                other["child"] == row["child"] and (other["start"], other["id"]) < (row["start"], row["id"])
                for other in plans
            ),
        }
        for row in plans
    ]


def cp_plans_reviewed(area: Area, day: date) -> list[Row]:
    """Children with a plan, and whether no review counts as late."""
    return [{**row, "reviewed_in_time": not _is_late(area, row, day)} for row in cp_plans(area, day)]


def _is_late(area: Area, plan: Row, day: date) -> bool:
    """Whether any review that was due is late, and counts as late on the day."""
    held = sorted(
        {
            row["cppr_cp_review_date"]
            for row in area.rows_of("ssd_cp_reviews", "cppr_cp_plan_id", plan["id"])
            if row["cppr_cp_review_date"] and row["cppr_cp_review_date"] > plan["start"]
        }
    )
    first_is_seen = plan["start"] >= area.reviews_from
    due_days = [add_months(plan["start"], 3) if first_is_seen else None] + [add_months(one, 6) for one in held]
    if not first_is_seen and not held:
        return False
    for place, due in enumerate(due_days):
        if due is None:
            continue
        review = held[place] if place < len(held) else None
        if review is None:
            if due <= day:
                return True
        elif review > due and due <= day < max(review, add_months(due, 12)):
            return True
    return False


def cp_review_conferences(area: Area) -> list[Row]:
    """Reviews with a date, unless the plan is another authority's."""
    elsewhere = {row["cppl_cp_plan_id"] for row in area.rows("ssd_cp_plans") if row["cppl_cp_plan_ola"]}
    return [
        {
            "child": row["cppr_person_id"],
            "on": row["cppr_cp_review_date"],
            "age_months": row["age_months"],
            "participation": row["cppr_cp_review_participation"],
        }
        for row in area.rows("ssd_cp_reviews")
        if row["cppr_cp_review_date"] and row["cppr_cp_plan_id"] not in elsewhere
    ]


def cp_plans_visited(area: Area, day: date) -> list[Row]:
    """Children with a plan, and when they were last seen."""
    found = []
    for plan in cp_plans(area, day):
        visits = [
            row
            for row in area.rows_of("ssd_cp_visits", "cppv_cp_plan_id", plan["id"])
            if row["cppv_cp_visit_seen"] and row["cppv_cp_visit_date"] and row["cppv_cp_visit_date"] <= day
        ]
        last = max((row["cppv_cp_visit_date"] for row in visits), default=None)
        found.append(
            {
                **plan,
                "seen_in_ten_working_days": last is not None and working_days(last, day) <= 10,
                "days_since_seen": None if last is None else (day - last).days,
                "seen_alone": any(
                    row["cppv_cp_visit_seen_alone"] is True for row in visits if row["cppv_cp_visit_date"] == last
                ),
            }
        )
    return found


def cp_plans_in_care(area: Area, day: date) -> list[Row]:
    """Children with a plan who are in care too."""
    return [row for row in cp_plans(area, day) if in_care_on(area, row["child"], day)]


EVENTS = {"cp_plan_starts": cp_plan_starts, "cp_review_conferences": cp_review_conferences}
STATES = {
    "cp_plans": cp_plans,
    "cp_plans_reviewed": cp_plans_reviewed,
    "cp_plans_visited": cp_plans_visited,
    "cp_plans_in_care": cp_plans_in_care,
}
