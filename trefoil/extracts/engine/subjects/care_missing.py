"""Children who were in care at any time in a year, and whether they went missing.

`care_in_year`: a child is in it on the last day of a month when a stay of `care_periods` holds any day of the twelve
calendar months that end with that month; once, however many stays.

* `missing_in_year`, on the day: a row of `ssd_missing`, of any type but A (away without authorisation), began in those
  twelve months, on a day on which the child was in care.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS, open_stays
from .dates import first_of_month_after, months_to, plus_days
from .shape import Column, Subject
from .stretches import CHILD, clipped, latest_in_month, merged


def _in_year(tables: Tables) -> ir.Table:
    held = open_stays(tables)
    # The last day in care is the day before the end; a year of months ends eleven months after its month.
    longer = held.mutate(end=ibis.greatest(held.end, first_of_month_after(plus_days(held.end, -1), 12)))
    rows = tables["ssd_missing"]
    missing = rows.filter(
        (rows.miss_missing_episode_type != "A").fill_null(True) & rows.miss_person_id.notnull()
    ).select(lost_area="area", lost_child="miss_person_id", on="miss_missing_episode_start_date")
    while_in_care = held.join(
        missing,
        [
            held.area == missing.lost_area,
            held.child == missing.lost_child,
            missing.on >= held.start,
            missing.on < held.end,
        ],
    ).select(*CHILD, "on")
    return clipped(merged(longer), latest_in_month(while_in_care, "missing_on", on="on"), ["missing_on"])


def _on_the_day(table: ir.Table) -> ir.Table:
    return table.mutate(missing_in_year=(months_to(table.missing_on, table.day) < 12).fill_null(False))


_MISSING = "ssd_missing."
SUBJECTS = (
    Subject(
        name="care_in_year",
        kind="episodes",
        needs=NEEDS,
        build=_in_year,
        at=_on_the_day,
        at_columns={
            "missing_in_year": Column(
                "flag",
                (
                    _MISSING + "miss_person_id",
                    _MISSING + "miss_missing_episode_type",
                    _MISSING + "miss_missing_episode_start_date",
                ),
                looks_back_months=11,
            )
        },
    ),
)
