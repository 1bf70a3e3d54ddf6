"""Visits to children in care.

`care_visited`: the stays of `care_periods`, cut where a placement begins and at the child's last visit in each
month. A visit is a row of `ssd_cla_visits` at which the child was seen (`clav_cla_visit_seen` is yes). The placement
is the one that began last on or before the day, whether or not it has ended: the child is somewhere. On the day:

* `visit_due`: the placement began seven days before or earlier (or it is not known when it began).
* `visited_in_time`: the latest visit on or before the day was in this placement (on or after its start), and no more
  than 42 days before the day; or no more than three months before it, when the placement began twelve months before
  or earlier and is meant to last (type U1 or U4, long-term foster care).

Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), regulation 28(2), as amended to
2025: within a week of the start of a placement; then at intervals of not more than six weeks for the first year;
then of not more than six weeks, or three months where the placement is intended to last until 18. The shorter
intervals of paragraphs (3) to (6), for children placed with parents and others, are not worked out: no field says
which apply.
"""

import ibis.expr.types as ir

from ..tables import Tables
from .care import PLACEMENT_NEEDS, placements
from .care_periods import NEEDS, open_stays
from .dates import LONG_AGO, months_to, plus_months
from .shape import Column, Subject
from .stretches import clipped, latest_in_month

FIRST_WEEK, SIX_WEEKS = 7, 42
SETTLED = ("U1", "U4")


def _visited(tables: Tables) -> ir.Table:
    rows = tables["ssd_cla_visits"]
    seen = rows.filter(rows.clav_cla_visit_seen.fill_null(False) & rows.clav_person_id.notnull()).select(
        area="area", child="clav_person_id", on="clav_cla_visit_date"
    )
    placed = clipped(open_stays(tables), placements(tables), ["placement_type", "placement_began"])
    return clipped(placed, latest_in_month(seen, "visited_on", on="on"), ["visited_on"])


def _on_the_day(table: ir.Table) -> ir.Table:
    began = table.placement_began.fill_null(LONG_AGO)
    since = table.day.delta(table.visited_on, unit="day")
    settled = table.placement_type.isin(SETTLED) & (months_to(began, table.day) >= 12)
    recent = (since <= SIX_WEEKS) | (settled.fill_null(False) & (plus_months(table.visited_on, 3) >= table.day))
    return table.mutate(
        visit_due=table.day.delta(began, unit="day") >= FIRST_WEEK,
        visited_in_time=(recent & (table.visited_on >= began)).fill_null(False),
    )


_VISIT = "ssd_cla_visits."
SUBJECTS = (
    Subject(
        name="care_visited",
        kind="episodes",
        needs=(*NEEDS, *PLACEMENT_NEEDS),
        build=_visited,
        at=_on_the_day,
        at_columns={
            "visit_due": Column("flag"),
            "visited_in_time": Column(
                "flag",
                (_VISIT + "clav_person_id", _VISIT + "clav_cla_visit_date", _VISIT + "clav_cla_visit_seen"),
                looks_back_months=3,
            ),
        },
    ),
)
