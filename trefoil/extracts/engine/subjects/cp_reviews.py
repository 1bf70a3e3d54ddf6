"""Reviews of child protection plans: held in time, and the child's part in them.

`cp_plans_reviewed`: the stretches of `cp_plans`, cut where it changes whether a review is late. On the day:

* `months_open`: completed months since the plan started.
* `reviewed_in_time`: no review of the plan counts as late on the day.

Reviews are the rows of `ssd_cp_reviews` of the plan with a date after the plan started; several on one day are one.
The first is due three months after the plan started, each later one six months after the one before was held (a day
that the month does not have is its last day). A review that is due and not held on or before its due day is
**late**: it counts as late from the due day on, until the later of the day it was held and the day twelve months
after the due day; if it was never held, for good. So one late review counts against a plan for a year, as in the
national measure (former national indicator 67, DfE; Working Together to Safeguard Children, December 2023, chapter
3: within three months of the initial conference, and then at intervals of not more than six). Of a plan that began
before the first day of reviews in the extract (`covers`), nothing is due before the first review that is seen.

`cp_review_conferences`: a row for each row of `ssd_cp_reviews` with a date, `on` it, unless its plan is another
authority's. The standard keeps the child's part for reviews and not for initial conferences.

* `participation`: the code PN0 to PN7, null when there is none.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .cp_plans import NEEDS, on_the_day, plans, protected
from .dates import NEVER, plus_months
from .shape import Column, Subject
from .stretches import clipped, latest

_PLAN = ("area", "row")


def _late(tables: Tables) -> ir.Table:
    """Reviews that were late: `area`, `row` (the plan), `on` (the due day), `late_until`."""
    started = plans(tables).select("area", "row", "began")
    since = tables.covered_from("ssd_cp_reviews")
    told = started.left_join(since, started.area == since.from_area)
    seen = told.filter((told.began >= told.from_day).fill_null(True))
    first = seen.select("area", "row", on="began", is_start=True)
    links = first.union(_held(tables, started))
    following = links.on.lead().over(group_by=_PLAN, order_by="on")
    dated = links.mutate(
        next_on=following.fill_null(NEVER),
        due=ibis.ifelse(links.is_start, plus_months(links.on, 3), plus_months(links.on, 6)),
    )
    late = dated.filter(dated.next_on > dated.due)
    until = ibis.greatest(late.next_on, plus_months(late.due, 12))
    # Those that came earlier may count for longer.
    order = ibis.cumulative_window(group_by=_PLAN, order_by="on")
    return late.select("area", "row", on="due", until=until).mutate(late_until=ibis._.until.max().over(order))


def _held(tables: Tables, started: ir.Table) -> ir.Table:
    rows = tables["ssd_cp_reviews"].select(held_area="area", held_plan="cppr_cp_plan_id", on="cppr_cp_review_date")
    held = started.join(rows, [started.area == rows.held_area, started.row == rows.held_plan])
    return held.filter(held.on > held.began).select("area", "row", "on", is_start=False).distinct()


def _reviewed(tables: Tables) -> ir.Table:
    late = latest(_late(tables).mutate(order=0), ["late_until"], on="on", row="order", keys=_PLAN)
    return clipped(protected(tables), late, ["late_until"], keys=_PLAN)


def _on_the_day(table: ir.Table) -> ir.Table:
    return on_the_day(table).mutate(reviewed_in_time=(table.late_until <= table.day).fill_null(True))


def _conferences(tables: Tables) -> ir.Table:
    rows = tables["ssd_cp_reviews"]
    every = tables["ssd_cp_plans"]
    others = every.filter(every.cppl_cp_plan_ola.fill_null(False)).select(
        other_area="area", other_plan="cppl_cp_plan_id"
    )
    own = rows.anti_join(others, [rows.area == others.other_area, rows.cppr_cp_plan_id == others.other_plan])
    return own.select(
        area="area",
        child="cppr_person_id",
        on="cppr_cp_review_date",
        age_months="age_months",
        participation="cppr_cp_review_participation",
    )


_REVIEW = "ssd_cp_reviews."
SUBJECTS = (
    Subject(
        name="cp_plans_reviewed",
        kind="episodes",
        needs=NEEDS,
        build=_reviewed,
        at=_on_the_day,
        at_columns={
            "months_open": Column("number"),
            "reviewed_in_time": Column(
                "flag", (_REVIEW + "cppr_cp_plan_id", _REVIEW + "cppr_cp_review_date"), looks_back_months=18
            ),
        },
    ),
    Subject(
        name="cp_review_conferences",
        kind="events",
        needs=(_REVIEW + "cppr_cp_review_date",),
        build=_conferences,
        columns={"participation": Column("code", (_REVIEW + "cppr_cp_review_participation",))},
    ),
)
