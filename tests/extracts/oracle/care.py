"""Children in care on a day: status, placement, homes, visits."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from .area import Area, Row, open_on
from .calendar import ONE_DAY, add_months, completed_months
from .stays import children, in_care_on, latest_begun, legal_statuses, stay_on, stays

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")


def in_care(area: Area, day: date) -> Iterator[tuple[int, Row]]:
    """Each child in care on the day, and its stay."""
    for child in children(area):
        stay = stay_on(area, child, day)
        if stay is not None:
            yield child, stay


def placements(area: Area, child: int) -> list[Row]:
    """The child's placements."""
    return [
        {
            "id": row["clap_cla_placement_id"],
            "start": row["clap_cla_placement_start_date"],
            "end": row["clap_cla_placement_end_date"],
            "code": row["clap_cla_placement_type"],
            "provider": row["clap_cla_placement_provider"],
        }
        for row in area.rows_of("ssd_cla_placement", "clap_person_id", child)
    ]


def _next(rows: list[Row], row: Row) -> Row | None:
    later = [
        other
        for other in rows
        if other["start"] is not None and (other["start"], other["id"]) > (row["start"], row["id"])
    ]
    return min(later, key=lambda other: (other["start"], other["id"]), default=None)


def present(rows: list[Row], day: date) -> Row | None:
    """The row that began last, unless it has ended by the day.

    One whose next begins on the day after it ended lasts until then.
    """
    found = latest_begun(rows, day)
    if found is None or found["end"] is None or found["end"] > day:
        return found
    after = _next(rows, found)
    return found if after is not None and day < after["start"] == found["end"] + ONE_DAY else None


def care(area: Area, day: date) -> list[Row]:
    """Children in care."""
    found = []
    for child, stay in in_care(area, day):
        status, placement = present(legal_statuses(area, child), day), present(placements(area, child), day)
        found.append(
            {
                "child": child,
                "months_in_care": completed_months(stay["start"], day),
                "legal_status": status and status["code"],
                "placement": placement and placement["code"],
            }
        )
    return found


def unaccompanied(area: Area, day: date) -> list[Row]:
    """Children in care who have the immigration status of an unaccompanied child."""
    return [
        row
        for row in care(area, day)
        if any(
            status["immi_immigration_status"] == "UASC"
            and open_on(status["immi_immigration_status_start_date"], status["immi_immigration_status_end_date"], day)
            for status in area.rows_of("ssd_immigration_status", "immi_person_id", row["child"])
        )
    ]


def homes(area: Area, child: int) -> list[Row]:
    """The child's homes in which it was looked after, in order."""
    rows = [
        row for row in placements(area, child) if row["start"] and (row["end"] is None or row["end"] >= row["start"])
    ]
    rows.sort(key=lambda row: (row["start"], row["id"]))
    found: list[Row] = []
    for place, row in enumerate(rows):
        if row["code"] in TEMPORARY:
            continue
        before = rows[place - 2] if place >= 2 and rows[place - 1]["code"] in TEMPORARY else None
        if before and (before["code"], before["provider"]) == (row["code"], row["provider"]):
            ends = (found[-1]["end"], row["end"])
            found[-1]["end"] = None if None in ends else max(ends)
        else:
            found.append(dict(row))
    for home, after in pairwise(found):
        home["end"] = after["start"] if home["end"] is None else min(home["end"], after["start"])
    lasted = [home for home in found if home["end"] is None or home["end"] > home["start"]]
    return [home for home in lasted if any(_overlap(home, stay) for stay in stays(area, child))]


def _overlap(one: Row, other: Row) -> bool:
    """Whether both hold on some day."""
    first = max(one["start"], other["start"])
    return open_on(one["start"], one["end"], first) and open_on(other["start"], other["end"], first)


def _since(found: list[Row], home: Row) -> date:
    """When the home began; or for one of adoption that came straight after another, when that one began."""
    place = found.index(home)
    if home["code"] in FOR_ADOPTION and place > 0:
        before = found[place - 1]
        if before["end"] is not None and home["start"] <= before["end"] + ONE_DAY:
            return before["start"]
    return home["start"]


def care_homes(area: Area, day: date) -> list[Row]:
    """Children in care, their homes since April, and how long they have had the last."""
    april = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    days = [april + timedelta(days=number) for number in range((day - april).days + 1)]
    found = []
    for child, stay in in_care(area, day):
        of_child = homes(area, child)
        looked_after = [one for one in days if in_care_on(area, child, one)]
        in_year = [home for home in of_child if any(open_on(home["start"], home["end"], one) for one in looked_after)]
        last = max((home for home in of_child if home["start"] <= day), key=lambda home: home["start"], default=None)
        found.append(
            {
                "child": child,
                "months_in_care": completed_months(stay["start"], day),
                "three_or_more_homes": len(in_year) >= 3,
                "months_in_home": completed_months(_since(of_child, last), day) if last else None,
            }
        )
    return found


def care_visited(area: Area, day: date) -> list[Row]:
    """Children in care, whether a visit is due to them and whether the last one was in time."""
    found = []
    for child, _ in in_care(area, day):
        placement = latest_begun(placements(area, child), day)
        start = placement["start"] if placement else None
        visits = [
            row["clav_cla_visit_date"]
            for row in area.rows_of("ssd_cla_visits", "clav_person_id", child)
            if row["clav_cla_visit_seen"] and row["clav_cla_visit_date"] and row["clav_cla_visit_date"] <= day
        ]
        last = max(visits, default=None)
        found.append(
            {
                "child": child,
                "visit_due": start is None or start + timedelta(days=7) <= day,
                "visited_in_time": last is not None and _in_time(placement, last, day),
            }
        )
    return found


def _in_time(placement: Row | None, last: date, day: date) -> bool:
    if placement is not None and last < placement["start"]:
        return False
    if (day - last).days <= 42:
        return True
    lasting = placement is not None and placement["code"] in ("U1", "U4")
    return lasting and add_months(placement["start"], 12) <= day <= add_months(last, 3)


STATES = {"care": care, "unaccompanied": unaccompanied, "care_homes": care_homes, "care_visited": care_visited}
