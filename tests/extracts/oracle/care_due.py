"""What is due to children in care: reviews and health; and whether they went missing."""

from datetime import date
from itertools import zip_longest

from .area import Area, Row
from .calendar import add_months, completed_months, months_apart, working_day_after
from .care import in_care
from .people import age_in_month_of
from .stays import children, in_care_on, stays


def care_reviews_due(area: Area) -> list[Row]:
    """Each review that falls due to a child in care, on the day by which it must be held."""
    found = []
    for child in children(area):
        for stay in stays(area, child):
            for due, held in _due(area, child, stay):
                if stay["end"] is None or stay["end"] > due:
                    age = age_in_month_of(area, child, due)
                    in_time = held is not None and held <= due
                    found.append({"child": child, "on": due, "age_months": age, "in_time": in_time})
    return found


def _due(area: Area, child: int, stay: Row) -> list[tuple[date, date | None]]:
    """The days on which reviews of a stay are due, and the day on which each was held."""
    held = _reviews(area, child, stay)
    followed = list(zip_longest(held, held[1:]))
    if stay["start"] < area.reviews_from:
        return [(add_months(one, 6), answer) for one, answer in followed]
    first = (working_day_after(stay["start"], 20), held[0] if held else None)
    later = [(add_months(one, 3 if place == 0 else 6), answer) for place, (one, answer) in enumerate(followed)]
    return [first, *later]


def _reviews(area: Area, child: int, stay: Row) -> list[date]:
    """Days of reviews held in a stay."""
    of_child = {
        row["clae_cla_id"]
        for row in area.rows_of("ssd_cla_episodes", "clae_person_id", child)
        if row["clae_cla_id"] is not None
    }
    held = {
        row["clar_cla_review_date"]
        for row in area.rows("ssd_cla_reviews")
        if row["clar_cla_id"] in of_child and row["clar_cla_review_date"] and not row["clar_cla_review_cancelled"]
    }
    return sorted(day for day in held if stay["start"] < day and (stay["end"] is None or day <= stay["end"]))


def _checks(area: Area, child: int, *kinds: str) -> list[date]:
    """Days of the child's health checks of these kinds that were done."""
    return [
        row["clah_health_check_date"]
        for row in area.rows_of("ssd_cla_health", "clah_person_id", child)
        if row["clah_health_check_type"] in kinds
        and row["clah_health_check_date"]
        and row["clah_health_check_status"] not in ("Planned", "Refused", "Cancelled")
    ]


def care_health(area: Area, day: date) -> list[Row]:
    """Children in care, and what is known of their health."""
    found = []
    for child, stay in in_care(area, day):
        assessed = max((one for one in _checks(area, child, "IHA", "RHA") if one <= day), default=None)
        dentist = [one for one in _checks(area, child, "DENTAL") if one <= day and months_apart(one, day) < 12]
        found.append(
            {
                "child": child,
                "months_in_care": completed_months(stay["start"], day),
                "months_since_assessed": None if assessed is None else months_apart(assessed, day),
                "dentist_seen": bool(dentist),
                "vaccinated": _vaccinated(area, child, day),
                "sdq_score": _score(area, child, day),
            }
        )
    return found


def _vaccinated(area: Area, child: int, day: date) -> bool:
    rows = [
        row
        for row in area.rows_of("ssd_cla_immunisations", "clai_person_id", child)
        if row["clai_immunisations_status_date"] and row["clai_immunisations_status_date"] <= day
    ]
    latest = max(rows, key=lambda row: row["clai_immunisations_status_date"], default=None)
    return latest is not None and latest["clai_immunisations_status"] is True


def _score(area: Area, child: int, day: date) -> int | None:
    rows = [
        row
        for row in area.rows_of("ssd_sdq_scores", "csdq_person_id", child)
        if row["csdq_sdq_completed_date"]
        and row["csdq_sdq_completed_date"] <= day
        and months_apart(row["csdq_sdq_completed_date"], day) < 12
        and row["csdq_sdq_score"] is not None
        and 0 <= row["csdq_sdq_score"] <= 40
    ]
    latest = max(rows, key=lambda row: (row["csdq_sdq_completed_date"], row["csdq_table_id"]), default=None)
    return None if latest is None else int(latest["csdq_sdq_score"])


def first_health_due(area: Area) -> list[Row]:
    """Stays, on the 20th working day, when the child is still in care after it."""
    found = []
    for child in children(area):
        for stay in stays(area, child):
            due = working_day_after(stay["start"], 20)
            if stay["end"] is None or stay["end"] > due:
                in_time = any(stay["start"] <= one <= due for one in _checks(area, child, "IHA", "RHA"))
                age = age_in_month_of(area, child, due)
                found.append({"child": child, "on": due, "age_months": age, "in_time": in_time})
    return found


def care_in_year(area: Area, day: date) -> list[Row]:
    """Children who were in care on any day of the twelve months that end with the day."""
    found = []
    for child in children(area):
        if any(_holds_a_day(stay, day) for stay in stays(area, child)):
            lost = [
                row["miss_missing_episode_start_date"]
                for row in area.rows_of("ssd_missing", "miss_person_id", child)
                if row["miss_missing_episode_type"] != "A" and row["miss_missing_episode_start_date"]
            ]
            missing = any(one <= day and months_apart(one, day) < 12 and in_care_on(area, child, one) for one in lost)
            found.append({"child": child, "missing_in_year": missing})
    return found


def _holds_a_day(stay: Row, day: date) -> bool:
    """Whether the child was in the stay on a day of the twelve calendar months that end with `day`."""
    first = date(day.year - 1, day.month, 1)
    first = add_months(first, 1)
    if stay["start"] > day or stay["end"] == stay["start"]:
        return False
    return stay["end"] is None or stay["end"] > first


EVENTS = {"care_reviews_due": care_reviews_due, "first_health_due": first_health_due}
STATES = {"care_health": care_health, "care_in_year": care_in_year}
