"""Missing episodes, exploitation and youth justice."""

from datetime import date

from .area import Area, Row, days_between, open_on
from .people import aged_on


def _episodes(area: Area) -> list[Row]:
    """Each missing episode with a child and a start."""
    found = []
    for row in area.rows("ssd_missing"):
        child, start, end = (
            row["miss_person_id"],
            row["miss_missing_episode_start_date"],
            row["miss_missing_episode_end_date"],
        )
        if child is None or start is None:
            continue
        found.append(
            {
                "child": child,
                "start": start,
                "end": end,
                "age_at_start": row["age_months"],
                "missing": row["miss_missing_episode_type"] != "A",
                "place": "from care" if _in_care(area, child, start) else "from home",
                "days_missing": days_between(start, end),
                "interviewed_in_72_hours": _interviewed(area, row),
            }
        )
    return found


def _in_care(area: Area, child: int, day: date) -> bool:
    return any(
        open_on(row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"], day)
        for row in area.rows_of("ssd_cla_episodes", "clae_person_id", child)
    )


def _interviewed(area: Area, missing: Row) -> bool:
    end = missing["miss_missing_episode_end_date"]
    held = [
        row["rint_held_date"]
        for row in area.rows("trefoil_return_interviews")
        if row["rint_missing_id"] == missing["miss_table_id"] and row["rint_held_date"] and end
    ]
    return any(0 <= (day - end).days <= 3 for day in held)


def begun(area: Area) -> list[Row]:
    """Missing episodes, on their start."""
    return [{**row, "on": row["start"], "age_months": row["age_at_start"]} for row in _episodes(area)]


def ended(area: Area) -> list[Row]:
    """Missing episodes that have ended, on their end."""
    return [
        {**row, "on": row["end"], "age_months": aged_on(row["age_at_start"], row["start"], row["end"])}
        for row in _episodes(area)
        if row["end"]
    ]


def _of_kinds(area: Area, *kinds: str) -> list[Row]:
    """Each episode of our own table of these kinds, with a child and a start."""
    return [
        {
            "id": row["epis_id"],
            "child": row["epis_person_id"],
            "start": row["epis_start_date"],
            "end": row["epis_end_date"],
            "on": row["epis_start_date"],
            "age_months": row["age_months"],
            "team": row["epis_team"],
            "kind": row["epis_kind"],
            "days_so_far": ((row["epis_end_date"] or area.as_at) - row["epis_start_date"]).days,
        }
        for row in area.rows("trefoil_episodes")
        if row["epis_kind"] in kinds and row["epis_person_id"] is not None and row["epis_start_date"]
    ]


def exploitation_begun(area: Area) -> list[Row]:
    """Episodes of exploitation, on their start."""
    return _of_kinds(area, "CSE", "GANGS", "CRIMINAL")


def exploitation(area: Area, day: date) -> list[Row]:
    """Episodes of exploitation that are open on a day."""
    return [row for row in exploitation_begun(area) if open_on(row["start"], row["end"], day)]


def nrm_referrals(area: Area) -> list[Row]:
    """Referrals to the national mechanism."""
    return _of_kinds(area, "NRM")


def panel_referrals(area: Area) -> list[Row]:
    """Referrals to exploitation panels."""
    return _of_kinds(area, "PANEL")


def youth_justice(area: Area, day: date) -> list[Row]:
    """Episodes of youth justice that are open on a day."""
    return [row for row in _of_kinds(area, "YOUTH_JUSTICE") if open_on(row["start"], row["end"], day)]


def vulnerable_adolescents(area: Area) -> list[Row]:
    """Children who went missing, or were in exploitation, gangs or a panel, each time on its start."""
    rows = [row for row in begun(area) if row["missing"]] + _of_kinds(area, "CSE", "GANGS", "PANEL")
    return [{"child": row["child"], "on": row["on"], "age_months": row["age_months"]} for row in rows]


EVENTS = {
    "missing_begun": begun,
    "missing_ended": ended,
    "missing_and_interviews": ended,
    "exploitation_begun": exploitation_begun,
    "nrm_referrals": nrm_referrals,
    "panel_referrals": panel_referrals,
    "vulnerable_adolescents": vulnerable_adolescents,
}
STATES = {"exploitation": exploitation, "youth_justice": youth_justice}
