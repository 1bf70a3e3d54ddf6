"""What is known of a child, whatever is counted."""

from datetime import date
from typing import Any

from .area import Area, Row
from .calendar import months_apart

NOT_RECORDED = "not recorded"
_ETHNIC_GROUPS = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WOTH", "WROM"), "White"),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "Mixed"),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "Asian"),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), "Black"),
    "OOTH": "Other",
}


def person(area: Area, child: int | None) -> Row:
    """The child's row of `ssd_person`; one that knows nothing when there is none."""
    found = area.rows_of("ssd_person", "pers_person_id", child) if child is not None else []
    return found[0] if found else {"pers_sex": None, "pers_ethnicity": None, "pers_age_months": None}


def age_in_month_of(area: Area, child: int | None, day: date) -> int | None:
    """Completed months on the last day of the month of `day`."""
    at_extract = person(area, child)["pers_age_months"]
    return None if at_extract is None else at_extract - months_apart(day, area.as_at)


def aged_on(age: int | None, start: date | None, end: date | None) -> int | None:
    """An age at a start, and the calendar months from it to the end."""
    return None if age is None or start is None or end is None else age + months_apart(start, end)


def age_band(months: int | None) -> str:
    """The band of an age in months."""
    if months is None:
        return NOT_RECORDED
    if months < 0:
        return "unborn"
    years = months // 12
    for limit, band in ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 and 17")):
        if years < limit:
            return band
    return "18 and over"


def described(area: Area, row: Row) -> Row:
    """A row of a subject, with the columns that every subject has."""
    child, months = row["child"], row.get("age_months")
    of_child = person(area, child)
    team = {"team": NOT_RECORDED if row["team"] is None else str(row["team"])} if "team" in row else {}
    return {
        **row,
        "age_months": months,
        "age_years": None if months is None or months < 0 else months // 12,
        "age_band": age_band(months),
        "sex": {"F": "female", "M": "male"}.get(of_child["pers_sex"], NOT_RECORDED),
        "ethnic_group": _ETHNIC_GROUPS.get(of_child["pers_ethnicity"], NOT_RECORDED),
        "disabled": "disabled" if _is_disabled(area, child) else "no disability recorded",
        "locality": _locality(area, child),
        **team,
    }


def _is_disabled(area: Area, child: int | None) -> bool:
    found = [row["disa_disability_code"] for row in area.rows("ssd_disability") if row["disa_person_id"] == child]
    return child is not None and any(code not in (None, "NONE") for code in found)


def _locality(area: Area, child: int | None) -> str:
    found = [row for row in area.rows("ssd_address") if child is not None and row["addr_person_id"] == child]
    if not found:
        return NOT_RECORDED

    def order(row: Row) -> Any:
        return row["addr_address_start_date"] or date.min, row["addr_table_id"]

    return max(found, key=order)["addr_locality"] or NOT_RECORDED
