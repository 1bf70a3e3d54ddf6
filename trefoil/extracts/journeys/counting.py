"""Counts, for the referrals of the twelve months before an extract was taken, how far each went and how fast.

A way begins with a referral and goes on with the first assessment, the first section 47 enquiry, the first initial
child protection conference and the first plan that name it. A contact belongs to a referral of the same child on the
same day or up to 28 days later; the standard holds no link between the two. Times are working days in England, from
the stage that goes before by law to the stage itself (`Stage.after`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from trefoil.extracts.engine.calendar import days_table
from trefoil.extracts.standard import code_lists

CONTACT_LEADS_WITHIN = 28


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. `after` names the stage its time is counted from; `table` is where its dates come from."""

    name: str
    title: str
    table: str
    after: str = ""


STAGES = (
    Stage("contact", "Contacts", "ssd_contacts"),
    Stage("referral", "Referrals", "ssd_cin_episodes", "contact"),
    Stage("assessment", "Assessments completed", "ssd_cin_assessments", "referral"),
    Stage("section47", "Section 47 enquiries", "ssd_s47_enquiry", "referral"),
    Stage("conference", "Initial conferences", "ssd_initial_cp_conference", "section47"),
    Stage("plan", "Child protection plans", "ssd_cp_plans", "conference"),
)
BREAKDOWNS = ("", "age_band", "sex", "ethnicity", "disability", "locality", "team")
COLUMNS = ("breakdown", "group", "stage", "count", "timed", "median_days")

# The words and bands of `engine.subjects.people`, so that a group is the same on every page.
_AGE_BAND = """CASE WHEN months IS NULL THEN NULL WHEN months < 0 THEN 'unborn' WHEN months < 12 THEN 'under 1'
    WHEN months < 60 THEN '1 to 4' WHEN months < 120 THEN '5 to 9' WHEN months < 192 THEN '10 to 15'
    WHEN months < 216 THEN '16 and 17' ELSE '18 and over' END"""

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "ssd_contacts": ("cont_person_id", "cont_contact_date", "age_months"),
    "ssd_cin_episodes": (
        "cine_referral_id",
        "cine_person_id",
        "cine_referral_date",
        "cine_referral_team",
        "age_months",
    ),
    "ssd_cin_assessments": ("cina_referral_id", "cina_assessment_auth_date"),
    "ssd_s47_enquiry": ("s47e_s47_enquiry_id", "s47e_referral_id", "s47e_s47_start_date"),
    "ssd_initial_cp_conference": ("icpc_icpc_id", "icpc_s47_enquiry_id", "icpc_referral_id", "icpc_icpc_date"),
    "ssd_cp_plans": ("cppl_referral_id", "cppl_icpc_id", "cppl_cp_plan_start_date"),
    "ssd_person": ("pers_person_id", "pers_sex", "pers_ethnicity"),
    "ssd_disability": ("disa_person_id", "disa_disability_code"),
    "ssd_address": ("addr_table_id", "addr_person_id", "addr_address_start_date", "addr_locality"),
    "ssd_department": ("dept_team_id", "dept_team_name"),
}
_TYPES = {"_date": "DATE", "_id": "BIGINT", "_team": "BIGINT", "_months": "INTEGER"}


