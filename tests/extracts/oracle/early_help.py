"""Early help episodes."""

from datetime import date

from .area import Area, Row, label, open_on
from .calendar import add_months
from .people import NOT_RECORDED, aged_on

_NEEDS = {
    "BEHAVIOUR": "child's behaviour",
    "DOMESTIC_ABUSE": "domestic abuse",
    "MENTAL_HEALTH": "mental health",
    "SUBSTANCES": "alcohol or drugs",
    "PARENTING": "parenting",
    "DISABILITY": "disability",
    "EDUCATION": "education and attendance",
    "HOUSING_MONEY": "housing or money",
    "EXPLOITATION": "exploitation",
    "OTHER": "other",
}
_AGENCIES = {
    "education": ("EDUCATION",),
    "health": ("HEALTH",),
    "voluntary sector": ("VOLUNTARY",),
    "local authority": ("SOCIAL_CARE", "EARLY_HELP", "HOUSING"),
    "police": ("POLICE",),
    "other": ("OTHER",),
}
_LEADS = {
    "Education setting": ("EDUCATION",),
    "Health": ("HEALTH",),
    "Voluntary sector": ("VOLUNTARY",),
    "Social care": ("SOCIAL_CARE",),
    "Early help service": ("EARLY_HELP",),
    "Police": ("POLICE",),
    "Housing": ("HOUSING",),
    "Other": ("OTHER",),
}
_REASONS = {"NEEDS_MET": "needs met", "STEPPED_UP": "stepped up to social care"} | {
    "CONSENT_WITHDRAWN": "consent withdrawn",
    "MOVED": "moved away",
}
_SOURCES = {
    "school or education setting": ("2A", "2B"),
    "health services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "police": ("6",),
    "local authority services": ("4", "5A", "5B", "5C", "5D"),
    "voluntary sector": ("8",),
    "family": ("1A", "1C"),
}


def _our_own(area: Area) -> list[Row]:
    return [
        {
            "id": row["epis_id"],
            "child": row["epis_person_id"],
            "start": row["epis_start_date"],
            "end": row["epis_end_date"],
            "age_at_start": row["age_months"],
            "need_code": row["epis_need"],
            "agency_code": row["epis_lead_agency"],
            "reason_code": row["epis_end_reason"],
            "source_code": row["epis_source_code"],
            "team": row["epis_team"],
        }
        for row in area.rows("trefoil_episodes")
        if row["epis_kind"] == "EARLY_HELP"
    ]


def _of_the_standard(area: Area) -> list[Row]:
    return [
        {
            "id": row["earl_episode_id"],
            "child": row["earl_person_id"],
            "start": row["earl_episode_start_date"],
            "end": row["earl_episode_end_date"],
            "age_at_start": row["age_months"],
            "need_code": row["earl_episode_reason"],
            "agency_code": row["earl_episode_organisation"],
            "reason_code": row["earl_episode_end_reason"],
            "team": None,
        }
        for row in area.rows("ssd_early_help_episodes")
    ]


def _usable(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["child"] is not None and row["start"] is not None]


def episodes(area: Area) -> list[Row]:
    """The area's episodes with a child and a start: of our own table, or of the standard's where it has none."""
    return _usable(_our_own(area) or _of_the_standard(area))


def open_episodes(area: Area, day: date) -> list[Row]:
    """Those open on a day."""
    return [
        {
            **row,
            "lead": label(_LEADS, row["agency_code"], "Unknown"),
            "duration": _duration((day - row["start"]).days),
        }
        for row in episodes(area)
        if open_on(row["start"], row["end"], day)
    ]


def _duration(days: int) -> str:
    for limit, band in ((91, "0-3 months"), (182, "3-6 months"), (273, "6-9 months"), (365, "9-12 months")):
        if days <= limit:
            return band
    return "over 1 year"


def begun(area: Area) -> list[Row]:
    """Each episode, on its start."""
    return [
        {
            **row,
            "on": row["start"],
            "age_months": row["age_at_start"],
            "agency": label(_AGENCIES, row["agency_code"], NOT_RECORDED),
            "need": _NEEDS.get(row["need_code"], NOT_RECORDED),
            "back_within_12_months": _is_back(area, row),
        }
        for row in episodes(area)
    ]


def _is_back(area: Area, episode: Row) -> bool:
    """All earlier help of the child had ended by the start, and the last of it less than twelve months before."""
    place = (episode["start"], episode["id"])
    earlier = [row for row in episodes(area) if row["child"] == episode["child"] and (row["start"], row["id"]) < place]
    ends = [row["end"] for row in earlier]
    if not ends or None in ends:
        return False
    return add_months(episode["start"], -12) < max(ends) <= episode["start"]


def ended(area: Area) -> list[Row]:
    """Each episode that has ended, on its end."""
    return [
        {
            **row,
            "on": row["end"],
            "age_months": aged_on(row["age_at_start"], row["start"], row["end"]),
            "reason": NOT_RECORDED if row["reason_code"] is None else _REASONS.get(row["reason_code"], "other"),
        }
        for row in episodes(area)
        if row["end"]
    ]


def requests(area: Area) -> list[Row]:
    """Each episode of our own table, on its start, and who asked."""
    return [
        {
            **row,
            "on": row["start"],
            "age_months": row["age_at_start"],
            "source": label(_SOURCES, row["source_code"], "other or not recorded"),
        }
        for row in _usable(_our_own(area))
    ]


EVENTS = {"early_help_begun": begun, "early_help_ended": ended, "early_help_requests": requests}
STATES = {"early_help": open_episodes}
