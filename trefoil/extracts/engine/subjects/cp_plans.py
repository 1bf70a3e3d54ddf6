"""Child protection plans: open and started. Ends are in `plan_ends`.

In all of these, plans of another authority (`cppl_cp_plan_ola` is yes) are left out: that authority counts them.

`cp_plans`: the stretches in which a child has a plan, from its start to the day before its end. A child with two
open plans counts once, by the one that started first (on one day: the lower `cppl_cp_plan_id`).

* `category`: the latest category of abuse (NEG, PHY, SAB, EMO, MUL), or where there is none the first one.
* `months_open`, on the day: completed months since the plan started.

`cp_plan_starts`: a row for each plan, `on` its start.

* `again`: the child has an earlier plan in the extract, whenever it was and whether or not it has ended. Plans of a
  child are put in order of start, and on one day of `cppl_cp_plan_id`. An earlier plan of before the extract's
  first day is not seen, so the extract must reach back two years before the period, and more is better.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .dates import months_to
from .shape import Column, Subject
from .stretches import one_at_a_time, stretches

_PLAN = "ssd_cp_plans."
NEEDS = (_PLAN + "cppl_person_id", _PLAN + "cppl_cp_plan_start_date", _PLAN + "cppl_cp_plan_end_date")
CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL")


def own_plans(tables: Tables) -> ir.Table:
    """The rows of plans of a child that are not another authority's."""
    rows = tables["ssd_cp_plans"]
    return rows.filter(~rows.cppl_cp_plan_ola.fill_null(False) & rows.cppl_person_id.notnull())


def plans(tables: Tables) -> ir.Table:
    """The plans as stretches, which may overlap, with `row` the plan, `began` and `category`."""
    rows = own_plans(tables)
    return stretches(
        rows,
        child="cppl_person_id",
        start="cppl_cp_plan_start_date",
        end="cppl_cp_plan_end_date",
        row="cppl_cp_plan_id",
        began="cppl_cp_plan_start_date",
        category=ibis.coalesce(rows.cppl_cp_plan_latest_category, rows.cppl_cp_plan_initial_category),
    )


def protected(tables: Tables) -> ir.Table:
    """The stretches of `cp_plans`: `plans`, one at a time."""
    return tables.once("protected", lambda shared: one_at_a_time(plans(shared)))


def on_the_day(table: ir.Table) -> ir.Table:
    """The table with `months_open`."""
    return table.mutate(months_open=months_to(table.began, table.day))


def _starts(tables: Tables) -> ir.Table:
    rows = own_plans(tables)
    dated = rows.filter(rows.cppl_cp_plan_start_date.notnull())
    order = {"group_by": ["area", "cppl_person_id"], "order_by": ["cppl_cp_plan_start_date", "cppl_cp_plan_id"]}
    return dated.select(
        area="area",
        child="cppl_person_id",
        on="cppl_cp_plan_start_date",
        age_months="age_months",
        again=dated.cppl_cp_plan_id.lag().over(**order).notnull(),
    )


SUBJECTS = (
    Subject(
        name="cp_plans",
        kind="episodes",
        needs=NEEDS,
        build=protected,
        columns={
            "category": Column(
                "code", (f"{_PLAN}cppl_cp_plan_latest_category|{_PLAN}cppl_cp_plan_initial_category",), CATEGORIES
            )
        },
        at=on_the_day,
        at_columns={"months_open": Column("number")},
    ),
    Subject(
        name="cp_plan_starts",
        kind="events",
        needs=NEEDS[:2],
        build=_starts,
        columns={"again": Column("flag", looks_back_months=24)},
    ),
)
