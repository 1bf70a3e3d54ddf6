"""Stays: the time a child is looked after. And what holds on a day of it: legal status, placement."""

from datetime import date
from functools import cache

from .area import Area, Row
from .calendar import ONE_DAY
from .people import age_in_month_of


def latest_begun(rows: list[Row], day: date) -> Row | None:
    """Of rows with `start`, `end`, `id`: that with the latest start on or before the day; of two, the higher id."""
    begun = [row for row in rows if row["start"] is not None and row["start"] <= day]
    return max(begun, key=lambda row: (row["start"], row["id"]), default=None)


def legal_statuses(area: Area, child: int) -> list[Row]:
    """The child's legal statuses."""
    return [
        {
            "id": row["lega_legal_status_id"],
            "start": row["lega_legal_status_start_date"],
            "end": row["lega_legal_status_end_date"],
            "code": row["lega_legal_status"],
        }
        for row in area.rows_of("ssd_legal_status", "lega_person_id", child)
    ]


def legal_status_on(area: Area, child: int, day: date) -> str | None:
    """The code of the status that began last, unless it has ended by the day."""
    found = latest_begun(legal_statuses(area, child), day)
    if found is None or (found["end"] is not None and found["end"] <= day):
        return None
    return str(found["code"])


def _episodes(area: Area, child: int) -> list[Row]:
    """The child's episodes in order, but for short breaks and those that end before they start."""
    found = [
        {
            "id": row["clae_cla_episode_id"],
            "start": row["clae_cla_episode_start_date"],
            "end": row["clae_cla_episode_ceased_date"],
            "reason": row["clae_cla_episode_ceased_reason"],
            "age_at_start": row["age_months"],
            "care_id": row["clae_cla_id"],
        }
        for row in area.rows_of("ssd_cla_episodes", "clae_person_id", child)
        if row["clae_cla_episode_start_date"]
    ]
    kept = [
        row
        for row in found
        if (row["end"] is None or row["end"] >= row["start"])
        and legal_status_on(area, child, row["start"]) not in ("V3", "V4")
    ]
    return sorted(kept, key=lambda row: (row["start"], row["id"]))


@cache
def stays(area: Area, child: int) -> list[Row]:
    """The child's stays, in order: `child`, `start`, `end`, `reason`."""
    groups: list[list[Row]] = []
    earlier: list[Row] = []
    for episode in _episodes(area, child):
        if not earlier or _begins_a_stay(episode, earlier):
            groups.append([])
        groups[-1].append(episode)
        earlier.append(episode)
    return [
        {
            "child": child,
            "start": group[0]["start"],
            "end": None if any(row["end"] is None for row in group) else max(row["end"] for row in group),
            "reason": group[-1]["reason"],
            "age_at_start": group[0]["age_at_start"],
        }
        for group in groups
    ]


def _begins_a_stay(episode: Row, earlier: list[Row]) -> bool:
    ends = [row["end"] for row in earlier]
    if None in ends or max(ends) > episode["start"]:
        return False
    left = earlier[-1]["reason"] not in (None, "X1")
    return left or max(ends) + ONE_DAY < episode["start"]


def children(area: Area) -> list[int]:
    """Every child with an episode of care."""
    return sorted({row["clae_person_id"] for row in area.rows("ssd_cla_episodes") if row["clae_person_id"]})


def stay_on(area: Area, child: int, day: date) -> Row | None:
    """The stay the child is in on the day."""
    for stay in stays(area, child):
        if stay["start"] <= day and (stay["end"] is None or day < stay["end"]):
            return stay
    return None


def in_care_on(area: Area, child: int, day: date) -> bool:
    """Whether the child is looked after on the day."""
    return stay_on(area, child, day) is not None


def care_starts(area: Area) -> list[Row]:
    """Stays, on their start."""
    return [
        {
            "child": child,
            "on": stay["start"],
            "age_months": stay["age_at_start"],
            "police_protection": legal_status_on(area, child, stay["start"]) == "L1",
        }
        for child in children(area)
        for stay in stays(area, child)
    ]


def care_ends(area: Area) -> list[Row]:
    """Stays that have ended, on their end."""
    return [
        {
            "child": child,
            "on": stay["end"],
            "age_months": age_in_month_of(area, child, stay["end"]),
            "reason": stay["reason"],
        }
        for child in children(area)
        for stay in stays(area, child)
        if stay["end"]
    ]


EVENTS = {"care_starts": care_starts, "care_ends": care_ends}
