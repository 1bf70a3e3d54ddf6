"""Contacts and referrals.

`referrals`: a row for each of `ssd_cin_episodes` with a child and a date, `on` the referral date.

* `source`: `police or legal agency` for source codes 6 and 7; `school or education setting` for 2A and 2B; `health
  services` for 3A to 3F; `local authority services` for 4 and 5A to 5D; `other, including missing` for all else
  (the groups of the children in need census source list; housing is a council's).
* `nfa`: the no-further-action flag, or NFA_FLAG among the outcomes.
* `again_within_12_months`: the same child has an earlier referral on a day after the same day of the month twelve
  months before (1 May 2025 counts from 1 May 2026 back to 2 May 2025). Referrals of a child are put in order of date,
  and on one day of `cine_referral_id`; the one just before is looked at, so the second of two on one day counts.
* `closed_not_in_need`: closed with RC8 or RC9, after an assessment (children in need census, closure reasons).
* `early_help_before`: the child has an early help episode (`early_help.episodes`) that began on or before the day.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import has, relabelled
from .shape import Column, Subject

_SOURCES = {
    "police or legal agency": ("6", "7"),
    "school or education setting": ("2A", "2B"),
    "health services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "local authority services": ("4", "5A", "5B", "5C", "5D"),
}
OTHER_SOURCE = "other, including missing"
_SOURCE_OF_CODE = {code: label for label, codes in _SOURCES.items() for code in codes}


def _referrals(tables: Tables) -> ir.Table:
    rows = tables["ssd_cin_episodes"]
    window = {"group_by": ["area", "cine_person_id"], "order_by": ["cine_referral_date", "cine_referral_id"]}
    dated = rows.filter(rows.cine_referral_date.notnull() & rows.cine_person_id.notnull())
    before = dated.cine_referral_date.lag().over(**window)
    return dated.select(
        area="area",
        child="cine_person_id",
        on="cine_referral_date",
        age_months="age_months",
        team="cine_referral_team",
        source=relabelled(dated.cine_referral_source_code, _SOURCE_OF_CODE, OTHER_SOURCE),
        nfa=dated.cine_referral_nfa.fill_null(False) | has(dated.cine_referral_outcome_json, "NFA_FLAG"),
        again_within_12_months=(before > dated.cine_referral_date - ibis.interval(years=1)).fill_null(False),
        closed_not_in_need=dated.cine_close_reason.isin(["RC8", "RC9"]).fill_null(False),
    )


_REFERRAL = "ssd_cin_episodes."
REFERRALS = Subject(
    name="referrals",
    kind="events",
    needs=(_REFERRAL + "cine_person_id", _REFERRAL + "cine_referral_date"),
    build=_referrals,
    columns={
        "source": Column("code", (_REFERRAL + "cine_referral_source_code",), (*_SOURCES, OTHER_SOURCE)),
        "nfa": Column("flag", (_REFERRAL + "cine_referral_nfa|" + _REFERRAL + "cine_referral_outcome_json",)),
        "again_within_12_months": Column("flag", looks_back_months=12),
        "closed_not_in_need": Column("flag", (_REFERRAL + "cine_close_reason",)),
    },
    team=_REFERRAL + "cine_referral_team",
)

SUBJECTS = (REFERRALS,)
