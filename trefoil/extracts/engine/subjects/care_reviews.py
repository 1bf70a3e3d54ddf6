"""Reviews of children in care.

`care_reviews_due`: a row for each review that falls due to a child while it is in care, `on` the day by which it
must be held.

* **Held** is a row of `ssd_cla_reviews` with a date that is not marked as cancelled, of the child whose episodes
  have its `clae_cla_id`. It belongs to the stay (`care_periods.stays`) it is in: after the first day of the stay,
  and on or before the day it ended. Several on one day are one.
* The first is due on the 20th working day after the stay began; the second three months after the first was held;
  each later one six months after the one before was held. A day that the month does not have is its last day. (Care
  Planning, Placement and Case Review (England) Regulations 2010, SI 2010/959, regulation 33(1) and (2).)
* Of a stay that began before the first day of reviews in the extract (`covers`), earlier reviews are not seen: the
  first that is seen counts as a later one, and nothing is due before it.
* It is left out when the child was no longer in care on the day: it stays in care when the stay ends after it.
* `in_time`: the next review was held on or before the day.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS, stays
from .dates import NEVER, plus_months, with_age_in_month, with_working_day_after
from .shape import Column, Subject

FIRST_REVIEW_DAYS = 20
_STAY = ["area", "child", "began"]


def _held(tables: Tables, found: ir.Table) -> ir.Table:
    """The days on which a review was held, with the stay it belongs to."""
    rows, episodes = tables["ssd_cla_reviews"], tables["ssd_cla_episodes"]
    owners = episodes.filter(episodes.clae_cla_id.notnull() & episodes.clae_person_id.notnull())
    owners = owners.select(owner_area="area", owner_period="clae_cla_id", child="clae_person_id").distinct()
    held = rows.filter(rows.clar_cla_review_date.notnull() & ~rows.clar_cla_review_cancelled.fill_null(False))
    owned = held.join(owners, [held.area == owners.owner_area, held.clar_cla_id == owners.owner_period])
    days = owned.select(held_area="area", held_child="child", on="clar_cla_review_date")
    there = found.join(
        days,
        [found.area == days.held_area, found.child == days.held_child, days.on > found.began, days.on <= found.end],
    )
    return there.select(*_STAY, "end", "on").distinct()


def _due(tables: Tables) -> ir.Table:
    found = stays(tables).select("area", "child", "began", "end")
    since = tables.covered_from("ssd_cla_reviews")
    told = found.left_join(since, found.area == since.from_area)
    known = told.mutate(is_seen=(told.began >= told.from_day).fill_null(True)).select(*_STAY, "end", "is_seen")
    first = known.filter("is_seen").mutate(on=ibis._.began, start_of_stay=True).drop("is_seen")
    held = _held(tables, found).mutate(start_of_stay=False)
    links = first.select(*_STAY, "end", "on", "start_of_stay").union(held.select(*_STAY, "end", "on", "start_of_stay"))
    window = {"group_by": _STAY, "order_by": "on"}
    chained = links.mutate(
        next_on=links.on.lead().over(**window), follows_start=links.start_of_stay.lag().over(**window)
    )
    dated = with_working_day_after(chained, tables, "first_due", start="on", days=FIRST_REVIEW_DAYS)
    later = ibis.ifelse(dated.follows_start.fill_null(False), plus_months(dated.on, 3), plus_months(dated.on, 6))
    limits = dated.mutate(due=ibis.ifelse(dated.start_of_stay, dated.first_due, later))
    due = limits.filter(limits.due < limits.end)
    return with_age_in_month(
        due.select("area", "child", on="due", in_time=(due.next_on.fill_null(NEVER) <= due.due)), tables, "on"
    )


_REVIEW = "ssd_cla_reviews."
SUBJECTS = (
    Subject(
        name="care_reviews_due",
        kind="events",
        needs=(
            *NEEDS,
            "ssd_cla_episodes.clae_cla_id",
            _REVIEW + "clar_cla_id",
            _REVIEW + "clar_cla_review_date",
        ),
        build=_due,
        # Before the first review that is seen nothing falls due, so the first six months would be too low.
        columns={"in_time": Column("flag", looks_back_months=6)},
    ),
)
