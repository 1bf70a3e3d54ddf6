"""Young people who left care, as the extract has them on the day it was taken.

`care_leavers`: a row for each young person of `ssd_care_leavers`: of several, that with the latest
`clea_care_leaver_latest_contact` (a row without one is before all others; of two, the higher `clea_table_id`). The
table keeps the present state and no dates, so only the last month before the extract was taken has figures.

* `eligibility`, `in_touch`, `accommodation`, `suitable`, `activity`: the codes of the row.
* `months_since_contact`, `months_since_plan`, on the day: calendar months from that of the latest contact, or of the
  latest pathway plan review, to that of the day; 0 or less when it was in the same month or after the day; not known
  when there is none. Below 6 is: in the six calendar months that end with the day.
* `age_years`: on the last day of the month (`people`). A young person who has died or whose age is not known counts
  in no band of age.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import first_of_each
from .dates import LONG_AGO, NEVER, months_to, plus_months
from .shape import Column, Subject


def _leavers(tables: Tables) -> ir.Table:
    rows = tables["ssd_care_leavers"]
    known = rows.filter(rows.clea_person_id.notnull())
    dated = known.mutate(contact=known.clea_care_leaver_latest_contact.fill_null(LONG_AGO))
    one = first_of_each(dated, ["area", "clea_person_id"], [ibis.desc("contact"), ibis.desc("clea_table_id")])
    # The last month is the only one that has figures, and no more need be counted.
    days = tables.as_at.rename(taken_area="area")
    taken = one.join(days, one.area == days.taken_area)
    return taken.select(
        area="area",
        child="clea_person_id",
        start=plus_months(taken.as_at, -2),
        end=NEVER,
        team="clea_care_leaver_allocated_team",
        eligibility="clea_care_leaver_eligibility",
        in_touch="clea_care_leaver_in_touch",
        accommodation="clea_care_leaver_accommodation",
        suitable="clea_care_leaver_accom_suitable",
        activity="clea_care_leaver_activity",
        contact_on="clea_care_leaver_latest_contact",
        plan_on="clea_pathway_plan_review_date",
    )


def _on_the_day(table: ir.Table) -> ir.Table:
    return table.mutate(
        months_since_contact=months_to(table.contact_on, table.day),
        months_since_plan=months_to(table.plan_on, table.day),
    )


_LEAVER = "ssd_care_leavers.clea_"
SUBJECTS = (
    Subject(
        name="care_leavers",
        kind="episodes",
        needs=(_LEAVER + "person_id",),
        build=_leavers,
        columns={
            "eligibility": Column("code", (_LEAVER + "care_leaver_eligibility",)),
            "in_touch": Column("code", (_LEAVER + "care_leaver_in_touch",)),
            "accommodation": Column("code", (_LEAVER + "care_leaver_accommodation",)),
            "suitable": Column("code", (_LEAVER + "care_leaver_accom_suitable",)),
            "activity": Column("code", (_LEAVER + "care_leaver_activity",)),
        },
        at=_on_the_day,
        at_columns={
            "months_since_contact": Column("number", (_LEAVER + "care_leaver_latest_contact",)),
            "months_since_plan": Column("number", (_LEAVER + "pathway_plan_review_date",)),
        },
        team=_LEAVER + "care_leaver_allocated_team",
        latest_only=True,
    ),
)
