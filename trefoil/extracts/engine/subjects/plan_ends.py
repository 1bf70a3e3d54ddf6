"""Plans that ended, and what came next.

`cin_plan_ends`: a row for each of `ssd_cin_plans`, `on` its end. `cp_plan_ends`: a row for each of `ssd_cp_plans`,
`on` its end, but for plans of another authority (`cp_plans`). Both with `age_months` at the last day of the month of
the end.

* `destination`: what the child had or came to have by 28 days after the end, the first of the list that is so. Of a
  child in need plan: `child protection plan`, `in care`, `early help`, `closed`, `other`. Of a child protection
  plan: `in care`, `child in need plan`, `moved away`, `closed`, `other`. A plan, a stay in care or an early help
  episode (as in `early_help.py`) counts when it ends after the day of the end (or has not ended), and began on or
  before the 28th day after it. `moved away`: an episode of need was closed with RC5 (taken over by another authority)
  from 28 days before to 28 days after. `closed`: no episode of need is open on the 28th day after. The 28 days are
  ours: systems close one thing days before they open the next. Ends in the 28 days before the extract was taken may
  move to another destination in the next one. What began and ended on one day is none of these.
* `lasted_two_years`, of a child protection plan: the day two years after the start is on or before the end (29
  February: 28 February).
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from . import cin_plans, cp_plans
from .care_periods import NEEDS as CARE_NEEDS
from .care_periods import open_stays
from .children_in_need import episodes_of_need
from .dates import plus_days, plus_months, with_age_in_month
from .early_help import EITHER, early_help_rows
from .shape import Column, Subject
from .stretches import stretches, with_flags

SOON_DAYS = 28
AFTER_NEED = ("child protection plan", "in care", "early help", "closed", "other")
AFTER_PROTECTION = ("in care", "child in need plan", "moved away", "closed", "other")


def _early_help(tables: Tables) -> ir.Table:
    return stretches(early_help_rows(tables), child="child", start="start", end="end", row="id")


def _soon_after(others: ir.Table) -> tuple[ir.Table, ibis.Deferred]:
    """The test for having or coming to have one of these stretches soon after `on`."""
    held = others.select("area", "child", "start", "end")
    return held, (ibis._.other_start <= plus_days(ibis._.on, SOON_DAYS)) & (ibis._.other_end > ibis._.on)


def _work_after(tables: Tables) -> dict[str, tuple[ir.Table, ibis.Deferred]]:
    """The tests `still_open` and `moved`, of episodes of need."""
    held = episodes_of_need(tables).select("area", "child", "start", "end", "close_reason")
    after = plus_days(ibis._.on, SOON_DAYS)
    near = ibis._.other_end.between(plus_days(ibis._.on, -SOON_DAYS), after)
    return {
        "still_open": (held, (ibis._.other_start <= after) & (ibis._.other_end > after)),
        "moved": (held, (ibis._.other_close_reason == "RC5") & near),
    }


def _cin_ends(tables: Tables) -> ir.Table:
    rows = tables["ssd_cin_plans"]
    ended = rows.filter(rows.cinp_person_id.notnull() & rows.cinp_cin_plan_end_date.notnull()).select(
        area="area",
        child="cinp_person_id",
        on="cinp_cin_plan_end_date",
        row="cinp_cin_plan_id",
        team="cinp_cin_plan_team",
    )
    tests = {
        "protected": _soon_after(cp_plans.protected(tables)),
        "looked_after": _soon_after(open_stays(tables)),
        "helped": _soon_after(_early_help(tables)),
        **_work_after(tables),
    }
    known = with_age_in_month(with_flags(ended, tests), tables, "on")
    order = (known.protected, known.looked_after, known.helped, ~known.still_open)
    return known.mutate(destination=ibis.cases(*zip(order, AFTER_NEED, strict=False), else_="other"))


def _cp_ends(tables: Tables) -> ir.Table:
    rows = cp_plans.own_plans(tables)
    lasted = plus_months(rows.cppl_cp_plan_start_date, 24) <= rows.cppl_cp_plan_end_date
    ended = rows.filter(rows.cppl_cp_plan_end_date.notnull()).select(
        area="area",
        child="cppl_person_id",
        on="cppl_cp_plan_end_date",
        row="cppl_cp_plan_id",
        lasted_two_years=lasted.fill_null(False),
    )
    tests = {
        "looked_after": _soon_after(open_stays(tables)),
        "planned": _soon_after(cin_plans.plans(tables)),
        **_work_after(tables),
    }
    known = with_age_in_month(with_flags(ended, tests), tables, "on")
    order = (known.looked_after, known.planned, known.moved, ~known.still_open)
    return known.mutate(destination=ibis.cases(*zip(order, AFTER_PROTECTION, strict=False), else_="other"))


_WORK = ("ssd_cin_episodes.cine_referral_date", "ssd_cin_episodes.cine_close_date")
SUBJECTS = (
    Subject(
        name="cin_plan_ends",
        kind="events",
        needs=(cin_plans.NEEDS[0], cin_plans.NEEDS[2]),
        build=_cin_ends,
        columns={
            "destination": Column(
                "code",
                (*cp_plans.NEEDS, *CARE_NEEDS, *_WORK, EITHER),
                AFTER_NEED,
            )
        },
        team="ssd_cin_plans.cinp_cin_plan_team",
    ),
    Subject(
        name="cp_plan_ends",
        kind="events",
        needs=(cp_plans.NEEDS[0], cp_plans.NEEDS[2]),
        build=_cp_ends,
        columns={
            "lasted_two_years": Column("flag", (cp_plans.NEEDS[1],)),
            "destination": Column(
                "code",
                (*cin_plans.NEEDS, *CARE_NEEDS, *_WORK, "ssd_cin_episodes.cine_close_reason"),
                AFTER_PROTECTION,
            ),
        },
    ),
)
