"""Care leavers, and children who are privately fostered."""

from datetime import date, timedelta
from typing import Any

from .area import Area, Row, open_on
from .calendar import add_months, months_apart
from .need import first_of_each_child


def care_leavers(area: Area, day: date) -> list[Row]:
    """Each young person as the extract has them, by the row of the latest contact."""

    def order(row: Row) -> Any:
        return row["clea_care_leaver_latest_contact"] or date.min, row["clea_table_id"]

    people: dict[int, Row] = {}
    for row in sorted(area.rows("ssd_care_leavers"), key=order):
        if row["clea_person_id"] is not None:
            people[row["clea_person_id"]] = row
    return [
        {
            "child": person,
            "team": row["clea_care_leaver_allocated_team"],
            "eligibility": row["clea_care_leaver_eligibility"],
            "in_touch": row["clea_care_leaver_in_touch"],
            "accommodation": row["clea_care_leaver_accommodation"],
            "suitable": row["clea_care_leaver_accom_suitable"],
            "activity": row["clea_care_leaver_activity"],
            "months_since_contact": _months_since(row["clea_care_leaver_latest_contact"], day),
            "months_since_plan": _months_since(row["clea_pathway_plan_review_date"], day),
        }
        for person, row in people.items()
    ]


def _months_since(event: date | None, day: date) -> int | None:
    return None if event is None else months_apart(event, day)


def private_fostering(area: Area, day: date) -> list[Row]:
    """Children who are privately fostered on the day."""
    rows = [
        {
            "id": row["epis_id"],
            "child": row["epis_person_id"],
            "start": row["epis_start_date"],
            "team": row["epis_team"],
            "last_visit": row["epis_last_visit_date"],
        }
        for row in area.rows("trefoil_episodes")
        if row["epis_kind"] == "PRIVATE_FOSTERING" and open_on(row["epis_start_date"], row["epis_end_date"], day)
    ]
    return first_of_each_child(rows)


def private_fostering_visited(area: Area, day: date) -> list[Row]:
    """The same, with whether the last visit was in time."""
    found = []
    for row in private_fostering(area, day):
        limit = timedelta(days=84 if add_months(row["start"], 12) <= day else 42)
        visit = row["last_visit"]
        in_time = visit is not None and visit >= row["start"] and day - visit <= limit
        found.append({**row, "visit_due": row["start"] + timedelta(days=42) <= day, "visited_in_time": in_time})
    return found


STATES = {
    "care_leavers": care_leavers,
    "private_fostering": private_fostering,
    "private_fostering_visited": private_fostering_visited,
}
