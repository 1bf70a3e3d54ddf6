"""Child in need plans: open and started, and visits to the children who have one.

`cin_plans`: the stretches in which a child has a plan of `ssd_cin_plans` and is neither in care
(`care_periods.stays`) nor on a child protection plan (`cp_plans.plans`): such a child has another plan. A child with
two open plans counts once, by the one that started first (on one day: the lower `cinp_cin_plan_id`). On the day:

* `months_open`: completed months since that plan started.
* `days_since_seen`: calendar days since the latest of the child's `ssd_cin_visits` on or before the day at which the
  child was seen (`cinv_cin_visit_seen` is yes). A visit of before the plan counts too. Not known when there is none.

`cin_plan_starts`: a row for each plan, `on` its start. Ends are in `plan_ends`.
"""

import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS as CARE_NEEDS
from .care_periods import open_stays
from .cp_plans import protected
from .dates import months_to
from .shape import Column, Subject
from .stretches import clipped, latest_in_month, merged, one_at_a_time, outside, stretches


def plans(tables: Tables) -> ir.Table:
    """The plans as stretches, which may overlap, with `team`, `began` and `ended`."""
    return stretches(
        tables["ssd_cin_plans"],
        child="cinp_person_id",
        start="cinp_cin_plan_start_date",
        end="cinp_cin_plan_end_date",
        row="cinp_cin_plan_id",
        began="cinp_cin_plan_start_date",
        ended="cinp_cin_plan_end_date",
        team="cinp_cin_plan_team",
    )


def _plans_alone(tables: Tables) -> ir.Table:
    held = ("area", "child", "start", "end")
    others = merged(protected(tables).select(*held).union(open_stays(tables).select(*held)))
    alone = clipped(one_at_a_time(plans(tables)), outside(others))
    visits = tables["ssd_cin_visits"]
    seen = visits.filter(visits.cinv_cin_visit_seen.fill_null(False) & visits.cinv_person_id.notnull()).select(
        area="area", child="cinv_person_id", on="cinv_cin_visit_date"
    )
    return clipped(alone, latest_in_month(seen, "seen_on", on="on"), ["seen_on"])


def _on_the_day(table: ir.Table) -> ir.Table:
    return table.mutate(
        months_open=months_to(table.began, table.day),
        days_since_seen=table.day.delta(table.seen_on, unit="day").cast("int64"),
    )


def _starts(tables: Tables) -> ir.Table:
    rows = tables["ssd_cin_plans"]
    return rows.filter(rows.cinp_person_id.notnull()).select(
        area="area",
        child="cinp_person_id",
        on="cinp_cin_plan_start_date",
        age_months="age_months",
        team="cinp_cin_plan_team",
    )


_PLAN = "ssd_cin_plans."
NEEDS = (_PLAN + "cinp_person_id", _PLAN + "cinp_cin_plan_start_date", _PLAN + "cinp_cin_plan_end_date")
_PROTECTION = ("ssd_cp_plans.cppl_cp_plan_start_date", "ssd_cp_plans.cppl_cp_plan_end_date")
_VISIT = "ssd_cin_visits."
SUBJECTS = (
    Subject(
        name="cin_plans",
        kind="episodes",
        needs=(*NEEDS, *_PROTECTION, *CARE_NEEDS),
        build=_plans_alone,
        at=_on_the_day,
        at_columns={
            "months_open": Column("number"),
            "days_since_seen": Column(
                "number",
                (_VISIT + "cinv_person_id", _VISIT + "cinv_cin_visit_date", _VISIT + "cinv_cin_visit_seen"),
                looks_back_months=1,
            ),
        },
        team=_PLAN + "cinp_cin_plan_team",
    ),
    Subject(
        name="cin_plan_starts",
        kind="events",
        needs=NEEDS[:2],
        build=_starts,
        team=_PLAN + "cinp_cin_plan_team",
    ),
)
