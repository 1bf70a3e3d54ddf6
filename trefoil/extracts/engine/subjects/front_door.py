"""Contacts and referrals.

`contacts`: a row for each of `ssd_contacts` with a date, `on` that date.

* `outcome`: the first that fits of: `referral to social care` (NEW_REFERRAL or CP_ENQUIRY among the outcomes), `early
  help assessment (CAF)` (EARLY_HELP), `signposting` (SIGNPOSTING), `no further action or provision of information`
  (ADVICE), `outcome of no further action` (NFA), `other outcome` (any other), `not assessed in month` (none). The
  store says what was recorded when the extract was taken, not at the end of the month.
* `agency`: by source code `police` 6; `schools and education` 2A, 2B; `health` 3A to 3F; `local authority services`
  4, 5A to 5D; `members of the public` 1A to 1D, 9; else `other or not recorded`.

`referrals`: a row for each of `ssd_cin_episodes` with a child and a date, `on` the referral date.

* `source`: `police or legal agency` for source codes 6 and 7; `school or education setting` 2A, 2B; `health services`
  3A to 3F; `local authority services` 4, 5A to 5D; `other, including missing` for all else (the groups of the
  children in need census source list; housing is a council's).
* `nfa`: the no-further-action flag, or NFA_FLAG among the outcomes.
* `again_within_12_months`: put the referrals of a child in order of date and, on one day, of `cine_referral_id`; the
  one just before is later than the same day twelve months earlier (for 1 May 2026, from 2 May 2025; for 29 February,
  28 February is the same day). So the second of two on one day counts.
* `closed_not_in_need`: closed with RC8 or RC9, after an assessment with no further action or referred to early help
  (children in need census, type `reasonforclosuretype` of CIN_schema_2026.xsd).
* `early_help_before`: an early help episode of the child (as in `early_help.py`) began on or before the day.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import has, relabelled
from .early_help import EITHER, early_help_rows
from .shape import Column, Subject

_POLICE, _LEGAL, _SCHOOLS = ("6",), ("7",), ("2A", "2B")
_HEALTH = ("3A", "3B", "3C", "3D", "3E", "3F")
_COUNCIL, _PUBLIC = ("4", "5A", "5B", "5C", "5D"), ("1A", "1B", "1C", "1D", "9")


def _by_code(groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {code: label for label, codes in groups.items() for code in codes}


_SOURCES = {
    "police or legal agency": _POLICE + _LEGAL,
    "school or education setting": _SCHOOLS,
    "health services": _HEALTH,
    "local authority services": _COUNCIL,
}
_OTHER_SOURCE = "other, including missing"
_AGENCIES = {
    "police": _POLICE,
    "schools and education": _SCHOOLS,
    "health": _HEALTH,
    "local authority services": _COUNCIL,
    "members of the public": _PUBLIC,
}
_OTHER_AGENCY = "other or not recorded"
_OUTCOMES = {
    "referral to social care": ("NEW_REFERRAL_FLAG", "CP_ENQUIRY_FLAG"),
    "early help assessment (CAF)": ("EARLY_HELP_FLAG",),
    "signposting": ("SIGNPOSTING_FLAG",),
    "no further action or provision of information": ("ADVICE_FLAG",),
    "outcome of no further action": ("NFA_FLAG",),
}
_OTHER_OUTCOME, _NO_OUTCOME = "other outcome", "not assessed in month"


def _contacts(tables: Tables) -> ir.Table:
    rows = tables["ssd_contacts"]
    given = rows.cont_contact_outcome_json
    outcomes = [(has(given, *codes), label) for label, codes in _OUTCOMES.items()]
    return rows.select(
        area="area",
        child="cont_person_id",
        on="cont_contact_date",
        age_months="age_months",
        outcome=ibis.cases(*outcomes, ((given.length() > 2).fill_null(False), _OTHER_OUTCOME), else_=_NO_OUTCOME),
        agency=relabelled(rows.cont_contact_source_code, _by_code(_AGENCIES), _OTHER_AGENCY),
    )


def _referrals(tables: Tables) -> ir.Table:
    rows = tables["ssd_cin_episodes"]
    # Short before they are put in order, which copies every column.
    short = rows.filter(rows.cine_referral_date.notnull() & rows.cine_person_id.notnull()).select(
        area="area",
        child="cine_person_id",
        on="cine_referral_date",
        id="cine_referral_id",
        age_months="age_months",
        team="cine_referral_team",
        code="cine_referral_source_code",
        nfa=rows.cine_referral_nfa.fill_null(False) | has(rows.cine_referral_outcome_json, "NFA_FLAG"),
        closed_not_in_need=rows.cine_close_reason.isin(["RC8", "RC9"]).fill_null(False),
    )
    before = short.on.lag().over(group_by=["area", "child"], order_by=["on", "id"])
    found = short.mutate(
        source=relabelled(short.code, _by_code(_SOURCES), _OTHER_SOURCE),
        again_within_12_months=(before > short.on - ibis.interval(years=1)).fill_null(False),
    )
    return found.drop("id", "code")


def _referrals_and_early_help(tables: Tables) -> ir.Table:
    referrals, helped = _referrals(tables), early_help_rows(tables)
    first = helped.group_by(helped_area="area", helped_child="child").aggregate(began=helped.start.min())
    joined = referrals.left_join(first, [referrals.area == first.helped_area, referrals.child == first.helped_child])
    before = (joined.began <= joined.on).fill_null(False)
    return joined.mutate(early_help_before=before).drop("helped_area", "helped_child", "began")


_CONTACT, _REFERRAL = "ssd_contacts.", "ssd_cin_episodes."
_REFERRAL_NEEDS = (_REFERRAL + "cine_person_id", _REFERRAL + "cine_referral_date")

CONTACTS = Subject(
    name="contacts",
    kind="events",
    needs=(_CONTACT + "cont_person_id", _CONTACT + "cont_contact_date"),
    build=_contacts,
    columns={
        "outcome": Column("code", (_CONTACT + "cont_contact_outcome_json",), (*_OUTCOMES, _OTHER_OUTCOME, _NO_OUTCOME)),
        "agency": Column("code", (_CONTACT + "cont_contact_source_code",), (*_AGENCIES, _OTHER_AGENCY)),
    },
)

REFERRALS = Subject(
    name="referrals",
    kind="events",
    needs=_REFERRAL_NEEDS,
    build=_referrals,
    columns={
        "source": Column("code", (_REFERRAL + "cine_referral_source_code",), (*_SOURCES, _OTHER_SOURCE)),
        "nfa": Column("flag", (_REFERRAL + "cine_referral_nfa|" + _REFERRAL + "cine_referral_outcome_json",)),
        "again_within_12_months": Column("flag", looks_back_months=12),
        "closed_not_in_need": Column("flag", (_REFERRAL + "cine_close_reason",)),
    },
    team=_REFERRAL + "cine_referral_team",
)

# Apart from `referrals`, so that only what asks for it pays for the second table.
REFERRALS_AND_EARLY_HELP = Subject(
    name="referrals_and_early_help",
    kind="events",
    needs=(*_REFERRAL_NEEDS, EITHER),
    build=_referrals_and_early_help,
    columns={"early_help_before": Column("flag", looks_back_months=12)},
    team=_REFERRAL + "cine_referral_team",
)

SUBJECTS = (CONTACTS, REFERRALS, REFERRALS_AND_EARLY_HELP)
