"""Early help episodes.

An area's episodes are the rows of `trefoil_episodes` of kind EARLY_HELP where it has any, and else the rows of
`ssd_early_help_episodes`: the two are never added up. Rows without a child or a start date are left out.

`early_help`: open episodes, `start` to `end`. `early_help_begun`: `on` the start. `early_help_ended`: `on` the end.
`early_help_requests`: those of `trefoil_episodes` alone, `on` the start, which also say who asked.

* `agency`: `education`, `health`, `voluntary sector`, `local authority` (social care, early help, housing), `police`,
  `other`, `not recorded`. `lead`: `Education setting`, `Health`, `Voluntary sector`, `Social care`, `Early help
  service`, `Police`, `Housing`, `Other`, `Unknown`.
* `need`: the label of the code in small letters, `not recorded` for none.
* `reason`: `needs met`, `stepped up to social care`, `consent withdrawn`, `moved away`, `other` (any other code),
  `not recorded`.
* `duration`, on a day: the days since the start, to 91 `0-3 months`, to 182 `3-6 months`, to 273 `6-9 months`, to 365
  `9-12 months`, then `over 1 year`.
* `back_within_12_months`: of the child's episodes that come before this one, by start date and on one day by `id`,
  there is at least one, all have ended, and the latest end is on or before the start and later than the same day
  twelve months earlier.
* `source`: by source code `school or education setting` 2A, 2B; `health services` 3A to 3F; `police` 6; `local
  authority services` 4, 5A to 5D; `voluntary sector` 8 (the census's code for voluntary and other organisations);
  `family` 1A, 1C; else `other or not recorded`.
"""

import ibis
import ibis.expr.types as ir

from trefoil.extracts.standard import code_lists

from ..tables import Tables
from .building import age_at_end, banded, days_between, relabelled
from .shape import Column, Subject

_OWN, _SSD = "trefoil_episodes.", "ssd_early_help_episodes."
EITHER = _SSD + "earl_episode_start_date|" + _OWN + "epis_start_date"

_AGENCIES = {
    "EDUCATION": "education",
    "HEALTH": "health",
    "VOLUNTARY": "voluntary sector",
    "SOCIAL_CARE": "local authority",
    "EARLY_HELP": "local authority",
    "HOUSING": "local authority",
    "POLICE": "police",
    "OTHER": "other",
}
_LEADS = {
    "EDUCATION": "Education setting",
    "HEALTH": "Health",
    "VOLUNTARY": "Voluntary sector",
    "SOCIAL_CARE": "Social care",
    "EARLY_HELP": "Early help service",
    "POLICE": "Police",
    "HOUSING": "Housing",
    "OTHER": "Other",
}
_NEEDS = {code.code: code.label[0].lower() + code.label[1:] for code in code_lists()["episode_need"].codes}
_REASONS = {
    "NEEDS_MET": "needs met",
    "STEPPED_UP": "stepped up to social care",
    "CONSENT_WITHDRAWN": "consent withdrawn",
    "MOVED": "moved away",
    "SENTENCE_ENDED": "other",
    "OTHER": "other",
}
_DURATIONS = {"0-3 months": 91, "3-6 months": 182, "6-9 months": 273, "9-12 months": 365, "over 1 year": None}
_SOURCES = {
    "school or education setting": ("2A", "2B"),
    "health services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "police": ("6",),
    "local authority services": ("4", "5A", "5B", "5C", "5D"),
    "voluntary sector": ("8",),
    "family": ("1A", "1C"),
}
_SOURCE_OF = {code: label for label, codes in _SOURCES.items() for code in codes}
_NOT_RECORDED = "not recorded"
_OTHER_SOURCE = "other or not recorded"


def early_help_rows(tables: Tables) -> ir.Table:
    """A row for each episode: `area child id start end age_months team need_code end_code agency_code source_code`."""
    own, standard = _own_rows(tables), tables["ssd_early_help_episodes"]
    areas = own.select(own_area="area").distinct()
    others = standard.anti_join(areas, standard.area == areas.own_area).select(
        area="area",
        child="earl_person_id",
        id="earl_episode_id",
        start="earl_episode_start_date",
        end="earl_episode_end_date",
        age_months="age_months",
        team=ibis.null("int64"),
        need_code="earl_episode_reason",
        end_code="earl_episode_end_reason",
        agency_code="earl_episode_organisation",
        source_code=ibis.null("string"),
    )
    both = ibis.union(own, others)
    return both.filter(both.child.notnull() & both.start.notnull())


