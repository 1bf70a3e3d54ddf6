"""Strategy discussions, section 47 enquiries and initial child protection conferences.

`strategy_discussions`: a row for each of `trefoil_strategy_discussions`, `on` its date. `invited` and `attended` hold
the agencies; `led_to_section_47`: it names an enquiry.

`section_47_enquiries`: `on` the start. `section_47_ended`: `on` the end.

* `to_conference`: CP_CONFERENCE among the outcomes.
* `nfa`: the no-further-action flag or NFA among the outcomes, and none of CP_CONFERENCE, LEGAL_ACTION,
  PROV_OF_SERVICES, NFA_CONTINUE_SINGLE and MONITOR.
* `days_open`: calendar days from start to end; unknown when it would be negative.

`conference_children`: a row for each child at a conference that was held (`icpc_icpc_date`), `on` that date.
`plan_made`: the plan flag, or CP among the outcomes. `age`: `under 1`, `1` ... `17`; `unborn`, `18 and over`, `not
recorded`.

`conferences`: a row for each meeting of an area: the rows of one `icpc_icpc_meeting_id`, or of one `icpc_icpc_id`
where there is no meeting; `on` the earliest date among them; `team` the lowest pseudonym.

* `transfer_in`: the flag of any of its rows.
* `in_15_working_days`: of every one of its rows, the working days after the start of the enquiry it names up to and
  including its date are 0 to 15. A row that names no enquiry with a start is not in time. Working Together to
  Safeguard Children 2023, chapter 3 (and 2018, chapter 1): within 15 working days of the strategy discussion at which
  the enquiry began; the census and the standard give that day as the start of the enquiry. A transfer in follows no
  enquiry here and has no such clock.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .building import age_at_end, days_between, has, with_working_days
from .people import NOT_RECORDED
from .shape import Column, Subject

CONFERENCE_WORKING_DAYS = 15
_AGES = ("under 1", *(str(year) for year in range(1, 18)))
_FURTHER = (
    "CP_CONFERENCE_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "NFA_CONTINUE_SINGLE_FLAG",
    "MONITOR_FLAG",
)


def _discussions(tables: Tables) -> ir.Table:
    rows = tables["trefoil_strategy_discussions"]
    return rows.select(
        area="area",
        child="strd_person_id",
        on="strd_date",
        age_months="age_months",
        team="strd_team",
        invited="strd_invited",
        attended="strd_attended",
        led_to_section_47=rows.strd_s47_enquiry_id.notnull(),
    )


def _enquiries(tables: Tables) -> ir.Table:
    rows = tables["ssd_s47_enquiry"]
    outcome = rows.s47e_s47_outcome_json
    days = days_between(rows.s47e_s47_start_date, rows.s47e_s47_end_date)
    return rows.select(
        area="area",
        child="s47e_person_id",
        start="s47e_s47_start_date",
        end="s47e_s47_end_date",
        age_months="age_months",
        team="s47e_s47_completed_by_team",
        to_conference=has(outcome, "CP_CONFERENCE_FLAG"),
        nfa=(rows.s47e_s47_nfa.fill_null(False) | has(outcome, "NFA_FLAG")) & ~has(outcome, *_FURTHER),
        days_open=ibis.ifelse(days >= 0, days, None),
    )


def _enquiries_begun(tables: Tables) -> ir.Table:
    rows = _enquiries(tables)
    return rows.mutate(on=rows.start)


def _enquiries_ended(tables: Tables) -> ir.Table:
    rows = _enquiries(tables)
    return rows.mutate(on=rows.end, age_months=age_at_end(rows.age_months, rows.start, rows.end))


def _conference_children(tables: Tables) -> ir.Table:
    rows = tables["ssd_initial_cp_conference"]
    years = rows.age_months // 12
    steps = [(rows.age_months < 0, "unborn"), (years < 1, "under 1"), (years < 18, years.cast("int64").cast("string"))]
    return rows.select(
        area="area",
        child="icpc_person_id",
        on="icpc_icpc_date",
        age_months="age_months",
        team="icpc_icpc_team",
        age=ibis.cases(*steps, (rows.age_months.notnull(), "18 and over"), else_=NOT_RECORDED),
        plan_made=rows.icpc_icpc_outcome_cp_flag.fill_null(False) | has(rows.icpc_icpc_outcome_json, "CP_FLAG"),
    )


def _conferences(tables: Tables) -> ir.Table:
    held = tables["ssd_initial_cp_conference"]
    enquiry = tables["ssd_s47_enquiry"].select(
        of_area="area", of_enquiry="s47e_s47_enquiry_id", began="s47e_s47_start_date"
    )
    rows = held.filter(held.icpc_icpc_date.notnull()).left_join(
        enquiry, [held.area == enquiry.of_area, held.icpc_s47_enquiry_id == enquiry.of_enquiry]
    )
    timed = with_working_days(rows, tables, "working_days", "began", "icpc_icpc_date")
    in_time = timed.working_days.between(0, CONFERENCE_WORKING_DAYS).fill_null(False)
    marked = timed.mutate(
        meeting=timed.icpc_icpc_meeting_id.coalesce(timed.icpc_icpc_id),
        late=(~in_time).cast("int8"),
        moved_in=timed.icpc_icpc_transfer_in.fill_null(False).cast("int8"),
    )
    meetings = marked.group_by("area", "meeting").aggregate(
        on=marked.icpc_icpc_date.min(),
        late=marked.late.max(),
        moved_in=marked.moved_in.max(),
        team=marked.icpc_icpc_team.min(),
    )
    return meetings.select(
        "area",
        "on",
        "team",
        child=ibis.null("int64"),
        in_15_working_days=meetings.late == 0,
        transfer_in=meetings.moved_in == 1,
    )


_DISCUSSION, _ENQUIRY, _CONFERENCE = "trefoil_strategy_discussions.", "ssd_s47_enquiry.", "ssd_initial_cp_conference."
_ENQUIRY_OUTCOME = _ENQUIRY + "s47e_s47_outcome_json"
_START = _ENQUIRY + "s47e_s47_start_date"

DISCUSSIONS = Subject(
    name="strategy_discussions",
    kind="events",
    needs=(_DISCUSSION + "strd_date",),
    build=_discussions,
    columns={
        "invited": Column("codes", (_DISCUSSION + "strd_invited",)),
        "attended": Column("codes", (_DISCUSSION + "strd_attended",)),
        "led_to_section_47": Column("flag", (_DISCUSSION + "strd_s47_enquiry_id",)),
    },
    team=_DISCUSSION + "strd_team",
)
ENQUIRIES = Subject(
    name="section_47_enquiries",
    kind="events",
    needs=(_START,),
    build=_enquiries_begun,
    team=_ENQUIRY + "s47e_s47_completed_by_team",
)
ENQUIRIES_ENDED = Subject(
    name="section_47_ended",
    kind="events",
    needs=(_ENQUIRY + "s47e_s47_end_date",),
    build=_enquiries_ended,
    columns={
        "to_conference": Column("flag", (_ENQUIRY_OUTCOME,)),
        "nfa": Column("flag", (_ENQUIRY + "s47e_s47_nfa|" + _ENQUIRY_OUTCOME,)),
        "days_open": Column("number", (_START,)),
    },
    team=_ENQUIRY + "s47e_s47_completed_by_team",
)
CONFERENCE_CHILDREN = Subject(
    name="conference_children",
    kind="events",
    needs=(_CONFERENCE + "icpc_person_id", _CONFERENCE + "icpc_icpc_date"),
    build=_conference_children,
    columns={
        "age": Column("code", ("ssd_person.pers_age_months",), ("unborn", *_AGES, "18 and over", NOT_RECORDED)),
        "plan_made": Column(
            "flag", (_CONFERENCE + "icpc_icpc_outcome_cp_flag|" + _CONFERENCE + "icpc_icpc_outcome_json",)
        ),
    },
    team=_CONFERENCE + "icpc_icpc_team",
)
CONFERENCES = Subject(
    name="conferences",
    kind="events",
    needs=(_CONFERENCE + "icpc_icpc_date", _CONFERENCE + "icpc_icpc_meeting_id"),
    build=_conferences,
    columns={
        "transfer_in": Column("flag", (_CONFERENCE + "icpc_icpc_transfer_in",)),
        "in_15_working_days": Column("flag", (_CONFERENCE + "icpc_s47_enquiry_id", _START)),
    },
    breakdowns=("team",),
    team=_CONFERENCE + "icpc_icpc_team",
)

SUBJECTS = (DISCUSSIONS, ENQUIRIES, ENQUIRIES_ENDED, CONFERENCE_CHILDREN, CONFERENCES)
