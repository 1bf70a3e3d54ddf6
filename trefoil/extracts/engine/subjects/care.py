"""Children in care on a day: how long, under which legal status, in which kind of placement; unaccompanied children.

`care`: the stays of `care_periods`, cut where a legal status or a placement begins: one row for each child on any
day.

* `months_in_care`, on the day: completed months since the stay began.
* `legal_status`, on the day: that with the latest start on or before the day (of two, the higher
  `lega_legal_status_id`), unless it has ended by then; null when there is none. A status whose next begins on the
  day after it ended lasts until then.
* `placement`, on the day: the type of the placement of `ssd_cla_placement`, by the same rule
  (`clap_cla_placement_id`).

`unaccompanied`: those of them on which the child has an immigration status UASC (`ssd_immigration_status`).
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS, legal_statuses, open_stays
from .dates import months_to
from .shape import Column, Subject
from .stretches import clipped, lasting, latest, merged, stretches

_PLACEMENT, _IMMIGRATION = "ssd_cla_placement.", "ssd_immigration_status."
PLACEMENT_NEEDS = (
    _PLACEMENT + "clap_person_id",
    _PLACEMENT + "clap_cla_placement_start_date",
    _PLACEMENT + "clap_cla_placement_end_date",
    _PLACEMENT + "clap_cla_placement_type",
)


def placements(tables: Tables) -> ir.Table:
    """Pieces of all time with the `placement_type` that began last, `placement_began` and `placement_until`."""
    return tables.once("placements", _placements)


def _placements(tables: Tables) -> ir.Table:
    rows = tables["ssd_cla_placement"].select(
        area="area",
        child="clap_person_id",
        row="clap_cla_placement_id",
        placement_type="clap_cla_placement_type",
        on="clap_cla_placement_start_date",
        placement_began="clap_cla_placement_start_date",
        over="clap_cla_placement_end_date",
    )
    known = rows.filter(rows.child.notnull() & rows.on.notnull())
    lasts = lasting(known, start="on", end="over", row="row").rename(placement_until="until")
    return latest(lasts, ["placement_type", "placement_began", "placement_until"], on="on", row="row")


def _care(tables: Tables) -> ir.Table:
    under = clipped(open_stays(tables), legal_statuses(tables), ["legal_status", "legal_until"])
    rows = clipped(under, placements(tables), ["placement_type", "placement_until"])
    return rows.rename(status_="legal_status")


def _unaccompanied(tables: Tables) -> ir.Table:
    rows = tables["ssd_immigration_status"]
    alone = stretches(
        rows.filter(rows.immi_immigration_status == "UASC"),
        child="immi_person_id",
        start="immi_immigration_status_start_date",
        end="immi_immigration_status_end_date",
        row="immi_immigration_status_id",
    )
    return clipped(_care(tables), merged(alone), inside=True)


def _on_the_day(table: ir.Table) -> ir.Table:
    nothing = ibis.null("string")
    return table.mutate(
        months_in_care=months_to(table.began, table.day),
        legal_status=ibis.ifelse(table.legal_until > table.day, table.status_, nothing),
        placement=ibis.ifelse(table.placement_until > table.day, table.placement_type, nothing),
    )


_AT = {
    "months_in_care": Column("number"),
    "legal_status": Column("code"),
    "placement": Column("code", PLACEMENT_NEEDS),
}
SUBJECTS = (
    Subject(name="care", kind="episodes", needs=NEEDS, build=_care, at=_on_the_day, at_columns=_AT),
    Subject(
        name="unaccompanied",
        kind="episodes",
        needs=(
            *NEEDS,
            _IMMIGRATION + "immi_person_id",
            _IMMIGRATION + "immi_immigration_status",
            _IMMIGRATION + "immi_immigration_status_start_date",
            _IMMIGRATION + "immi_immigration_status_end_date",
        ),
        build=_unaccompanied,
        at=_on_the_day,
        at_columns=_AT,
    ),
)
