"""Visits to children with a child protection plan.

`cp_plans_visited`: the stretches of `cp_plans`, cut at the last visit of the plan in each month. A visit is a row of
`ssd_cp_visits` of the plan (`cppv_cp_plan_id`) at which the child was seen (`cppv_cp_visit_seen` is yes). The last
one is the latest on or before the day. On the day:

* `seen_in_ten_working_days`: no more than ten working days after the last visit up to and including the day
  (`calendar`). The interval is a local rule of practice; Working Together (December 2023) sets none.
* `days_since_seen`: calendar days since the last visit; not known when there is none.
* `seen_alone`: at any visit on the day of the last one, the child was seen alone.

`cp_plans_in_care`: the stretches of `cp_plans` in which the child is also in care (`care_periods.stays`).
"""

import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS as CARE_NEEDS
from .care_periods import open_stays
from .cp_plans import NEEDS, protected
from .dates import with_working_day_after
from .shape import Column, Subject
from .stretches import clipped, latest_in_month, merged

WORKING_DAYS = 10
_PLAN = ("area", "row")
_COLUMNS = ("seen_on", "overdue_on", "seen_alone")


def _last_visits(tables: Tables) -> ir.Table:
    """Pieces of all time of each plan with its last visit, and the working day on which ten have passed without one."""
    rows = tables["ssd_cp_visits"]
    seen = rows.filter(rows.cppv_cp_visit_seen.fill_null(False) & rows.cppv_cp_plan_id.notnull()).select(
        area="area",
        row="cppv_cp_plan_id",
        on="cppv_cp_visit_date",
        seen_alone=rows.cppv_cp_visit_seen_alone.fill_null(False),
    )
    last = latest_in_month(seen, "seen_on", on="on", keys=_PLAN, flags=("seen_alone",))
    return with_working_day_after(last, tables, "overdue_on", start="seen_on", days=WORKING_DAYS + 1)


def _visited(tables: Tables) -> ir.Table:
    return clipped(protected(tables), _last_visits(tables), _COLUMNS, keys=_PLAN)


def _on_the_day(table: ir.Table) -> ir.Table:
    return table.mutate(
        seen_in_ten_working_days=(table.overdue_on > table.day).fill_null(False),
        days_since_seen=table.day.delta(table.seen_on, unit="day").cast("int64"),
    )


def _in_care(tables: Tables) -> ir.Table:
    return clipped(protected(tables), merged(open_stays(tables)), inside=True)


_VISIT = "ssd_cp_visits."
_SEEN = (_VISIT + "cppv_cp_plan_id", _VISIT + "cppv_cp_visit_date", _VISIT + "cppv_cp_visit_seen")
SUBJECTS = (
    Subject(
        name="cp_plans_visited",
        kind="episodes",
        needs=NEEDS,
        build=_visited,
        columns={
            "seen_alone": Column("flag", (*_SEEN, _VISIT + "cppv_cp_visit_seen_alone"), looks_back_months=3),
        },
        at=_on_the_day,
        at_columns={
            "seen_in_ten_working_days": Column("flag", _SEEN, looks_back_months=1),
            "days_since_seen": Column("number", _SEEN, looks_back_months=1),
        },
    ),
    Subject(name="cp_plans_in_care", kind="episodes", needs=(*NEEDS, *CARE_NEEDS), build=_in_care),
)
