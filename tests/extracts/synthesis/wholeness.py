"""What must hold in every clean borough, whatever its figures: told as faults, none when all is well."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pyarrow
import pyarrow.compute as pc

from trefoil.extracts.standard import load_tables

from .boroughs import asked

Tables = dict[str, pyarrow.Table]
ORDERS = (
    ("ssd_address", "addr_address_start_date", "addr_address_end_date"),
    ("ssd_cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date"),
    ("ssd_cin_episodes", "cine_referral_date", "cine_close_date"),
    ("ssd_cin_plans", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    ("ssd_cla_care_plan", "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    ("ssd_cla_episodes", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    ("ssd_cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    ("ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    ("ssd_early_help_episodes", "earl_episode_start_date", "earl_episode_end_date"),
    ("ssd_involvements", "invo_involvement_start_date", "invo_involvement_end_date"),
    ("ssd_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date"),
    ("ssd_missing", "miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    ("ssd_s47_enquiry", "s47e_s47_start_date", "s47e_s47_end_date"),
    ("trefoil_episodes", "epis_start_date", "epis_end_date"),
    ("trefoil_return_interviews", "rint_offered_date", "rint_held_date"),
)
ALSO_REFERS = {
    "trefoil_return_interviews": {"rint_missing_id": "ssd_missing.miss_table_id"},
    "trefoil_strategy_discussions": {
        "strd_s47_enquiry_id": "ssd_s47_enquiry.s47e_s47_enquiry_id",
        "strd_referral_id": "ssd_cin_episodes.cine_referral_id",
        "strd_team": "ssd_department.dept_team_id",
    },
    "ssd_cla_episodes": {
        "clae_cla_placement_id": "ssd_cla_placement.clap_cla_placement_id",
        "clae_referral_id": "ssd_cin_episodes.cine_referral_id",
    },
    "ssd_cp_plans": {"cppl_referral_id": "ssd_cin_episodes.cine_referral_id"},
    "ssd_cp_reviews": {"cppr_cp_plan_id": "ssd_cp_plans.cppl_cp_plan_id"},
    "ssd_cp_visits": {"cppv_cp_plan_id": "ssd_cp_plans.cppl_cp_plan_id"},
    "ssd_initial_cp_conference": {"icpc_cp_plan_id": "ssd_cp_plans.cppl_cp_plan_id"},
    "ssd_cla_visits": {"clav_cla_id": "ssd_cla_episodes.clae_cla_id"},
}
STALE = {"ssd_permanence", "ssd_pre_proceedings", "ssd_care_leavers"}
"""Their event may be older than the window: what led to an adoption, an order, or a last contact long ago."""


def faults_of(tables: Tables, first: date, last: date) -> list[str]:
    """Everything that is wrong, in words."""
    return [*keys(tables), *references(tables), *orders(tables), *births(tables), *days(tables, first, last)]


def keys(tables: Tables) -> Iterator[str]:
    """Two rows with one key."""
    for name, table in tables.items():
        for field in load_tables()[name].fields if name in load_tables() else ():
            values = table[field.name]
            if field.key and field.of != "family" and len(values.unique()) != len(values):
                yield f"{name}.{field.name} is not unique"


def _published() -> dict[str, dict[str, str]]:
    place = files("trefoil.extracts.standard") / "data" / "ssd-1.4.5.json"
    found = json.loads(place.read_text(encoding="utf-8"))["tables"]
    names = {name: {field["field"] for field in fields} for name, fields in found.items()}
    # The specification misnames three of its targets; those are left to ALSO_REFERS.
    return {
        name: {
            field["field"]: field["refers_to"]
            for field in fields
            if field["refers_to"]
            and field["refers_to"].split(".")[1] in names.get(field["refers_to"].split(".")[0], ())
            and field["field"] != "perm_person_id"
        }
        for name, fields in found.items()
    }


def references(tables: Tables) -> Iterator[str]:
    """A value that refers to no row."""
    everything = {name: {**_published().get(name, {}), **ALSO_REFERS.get(name, {})} for name in tables}
    for name in tables:
        person = load_tables()[name].person_field if name in load_tables() else None
        if person and name != "ssd_person":
            everything[name][person.name] = "ssd_person.pers_person_id"
        for column, target in everything[name].items():
            home, field = target.split(".")
            if home in tables:
                held = tables[name][column].drop_null().unique()
                lost = pc.sum(pc.invert(pc.is_in(held, tables[home][field].combine_chunks()))).as_py()
                if lost:
                    yield f"{name}.{column}: {lost} values are not in {target}"


def orders(tables: Tables) -> Iterator[str]:
    """The later of two dates before the earlier."""
    for name, begin, end in ORDERS:
        wrong = pc.sum(pc.less(tables[name][end], tables[name][begin])).as_py()
        if wrong:
            yield f"{name}: {wrong} rows end before they begin"


def _events(tables: Tables) -> Iterator[tuple[str, str, str]]:
    for name in tables:
        table = load_tables().get(name)
        if table and table.event and table.person_field and name not in {"ssd_address", "ssd_person"}:
            yield name, table.event, table.person_field.name


def births(tables: Tables) -> Iterator[str]:
    """An event before the child was born, or (but for care leavers) after they were 18."""
    for name, event, person in _events(tables):
        grown = "interval 25 year" if name == "ssd_care_leavers" else "interval 18 year + interval 3 day"
        early, late = asked(
            tables,
            f"SELECT count(*) FILTER ({event}::date < pers_dob::date),"
            f" count(*) FILTER ({event}::date > pers_dob::date + {grown})"
            f" FROM {name} JOIN ssd_person ON pers_person_id = {person}",
        )[0]
        if early or late:
            yield f"{name}: {early} before birth, {late} after 18"


OLDER = {"ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status", "ssd_cla_care_plan", "ssd_cp_plans"}
"""All of a period of care that touches the window, and a child's earlier plan, are in the extract."""
LED_TO_OPEN = {"ssd_s47_enquiry", "ssd_initial_cp_conference", "ssd_immigration_status"}


def days(tables: Tables, first: date, last: date) -> Iterator[str]:
    """An event after the extract was taken, or before the window and long over."""
    ends = {name: end for name, _, end in ORDERS}
    for name, event, _ in _events(tables):
        starts = tables[name][event]
        late = pc.sum(pc.greater(starts, last.isoformat())).as_py()
        if late:
            yield f"{name}: {late} events after the day of the extract"
        old = pc.less(starts, first.isoformat())
        if name in ends:
            old = pc.and_(old, pc.less(tables[name][ends[name]], first.isoformat()))
        over = pc.sum(pc.fill_null(old, False)).as_py()
        if over and name not in OLDER | STALE | LED_TO_OPEN:
            yield f"{name}: {over} events that were over before the window"