def _own_rows(tables: Tables) -> ir.Table:
    rows = tables["trefoil_episodes"]
    return rows.filter(rows.epis_kind == "EARLY_HELP").select(
        area="area",
        child="epis_person_id",
        id="epis_id",
        start="epis_start_date",
        end="epis_end_date",
        age_months="age_months",
        team="epis_team",
        need_code="epis_need",
        end_code="epis_end_reason",
        agency_code="epis_lead_agency",
        source_code="epis_source_code",
    )


def _described(tables: Tables) -> ir.Table:
    rows = early_help_rows(tables)
    return rows.mutate(
        agency=relabelled(rows.agency_code, _AGENCIES, _NOT_RECORDED),
        lead=relabelled(rows.agency_code, _LEADS, "Unknown"),
        need=relabelled(rows.need_code, _NEEDS, _NOT_RECORDED),
        reason=relabelled(rows.end_code, _REASONS, _NOT_RECORDED),
    )


def _begun(tables: Tables) -> ir.Table:
    rows = _described(tables)
    before = ibis.window(group_by=["area", "child"], order_by=["start", "id"], preceding=(None, 1), following=None)
    ended, still = rows.end.max().over(before), rows.end.isnull().cast("int64").max().over(before)
    in_time = (ended <= rows.start) & (ended > rows.start - ibis.interval(years=1))
    return rows.mutate(on=rows.start, back_within_12_months=(in_time & (still == 0)).fill_null(False))


def _ended(tables: Tables) -> ir.Table:
    rows = _described(tables)
    ended = rows.filter(rows.end.notnull())
    return ended.mutate(on=ended.end, age_months=age_at_end(ended.age_months, ended.start, ended.end))


def _requests(tables: Tables) -> ir.Table:
    rows = _own_rows(tables)
    source = relabelled(rows.source_code, _SOURCE_OF, _OTHER_SOURCE)
    return rows.mutate(on=rows.start, source=source)


def _on_the_day(states: ir.Table) -> ir.Table:
    return states.mutate(duration=banded(days_between(states.start, states.day), _DURATIONS, _NOT_RECORDED))


_AGENCY = _SSD + "earl_episode_organisation|" + _OWN + "epis_lead_agency"
_REASON = _SSD + "earl_episode_end_reason|" + _OWN + "epis_end_reason"
_NEED = _SSD + "earl_episode_reason|" + _OWN + "epis_need"
_END = _SSD + "earl_episode_end_date|" + _OWN + "epis_end_date"
_TEAM = _OWN + "epis_team"

OPEN = Subject(
    name="early_help",
    kind="episodes",
    needs=(EITHER, _END),
    build=_described,
    columns={"lead": Column("code", (_AGENCY,), (*_LEADS.values(), "Unknown"))},
    at=_on_the_day,
    at_columns={"duration": Column("code", (), tuple(_DURATIONS))},
    team=_TEAM,
)
BEGUN = Subject(
    name="early_help_begun",
    kind="events",
    needs=(EITHER,),
    build=_begun,
    columns={
        "agency": Column("code", (_AGENCY,), (*dict.fromkeys(_AGENCIES.values()), _NOT_RECORDED)),
        "need": Column("code", (_NEED,), (*_NEEDS.values(), _NOT_RECORDED)),
        "back_within_12_months": Column("flag", (_END,), looks_back_months=12),
    },
    team=_TEAM,
)
ENDED = Subject(
    name="early_help_ended",
    kind="events",
    needs=(EITHER, _END),
    build=_ended,
    columns={"reason": Column("code", (_REASON,), (*dict.fromkeys(_REASONS.values()), _NOT_RECORDED))},
    team=_TEAM,
)
REQUESTS = Subject(
    name="early_help_requests",
    kind="events",
    needs=(_OWN + "epis_person_id", _OWN + "epis_start_date", _OWN + "epis_source_code"),
    build=_requests,
    columns={"source": Column("code", (), (*_SOURCES, _OTHER_SOURCE))},
    team=_TEAM,
    only_where_any=True,
)

SUBJECTS = (OPEN, BEGUN, ENDED, REQUESTS)