def _type_of(column: str) -> str:
    return next((kind for ending, kind in _TYPES.items() if column.endswith(ending)), "VARCHAR")


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection in memory with a view for each table; one that the extract lacks is empty."""
    connection = duckdb.connect(config={"threads": 1})
    for table, columns in _NEEDED.items():
        path = folder / f"{table}.parquet"
        if path.is_file():
            quoted = str(path).replace("'", "''")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{quoted}')")
        else:
            fields = ", ".join(f"NULL::{_type_of(column)} AS {column}" for column in columns)
            connection.execute(f"CREATE VIEW {table} AS SELECT {fields} WHERE false")
    connection.register("working_days", days_table())
    connection.register("ethnic_groups", _ethnic_groups())
    return connection


def _ethnic_groups() -> pa.Table:
    known = [one for one in code_lists()["ethnicity"].codes if one.group and one.group != "Not known"]
    return pa.table({"code": [one.code for one in known], "words": [one.group for one in known]})


_CHILDREN = """CREATE TEMP TABLE children AS
    SELECT p.pers_person_id AS child, CASE p.pers_sex WHEN 'F' THEN 'female' WHEN 'M' THEN 'male' END AS sex,
        e.words AS ethnicity, coalesce(d.words, 'no disability recorded') AS disability, a.addr_locality AS locality
    FROM (SELECT DISTINCT ON (pers_person_id) * FROM ssd_person) p
    LEFT JOIN ethnic_groups e ON e.code = p.pers_ethnicity
    LEFT JOIN (SELECT DISTINCT disa_person_id AS child, 'disabled' AS words FROM ssd_disability
        WHERE disa_disability_code <> 'NONE') d ON d.child = p.pers_person_id
    LEFT JOIN (SELECT DISTINCT ON (addr_person_id) addr_person_id, addr_locality FROM ssd_address
        ORDER BY addr_person_id, addr_address_start_date DESC NULLS LAST, addr_table_id DESC) a
        ON a.addr_person_id = p.pers_person_id"""

_CONTACTS = """SELECT cont_person_id AS child, cont_contact_date AS on_day, age_months AS months, NULL::VARCHAR AS team
    FROM ssd_contacts WHERE cont_contact_date > $since AND cont_contact_date <= $until"""

_REFERRALS = """SELECT cine_referral_id AS referral, cine_person_id AS child, cine_referral_date AS on_day,
        age_months AS months, t.name AS team
    FROM ssd_cin_episodes LEFT JOIN (SELECT dept_team_id AS id, any_value(dept_team_name) AS name
        FROM ssd_department GROUP BY ALL) t ON t.id = cine_referral_team
    WHERE cine_referral_date > $since AND cine_referral_date <= $until"""

_WAYS = """CREATE TEMP TABLE ways AS
    WITH s47 AS (SELECT s47e_referral_id AS referral, min(s47e_s47_start_date) AS on_day
        FROM ssd_s47_enquiry GROUP BY 1),
    assessed AS (SELECT cina_referral_id AS referral, min(cina_assessment_auth_date) AS on_day
        FROM ssd_cin_assessments GROUP BY 1),
    meetings AS (SELECT coalesce(c.icpc_referral_id, e.s47e_referral_id) AS referral, c.icpc_icpc_id AS meeting,
        c.icpc_icpc_date AS on_day FROM ssd_initial_cp_conference c
        LEFT JOIN (SELECT s47e_s47_enquiry_id AS id, any_value(s47e_referral_id) AS s47e_referral_id
            FROM ssd_s47_enquiry GROUP BY 1) e ON e.id = c.icpc_s47_enquiry_id),
    met AS (SELECT referral, min(on_day) AS on_day FROM meetings GROUP BY 1),
    planned AS (SELECT coalesce(p.cppl_referral_id, m.referral) AS referral, min(p.cppl_cp_plan_start_date) AS on_day
        FROM ssd_cp_plans p LEFT JOIN (SELECT meeting, any_value(referral) AS referral FROM meetings GROUP BY 1) m
            ON m.meeting = p.cppl_icpc_id GROUP BY 1)
    SELECT r.*, k.on_day AS contact_day, assessed.on_day AS assessment_day, s47.on_day AS section47_day,
        met.on_day AS conference_day, planned.on_day AS plan_day
    FROM referrals r
    ASOF LEFT JOIN (SELECT DISTINCT cont_person_id AS child, cont_contact_date AS on_day FROM ssd_contacts
            WHERE cont_contact_date IS NOT NULL AND cont_person_id IS NOT NULL) k
        ON k.child = r.child AND k.on_day <= r.on_day
    LEFT JOIN assessed ON assessed.referral = r.referral AND assessed.on_day <= $until
    LEFT JOIN s47 ON s47.referral = r.referral AND s47.on_day <= $until
    LEFT JOIN met ON met.referral = r.referral AND met.on_day <= $until
    LEFT JOIN planned ON planned.referral = r.referral AND planned.on_day <= $until"""

_EVENTS = f"""CREATE TEMP TABLE events AS
    WITH stages AS (
        SELECT 'contact' AS stage, child, months, team, on_day, NULL::DATE AS since FROM contacts
        UNION ALL SELECT 'referral', child, months, team, on_day,
            CASE WHEN on_day - contact_day <= {CONTACT_LEADS_WITHIN} THEN contact_day END FROM ways
        UNION ALL SELECT 'assessment', child, months, team, assessment_day, on_day FROM ways
        UNION ALL SELECT 'section47', child, months, team, section47_day, on_day FROM ways
        UNION ALL SELECT 'conference', child, months, team, conference_day, section47_day FROM ways
        UNION ALL SELECT 'plan', child, months, team, plan_day, conference_day FROM ways)
    SELECT stage, {_AGE_BAND} AS age_band, sex, ethnicity, disability, locality, team,
        CASE WHEN since <= on_day THEN (e.number - b.number) END AS days
    FROM stages LEFT JOIN children USING (child)
    LEFT JOIN working_days e ON e.day = on_day LEFT JOIN working_days b ON b.day = since
    WHERE on_day IS NOT NULL"""


def count_journeys(folder: Path, *, as_at: date) -> pa.Table:
    """How many reached each stage, and the median working days it took, whole and by each breakdown.

    `folder` is a stored extract. Columns: `breakdown` and `group` (both empty for the whole), `stage`, `count`,
    `timed` (of how many the time is known), `median_days` (a decimal of one place, null when none is timed). A stage
    whose table the extract lacks has no row. Groups are words; what is not known is `not recorded`.
    """
    with _open(folder) as connection:
        days = {"since": _year_before(as_at), "until": as_at}
        connection.execute(_CHILDREN)
        connection.execute(f"CREATE TEMP TABLE contacts AS {_CONTACTS}", days)
        connection.execute(f"CREATE TEMP TABLE referrals AS {_REFERRALS}", days)
        connection.execute(_WAYS, {"until": as_at})
        connection.execute(_EVENTS)
        held = [stage.name for stage in STAGES if (folder / f"{stage.table}.parquet").is_file()]
        return connection.execute(_counted(), {"held": held}).to_arrow_table()


def _counted() -> str:
    one = """SELECT '{name}' AS breakdown, {group} AS "group", stage, count(*)::BIGINT AS count,
        count(days)::BIGINT AS timed, median(days)::DECIMAL(9, 1) AS median_days
        FROM events WHERE list_contains($held, stage) GROUP BY ALL"""
    parts = [one.format(name=name, group=f"coalesce({name}, 'not recorded')" if name else "''") for name in BREAKDOWNS]
    return " UNION ALL ".join(parts) + ' ORDER BY breakdown, "group", stage'


def _year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The counts as plain values."""
    found: list[dict[str, Any]] = table.to_pylist()
    return found
