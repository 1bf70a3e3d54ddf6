"""Missing episodes, exploitation and youth justice.

`missing_begun`: a row for each of `ssd_missing` with a child and a start, `on` the start. `missing_ended`: those with
an end, `on` the end.

* `missing`: the type is not A (away without authorisation); no type counts as missing.
* `place`: `from care` when a care episode of the child (`ssd_cla_episodes`) began on or before the day the child went
  missing and had not ended by it (no end, or an end after that day); else `from home`.
* `days_missing`: calendar days from start to end; unknown when negative.
* `interviewed_in_72_hours`: of the interviews in `trefoil_return_interviews` for the episode that were held on or
  after the day it ended, the first is at most 3 days after. Statutory guidance on children who run away or go missing
  from home or care (Department for Education, January 2014): within 72 hours of the child being found; the store has
  days and not hours.

Of `trefoil_episodes`, each with a child and a start: `exploitation` (kinds CSE, GANGS and CRIMINAL) as open episodes;
`exploitation_begun`, `on` the start, with `days_so_far`, calendar days to the end or, while it is open, to the day
the extract was taken; `nrm_referrals` (NRM) and `panel_referrals` (PANEL), `on` the start; `youth_justice`
(YOUTH_JUSTICE) as open episodes. `kind` is the code.

`vulnerable_adolescents`: `missing_begun` that are missing, and episodes begun of kinds CSE, GANGS and PANEL,
together.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import age_at_end, days_between
from .shape import Column, Subject

RETURN_INTERVIEW_DAYS = 3


def _missing_rows(tables: Tables) -> ir.Table:
    rows = tables["ssd_missing"]
    days = days_between(rows.miss_missing_episode_start_date, rows.miss_missing_episode_end_date)
    made = rows.select(
        area="area",
        child="miss_person_id",
        id="miss_table_id",
        start="miss_missing_episode_start_date",
        end="miss_missing_episode_end_date",
        age_months="age_months",
        missing=(rows.miss_missing_episode_type != "A").fill_null(True),
        days_missing=ibis.ifelse(days >= 0, days, None),
    )
    return made.filter(made.child.notnull() & made.start.notnull())


def _missing(tables: Tables) -> ir.Table:
    """The rows with `place`."""
    rows, care = _missing_rows(tables), tables["ssd_cla_episodes"]
    ended = care.clae_cla_episode_ceased_date
    in_care = rows.join(
        care,
        [
            rows.area == care.area,
            rows.child == care.clae_person_id,
            care.clae_cla_episode_start_date <= rows.start,
            (ended.isnull() | (ended > rows.start)).fill_null(True),
        ],
        rname="care_{name}",
    )
    found = in_care.select(care_area="area", care_id="id").distinct()
    joined = rows.left_join(found, [rows.area == found.care_area, rows.id == found.care_id])
    place = ibis.ifelse(joined.care_id.notnull(), "from care", "from home")
    return joined.mutate(place=place).drop("care_area", "care_id")


def _missing_begun(tables: Tables) -> ir.Table:
    rows = _missing(tables)
    return rows.mutate(on=rows.start)


def _missing_ended(tables: Tables) -> ir.Table:
    rows = _missing(tables)
    ended = rows.filter(rows.end.notnull())
    return ended.mutate(on=ended.end, age_months=age_at_end(ended.age_months, ended.start, ended.end))


def _missing_and_interviews(tables: Tables) -> ir.Table:
    ended, held = _missing_ended(tables), tables["trefoil_return_interviews"]
    matched = ended.join(
        held,
        [ended.area == held.area, ended.id == held.rint_missing_id, held.rint_held_date >= ended.end],
        rname="held_{name}",
    )
    first = matched.group_by(held_area="area", held_id="id").aggregate(held_on=matched.rint_held_date.min())
    joined = ended.left_join(first, [ended.area == first.held_area, ended.id == first.held_id])
    in_time = (days_between(joined.end, joined.held_on) <= RETURN_INTERVIEW_DAYS).fill_null(False)
    return joined.mutate(interviewed_in_72_hours=in_time).drop("held_area", "held_id", "held_on")


def _episodes(*kinds: str) -> Callable[[Tables], ir.Table]:
    def build(tables: Tables) -> ir.Table:
        rows = tables["trefoil_episodes"].join(tables.as_at.rename(taken_area="area"), [("area", "taken_area")])
        days = days_between(rows.epis_start_date, rows.epis_end_date.coalesce(rows.as_at))
        made = rows.select(
            area="area",
            child="epis_person_id",
            on="epis_start_date",
            start="epis_start_date",
            end="epis_end_date",
            age_months="age_months",
            team="epis_team",
            kind="epis_kind",
            days_so_far=ibis.ifelse(days >= 0, days, None),
        )
        return made.filter(made.kind.isin(kinds) & made.child.notnull() & made.start.notnull())

    return build


def _vulnerable(tables: Tables) -> ir.Table:
    kept = ("area", "child", "on", "age_months")
    missing = _missing_rows(tables).mutate(on=ibis._.start)
    return ibis.union(
        missing.filter(missing.missing).select(*kept), _episodes("CSE", "GANGS", "PANEL")(tables).select(*kept)
    )


_MISSING, _EPISODE, _HELD = "ssd_missing.", "trefoil_episodes.", "trefoil_return_interviews."
_MISSING_NEEDS = (_MISSING + "miss_person_id", _MISSING + "miss_missing_episode_start_date")
_MISSING_END = _MISSING + "miss_missing_episode_end_date"
_CARE = tuple(
    "ssd_cla_episodes." + field
    for field in ("clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date")
)
_EPISODE_NEEDS = (_EPISODE + "epis_person_id", _EPISODE + "epis_kind", _EPISODE + "epis_start_date")
_EPISODE_END = _EPISODE + "epis_end_date"
_WITHOUT_TEAM = ("locality", "age_band", "sex", "ethnicity", "disability")
_ABOUT = {
    "missing": Column("flag", (_MISSING + "miss_missing_episode_type",)),
    "place": Column("code", _CARE, ("from home", "from care")),
}

MISSING_BEGUN = Subject(
    name="missing_begun",
    kind="events",
    needs=_MISSING_NEEDS,
    build=_missing_begun,
    columns=_ABOUT,
    breakdowns=_WITHOUT_TEAM,
)
MISSING_ENDED = Subject(
    name="missing_ended",
    kind="events",
    needs=(*_MISSING_NEEDS, _MISSING_END),
    build=_missing_ended,
    columns={**_ABOUT, "days_missing": Column("number")},
    breakdowns=_WITHOUT_TEAM,
)
MISSING_AND_INTERVIEWS = Subject(
    name="missing_and_interviews",
    kind="events",
    needs=(*_MISSING_NEEDS, _MISSING_END, _HELD + "rint_missing_id", _HELD + "rint_held_date"),
    build=_missing_and_interviews,
    columns={**_ABOUT, "interviewed_in_72_hours": Column("flag")},
    breakdowns=_WITHOUT_TEAM,
)
VULNERABLE = Subject(
    name="vulnerable_adolescents",
    kind="events",
    needs=(*_MISSING_NEEDS, _MISSING + "miss_missing_episode_type", *_EPISODE_NEEDS),
    build=_vulnerable,
    breakdowns=_WITHOUT_TEAM,
)


def _of_kinds(name: str, *kinds: str, is_open: bool = False) -> Subject:
    return Subject(
        name=name,
        kind="episodes" if is_open else "events",
        needs=(*_EPISODE_NEEDS, _EPISODE_END) if is_open else _EPISODE_NEEDS,
        build=_episodes(*kinds),
        columns={"kind": Column("code", (), kinds)}
        | ({} if is_open else {"days_so_far": Column("number", (_EPISODE_END,))}),
        team=_EPISODE + "epis_team",
        only_where_any=True,
    )


SUBJECTS = (
    MISSING_BEGUN,
    MISSING_ENDED,
    MISSING_AND_INTERVIEWS,
    VULNERABLE,
    _of_kinds("exploitation", "CSE", "GANGS", "CRIMINAL", is_open=True),
    _of_kinds("exploitation_begun", "CSE", "GANGS", "CRIMINAL"),
    _of_kinds("nrm_referrals", "NRM"),
    _of_kinds("panel_referrals", "PANEL"),
    _of_kinds("youth_justice", "YOUTH_JUSTICE", is_open=True),
)
