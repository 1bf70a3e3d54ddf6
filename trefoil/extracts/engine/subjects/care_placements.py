"""Homes of children in care: how many in the year, and for how long the present one.

`care_homes`: the stays of `care_periods`, cut where a home begins. **Homes** are made of the rows of
`ssd_cla_placement` with a child, a start, and an end that is not before it, in order of start (on one day:
`clap_cla_placement_id`):

* A temporary placement (types T0 to T4: hospital, holiday, carer away, up to seven days) is no home and ends none
  (former national indicator 62, DfE: temporary moves are not counted).
* A placement that comes just after a temporary one and has the type and provider of the one just before that is the
  same home resumed. The store keeps no address, so this is as near as it gets.
* Every other placement is a home. It lasts until it ends (a home resumed: until both have ended), or until the next
  home begins if that is earlier. A home of no days (it ends or is followed on the day it starts) does not count, and
  no more does one in which the child was never looked after: short breaks have placements too.

On the day, in the home that began last:

* `three_or_more_homes`: the child was in three homes or more on days from the 1 April on or before the day up to the
  day on which it was looked after, in this stay or an earlier one.
* `months_in_home`: completed months since the home began. For a home of the type A3 to A6 (placed for adoption) that
  began no later than a day after the home just before it ended, since that one began (former national indicator 63:
  the two count together).
* `months_in_care`: completed months since the stay began.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .care import PLACEMENT_NEEDS
from .care_periods import NEEDS, open_stays
from .dates import NEVER, first_of_april, months_to, plus_days
from .shape import Column, Subject
from .stretches import clipped, latest

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
_ORDER = {"group_by": ["area", "child"], "order_by": ["start", "row"]}


def _rows(tables: Tables) -> ir.Table:
    """Placements in order, with whether each is a temporary one and whether it resumes the home before that."""
    rows = tables["ssd_cla_placement"]
    made = rows.select(
        area="area",
        child="clap_person_id",
        row="clap_cla_placement_id",
        start="clap_cla_placement_start_date",
        end=rows.clap_cla_placement_end_date.fill_null(NEVER),
        kind=rows.clap_cla_placement_type.fill_null("?"),
        provider=rows.clap_cla_placement_provider.fill_null("?"),
    )
    kept = made.filter(made.child.notnull() & made.start.notnull() & (made.start <= made.end))
    temporary = kept.mutate(temporary=kept.kind.isin(TEMPORARY))
    alike = (temporary.kind.lag(2).over(**_ORDER) == temporary.kind) & (
        temporary.provider.lag(2).over(**_ORDER) == temporary.provider
    )
    return temporary.mutate(resumes=(temporary.temporary.lag().over(**_ORDER) & alike).fill_null(False))


def homes(tables: Tables) -> ir.Table:
    """A row for each home: `area`, `child`, `start`, `end` (no later than the next one's start), `kind`, `row`."""
    rows = _rows(tables)
    lasting = rows.filter(~rows.temporary)
    upto = ibis.cumulative_window(**_ORDER)
    numbered = lasting.mutate(number=(~lasting.resumes).cast("int64").sum().over(upto))
    joined = numbered.group_by("area", "child", "number").aggregate(
        start=numbered.start.min(), end=numbered.end.max(), kind=numbered.kind.max(), row=numbered.row.min()
    )
    following = joined.start.lead().over(group_by=["area", "child"], order_by="number").fill_null(NEVER)
    cut = joined.mutate(end=ibis.least(joined.end, following))
    return cut.filter(cut.start < cut.end).drop("number")


def _lived_in(tables: Tables) -> ir.Table:
    """The homes in which the child was looked after, with `left`: the end of that."""
    found, cared = homes(tables), open_stays(tables).rename("stay_{name}")
    same = [found.area == cared.stay_area, found.child == cared.stay_child]
    pairs = found.join(cared, [*same, found.start < cared.stay_end, found.end > cared.stay_start])
    return pairs.group_by(found.columns).aggregate(left=ibis.least(pairs.end, pairs.stay_end).max())


def _care_homes(tables: Tables) -> ir.Table:
    found = _lived_in(tables)
    just = {"start": found.start.lag().over(**_ORDER), "end": found.end.lag().over(**_ORDER)}
    together = found.kind.isin(FOR_ADOPTION) & (found.start <= plus_days(just["end"], 1))
    known = found.mutate(
        on=found.start,
        settled=ibis.ifelse(together.fill_null(False), just["start"], found.start),
        # Ends are in order, so it was in three homes since a day when the third last ended after that day.
        third_last_end=found.left.lag(2).over(**_ORDER),
    )
    return clipped(open_stays(tables), latest(known, ["settled", "third_last_end"], on="on", row="row"), _COLUMNS)


_COLUMNS = ("settled", "third_last_end")


def _on_the_day(table: ir.Table) -> ir.Table:
    return table.mutate(
        months_in_care=months_to(table.began, table.day),
        months_in_home=months_to(table.settled, table.day),
        three_or_more_homes=(table.third_last_end > first_of_april(table.day)).fill_null(False),
    )


SUBJECTS = (
    Subject(
        name="care_homes",
        kind="episodes",
        needs=(*NEEDS, *PLACEMENT_NEEDS),
        build=_care_homes,
        at=_on_the_day,
        at_columns={
            "months_in_care": Column("number"),
            "months_in_home": Column("number"),
            "three_or_more_homes": Column("flag"),
        },
    ),
)
