"""Stays: the time a child is looked after, from the episodes of `ssd_cla_episodes`.

The rule, used by every subject of children in care:

* A **short break** is an episode on whose first day the child's legal status is V3 or V4: the status with the latest
  start on or before the day (of two, that with the higher `lega_legal_status_id`), unless it has ended by then. Short
  breaks are left out before anything else (Children looked after in England, DfE, methodology: children in a series
  of short breaks are not counted). Episodes that end before they start are faults and left out as well.
* The others of a child are put in order of start, and on one day of `clae_cla_episode_id`. An episode **begins a
  stay** when it is the first; or when it starts more than one day after every earlier one has ended; or when every
  earlier one has ended on or before its start, and the one just before it for a reason other than X1 (any episode that
  has no reason goes on). All others go on with the stay. So the stays of a child do not overlap.
* A stay runs from the start of its first episode to the latest end of any, and is open when any has no end. Its
  **reason** is that of its last episode in the order. The child is looked after on the days from its start to the
  day before its end. `clae_cla_id` is not asked: not every shape has it.

`care_starts`: a row for each stay, `on` its start; `police_protection`: the legal status on that day is L1.
`care_ends`: a row for each stay that has ended, `on` its end; `reason` as above, `age_months` at the last day of that
month.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .dates import NEVER, plus_days, with_age_in_month
from .shape import Column, Subject
from .stretches import clipped, lasting, latest

SHORT_BREAKS = ("V3", "V4")
_EPISODE, _STATUS = "ssd_cla_episodes.", "ssd_legal_status."
NEEDS = (
    _EPISODE + "clae_person_id",
    _EPISODE + "clae_cla_episode_start_date",
    _EPISODE + "clae_cla_episode_ceased_date",
    _EPISODE + "clae_cla_episode_ceased_reason",
    _STATUS + "lega_person_id",
    _STATUS + "lega_legal_status",
    _STATUS + "lega_legal_status_start_date",
)


def legal_statuses(tables: Tables) -> ir.Table:
    """Pieces of all time with the `legal_status` that began last, and `legal_until`, the day from which it is over."""
    return tables.once("legal statuses", _legal_statuses)


def _legal_statuses(tables: Tables) -> ir.Table:
    rows = tables["ssd_legal_status"].select(
        area="area",
        child="lega_person_id",
        row="lega_legal_status_id",
        legal_status="lega_legal_status",
        on="lega_legal_status_start_date",
        over="lega_legal_status_end_date",
    )
    known = rows.filter(rows.child.notnull() & rows.on.notnull())
    lasts = lasting(known, start="on", end="over", row="row").rename(legal_until="until")
    return latest(lasts, ["legal_status", "legal_until"], on="on", row="row")


def _episodes(tables: Tables) -> ir.Table:
    """Episodes that are not short breaks."""
    rows = tables["ssd_cla_episodes"]
    made = rows.select(
        area="area",
        child="clae_person_id",
        start="clae_cla_episode_start_date",
        end=rows.clae_cla_episode_ceased_date.fill_null(NEVER),
        row="clae_cla_episode_id",
        reason="clae_cla_episode_ceased_reason",
        age_months="age_months",
    )
    kept = made.filter(made.child.notnull() & made.start.notnull() & (made.start <= made.end))
    statuses = legal_statuses(tables)
    breaks = statuses.filter(statuses.legal_status.isin(SHORT_BREAKS)).select(
        break_area="area",
        break_child="child",
        break_start="start",
        break_end=ibis.least(statuses.end, statuses.legal_until),
    )
    return kept.anti_join(
        breaks,
        [
            kept.area == breaks.break_area,
            kept.child == breaks.break_child,
            kept.start >= breaks.break_start,
            kept.start < breaks.break_end,
        ],
    )


def stays(tables: Tables) -> ir.Table:
    """A row for each stay: `area`, `child`, `start`, `end` (never null), `began` (its start), `reason`, `age_months`
    at the start."""
    return tables.once("stays", _stays)


def _stays(tables: Tables) -> ir.Table:
    rows = _episodes(tables)
    group, order = ["area", "child"], ["start", "row"]
    before = ibis.window(group_by=group, order_by=order, preceding=(None, 1))
    just = {"group_by": group, "order_by": order}
    seen = rows.mutate(
        covered=rows.end.max().over(before),
        last_reason=rows.reason.lag().over(**just),
    )
    # Of all before it, and not of the last alone: a stay that is still open would be counted beside the new one.
    left = (seen.last_reason != "X1").fill_null(False) & (seen.covered <= seen.start)
    begins = seen.covered.isnull() | (seen.start > plus_days(seen.covered, 1)) | left
    marked = seen.mutate(begins=begins.fill_null(True).cast("int64"))
    upto = ibis.cumulative_window(group_by=group, order_by=order)
    numbered = marked.mutate(
        number=marked.begins.sum().over(upto),
        is_last=(marked.begins.lead().over(**just) == 1).fill_null(True),
    )
    found = numbered.group_by("area", "child", "number").aggregate(
        start=numbered.start.min(),
        end=numbered.end.max(),
        reason=numbered.reason.max(where=numbered.is_last),
        age_months=numbered.age_months.min(),
        row=numbered.row.min(),
    )
    return found.mutate(began=found.start).drop("number")


def open_stays(tables: Tables) -> ir.Table:
    """The stays of a day or more as stretches, with `began`."""
    found = stays(tables)
    return found.filter(found.start < found.end).select("area", "child", "start", "end", "began")


def _starts(tables: Tables) -> ir.Table:
    found = stays(tables)
    first_day = found.mutate(end=plus_days(found.start, 1))
    known = clipped(first_day, legal_statuses(tables), ["legal_status", "legal_until"])
    police = (known.legal_status == "L1") & (known.legal_until > known.began)
    return known.select("area", "child", on="began", age_months="age_months", police_protection=police.fill_null(False))


def _ends(tables: Tables) -> ir.Table:
    found = stays(tables)
    ended = found.filter(found.end < NEVER).select("area", "child", on="end", reason="reason")
    return with_age_in_month(ended, tables, "on")


SUBJECTS = (
    Subject(
        name="care_starts",
        kind="events",
        needs=NEEDS,
        build=_starts,
        columns={"police_protection": Column("flag")},
    ),
    Subject(
        name="care_ends",
        kind="events",
        needs=NEEDS,
        build=_ends,
        columns={"reason": Column("code")},
    ),
)
