"""Health of children in care: assessments, dental checks, vaccinations, and the score of strengths and difficulties.

A **health assessment** is a row of `ssd_cla_health` of type IHA or RHA with a date, unless its status is Planned,
Refused or Cancelled (no status: it was done). A **dental check** is the same of type DENTAL. IHA and RHA are read
alike, for one national spelling ("Health Assessment") is used for both.

`care_health`: the stays of `care_periods`, cut at the last of each in every month. On the day:

* `months_in_care`: completed months since the stay began.
* `months_since_assessed`: calendar months from that of the latest health assessment on or before the day to that of
  the day; below 6 is in the six calendar months that end with the day. (SI 2010/959, regulation 7(3): every six
  months before the fifth birthday, every twelve months after it; the definition asks for both.)
* `dentist_seen`: a dental check was in the twelve calendar months that end with the day.
* `vaccinated`: the row of `ssd_cla_immunisations` with the latest date on or before the day says yes. An extract
  usually keeps only the latest row, so months of long ago come out too low.
* `sdq_score`: that of the latest of `ssd_sdq_scores` with a score (0 to 40) in the twelve calendar months that end
  with the day; of two on one day, the higher `csdq_table_id`. Null when there is none.

`first_health_due`: a row for each stay whose first assessment falls due while the child is in care, `on` the 20th
working day after the stay began (SI 2010/959, regulations 7 and 33(1): in time for the first review); the stay ends
after that day. `in_time`: a health assessment was on a day from the start of the stay to the due day.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .care_periods import NEEDS, open_stays, stays
from .dates import months_to, with_age_in_month, with_working_day_after
from .shape import Column, Subject
from .stretches import clipped, latest, latest_in_month, with_flags

FIRST_ASSESSMENT_DAYS = 20
_NOT_DONE = ("Planned", "Refused", "Cancelled")
_HIGHEST_SCORE = 40


def _checks(tables: Tables, *kinds: str) -> ir.Table:
    rows = tables["ssd_cla_health"]
    done = ~rows.clah_health_check_status.isin(_NOT_DONE).fill_null(False)
    known = rows.clah_person_id.notnull() & rows.clah_health_check_date.notnull()
    found = rows.filter(done & known & rows.clah_health_check_type.isin(kinds))
    return found.select(area="area", child="clah_person_id", on="clah_health_check_date")


def _last(rows: ir.Table, name: str) -> ir.Table:
    """Pieces of all time with the latest day of these events, under this name."""
    return latest_in_month(rows, name, on="on")


def _vaccinations(tables: Tables) -> ir.Table:
    rows = tables["ssd_cla_immunisations"]
    known = rows.filter(rows.clai_immunisations_status_date.notnull() & rows.clai_person_id.notnull())
    # Of two rows of one day, the one that says yes.
    days = known.group_by(area="area", child="clai_person_id", on="clai_immunisations_status_date").aggregate(
        up_to_date=known.clai_immunisations_status.fill_null(False).any()
    )
    return latest(days.mutate(row=0), ["up_to_date"], on="on", row="row")


def _scores(tables: Tables) -> ir.Table:
    rows = tables["ssd_sdq_scores"]
    right = rows.csdq_sdq_score.between(0, _HIGHEST_SCORE) & rows.csdq_sdq_completed_date.notnull()
    known = rows.filter(right & rows.csdq_person_id.notnull()).select(
        area="area",
        child="csdq_person_id",
        row="csdq_table_id",
        on="csdq_sdq_completed_date",
        scored_on="csdq_sdq_completed_date",
        score=rows.csdq_sdq_score.cast("int64"),
    )
    return latest(known, ["score", "scored_on"], on="on", row="row")


def _health(tables: Tables) -> ir.Table:
    rows = clipped(open_stays(tables), _last(_checks(tables, "IHA", "RHA"), "assessed_on"), ["assessed_on"])
    rows = clipped(rows, _last(_checks(tables, "DENTAL"), "checked_on"), ["checked_on"])
    rows = clipped(rows, _vaccinations(tables), ["up_to_date"])
    return clipped(rows, _scores(tables), ["score", "scored_on"])


def _on_the_day(table: ir.Table) -> ir.Table:
    within = {name: months_to(table[name], table.day) for name in ("assessed_on", "checked_on", "scored_on")}
    scored = (within["scored_on"] < 12).fill_null(False)
    return table.mutate(
        months_in_care=months_to(table.began, table.day),
        months_since_assessed=within["assessed_on"],
        dentist_seen=(within["checked_on"] < 12).fill_null(False),
        vaccinated=table.up_to_date.fill_null(False),
        sdq_score=ibis.ifelse(scored, table.score, ibis.null("int64")),
    )


def _first_due(tables: Tables) -> ir.Table:
    found = stays(tables).select("area", "child", "began", "end", "row")
    dated = with_working_day_after(found, tables, "due", start="began", days=FIRST_ASSESSMENT_DAYS)
    due = dated.filter(dated.due < dated.end)
    checks = _checks(tables, "IHA", "RHA")
    flagged = with_flags(due, {"in_time": (checks, ibis._.other_on.between(ibis._.began, ibis._.due))})
    return with_age_in_month(flagged.select("area", "child", "in_time", on="due"), tables, "on")


_CHECK, _SHOT, _SDQ = "ssd_cla_health.", "ssd_cla_immunisations.", "ssd_sdq_scores."
_CHECKED = tuple(_CHECK + name for name in ("clah_person_id", "clah_health_check_type", "clah_health_check_date"))
SUBJECTS = (
    Subject(
        name="care_health",
        kind="episodes",
        needs=NEEDS,
        build=_health,
        at=_on_the_day,
        at_columns={
            "months_in_care": Column("number"),
            "months_since_assessed": Column("number", _CHECKED, looks_back_months=11),
            "dentist_seen": Column("flag", _CHECKED, looks_back_months=11),
            "vaccinated": Column(
                "flag", (_SHOT + "clai_immunisations_status", _SHOT + "clai_immunisations_status_date")
            ),
            "sdq_score": Column(
                "number", (_SDQ + "csdq_sdq_score", _SDQ + "csdq_sdq_completed_date"), looks_back_months=11
            ),
        },
    ),
    Subject(
        name="first_health_due",
        kind="events",
        needs=NEEDS,
        build=_first_due,
        columns={"in_time": Column("flag", _CHECKED, looks_back_months=2)},
    ),
)
