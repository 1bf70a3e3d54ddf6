"""Children known to be privately fostered.

`private_fostering`: the stretches in which a child has an episode of the kind PRIVATE_FOSTERING in
`trefoil_episodes` open. A child with two counts once, by the one that started first (on one day: the lower
`epis_id`). An area whose extract has no such episode at all has no figures, because such a list may not have been
sent.

`private_fostering_visited`: the same, for the last month before the extract was taken only, because an extract keeps
only the last visit. On the day:

* `visit_due`: the arrangement began 42 days before or earlier.
* `visited_in_time`: `epis_last_visit_date` is after the start of the arrangement or on it, and no more than 42 days
  before the day (or after the day); 84 days, when the arrangement began twelve months before or earlier.

Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533), regulation 8(1): at intervals of not
more than six weeks in the first year, and then of not more than twelve. The year runs from when the authority became
aware (8(6)); the start of the episode is taken for that.
"""

import ibis.expr.types as ir

from ..tables import Tables
from .dates import months_to
from .shape import Column, Subject
from .stretches import one_at_a_time, stretches

SIX_WEEKS, TWELVE_WEEKS = 42, 84


def _fostered(tables: Tables) -> ir.Table:
    rows = tables["trefoil_episodes"]
    found = stretches(
        rows.filter(rows.epis_kind == "PRIVATE_FOSTERING"),
        child="epis_person_id",
        start="epis_start_date",
        end="epis_end_date",
        row="epis_id",
        began="epis_start_date",
        visited_on="epis_last_visit_date",
        team="epis_team",
    )
    return one_at_a_time(found)


def _on_the_day(table: ir.Table) -> ir.Table:
    since = table.day.delta(table.visited_on, unit="day")
    later = (months_to(table.began, table.day) >= 12) & (since <= TWELVE_WEEKS)
    return table.mutate(
        visit_due=table.day.delta(table.began, unit="day") >= SIX_WEEKS,
        visited_in_time=(((since <= SIX_WEEKS) | later) & (table.visited_on >= table.began)).fill_null(False),
    )


_EPISODE = "trefoil_episodes.epis_"
_NEEDS = tuple(_EPISODE + name for name in ("person_id", "kind", "start_date", "end_date"))
SUBJECTS = (
    Subject(
        name="private_fostering",
        kind="episodes",
        needs=_NEEDS,
        build=_fostered,
        team=_EPISODE + "team",
        only_where_any=True,
    ),
    Subject(
        name="private_fostering_visited",
        kind="episodes",
        needs=_NEEDS,
        build=_fostered,
        at=_on_the_day,
        at_columns={
            "visit_due": Column("flag"),
            "visited_in_time": Column("flag", (_EPISODE + "last_visit_date",)),
        },
        team=_EPISODE + "team",
        only_where_any=True,
        latest_only=True,
    ),
)
