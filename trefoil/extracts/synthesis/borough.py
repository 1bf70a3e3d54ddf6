"""One whole invented borough as tables. Pure."""

from datetime import date

import pyarrow as pa

from .assessing import assessment_tables, draw_assessments
from .care import draw_episodes, draw_placements, draw_statuses
from .care_life import (
    care_review_table,
    care_visit_table,
    conviction_table,
    health_table,
    immunisation_table,
    misuse_table,
    sdq_table,
)
from .care_tables import (
    care_plan_table,
    episode_table,
    immigration_table,
    permanence_table,
    placement_table,
    status_table,
)
from .court import involvement_table, pre_proceedings_table, previous_permanence_table
from .days import Calendar, number
from .draw import Draw
from .drawn import Drawn, draw_borough
from .enquiries import conference_table, discussion_table, enquiry_table
from .faults import with_faults
from .front_door import contact_table, referral_table
from .helping import early_help_table, own_episode_table
from .leavers import leaver_table
from .missing import draw_missing, interview_table, missing_table
from .people import address_table, disability_table, family_table, localities_table, person_table
from .profile import AreaProfile
from .protection import plan_table
from .rows import stack
from .staff import worker_table
from .support import (
    draw_need_plans,
    failed_visit_table,
    need_plan_table,
    need_visit_table,
    plan_review_table,
    plan_visit_table,
)
from .world import World, department_table

Tables = dict[str, pa.Table]


def window(as_at: date, years: int) -> tuple[date, date]:
    """The days that the extract covers: `years` whole years that end on `as_at`."""
    first = date.fromordinal(as_at.toordinal() + 1)
    day = 28 if (first.month, first.day) == (2, 29) else first.day
    return first.replace(year=first.year - years, day=day), as_at


def synthesise(profile: AreaProfile, *, years: int, seed: int, as_at: date, faults: str = "none") -> Tables:
    """Every table of an invented borough as a council would send it, all values text, and `localities`.

    The same profile, years, seed and day give the same tables. The window is the `years` years up to `as_at`. `faults`:
    one of `faults.SETS`. Raises ValueError for another, and for fewer than one year or more than ten.
    """
    if not 1 <= years <= 10:
        raise ValueError("an extract is of one to ten years")
    begin, end = window(as_at, years)
    first, last = number(begin), number(end)
    world = World(profile, Draw(seed, profile.code), Calendar(first - 4 * 365, last), first, last)
    drawn = draw_borough(world)
    tables = _of_people(world, drawn) | _of_the_front_door(world, drawn) | _of_support(world, drawn)
    tables |= _of_care(world, drawn) | _beside(world, drawn)
    return with_faults({name: tables[name] for name in sorted(tables)}, profile, seed=seed, faults=faults)


def _of_people(world: World, drawn: Drawn) -> Tables:
    children = drawn.children
    return {
        "ssd_person": person_table(world, children),
        "ssd_family": family_table(world, children),
        "ssd_address": address_table(world, children),
        "ssd_disability": disability_table(world, children),
        "ssd_department": department_table(world),
        "ssd_professionals": worker_table(world),
        "localities": localities_table(world),
    }


def _of_the_front_door(world: World, drawn: Drawn) -> Tables:
    return {
        "ssd_contacts": contact_table(world, drawn.contacts),
        "ssd_cin_episodes": referral_table(world, drawn.journeys),
        "ssd_s47_enquiry": enquiry_table(world, drawn.enquiries),
        "trefoil_strategy_discussions": discussion_table(world, drawn.enquiries, drawn.journeys),
        "ssd_initial_cp_conference": conference_table(world, drawn.enquiries),
        "ssd_cp_plans": plan_table(world, drawn.plans),
        "ssd_involvements": involvement_table(world, drawn.journeys),
    }


def _of_support(world: World, drawn: Drawn) -> Tables:
    """Assessments, plans of both kinds, and every visit, also those that failed."""
    assessments = draw_assessments(world, drawn.journeys)
    needs = draw_need_plans(world, drawn.journeys, drawn.plans, assessments)
    plan_visits, seen_on_plan = plan_visit_table(world, drawn.plans)
    need_visits, seen_in_need = need_visit_table(world, needs)
    care_visits, seen_in_care = care_visit_table(world, drawn.periods)
    return {
        **assessment_tables(world, assessments),
        "ssd_cp_reviews": plan_review_table(world, drawn.plans),
        "ssd_cp_visits": plan_visits,
        "ssd_cin_plans": need_plan_table(world, needs),
        "ssd_cin_visits": need_visits,
        "ssd_cla_visits": care_visits,
        "trefoil_failed_visits": failed_visit_table(world, stack([seen_on_plan, seen_in_need, seen_in_care])),
    }


def _of_care(world: World, drawn: Drawn) -> Tables:
    periods = drawn.periods
    placements, statuses = draw_placements(world, periods), draw_statuses(world, periods)
    return {
        "ssd_cla_episodes": episode_table(world, draw_episodes(placements, statuses), periods),
        "ssd_cla_placement": placement_table(world, placements),
        "ssd_legal_status": status_table(world, statuses),
        "ssd_cla_care_plan": care_plan_table(world, periods),
        "ssd_cla_reviews": care_review_table(world, periods),
        "ssd_cla_health": health_table(world, periods),
        "ssd_cla_immunisations": immunisation_table(world, periods),
        "ssd_sdq_scores": sdq_table(world, periods),
        "ssd_cla_substance_misuse": misuse_table(world, periods),
        "ssd_cla_convictions": conviction_table(world, periods),
        "ssd_immigration_status": immigration_table(world, periods),
        "ssd_permanence": permanence_table(world, periods),
        "ssd_pre_proceedings": pre_proceedings_table(world, statuses),
        "ssd_cla_previous_permanence": previous_permanence_table(world, periods),
    }


def _beside(world: World, drawn: Drawn) -> Tables:
    """What is not social care's own: missing children, care leavers, early help and the other episodes."""
    locality = drawn.children["locality"]
    missing = draw_missing(world, drawn.children, drawn.periods)
    homes = locality[drawn.leavers["child"]] if drawn.leavers.size else locality[:0]
    return {
        "ssd_missing": missing_table(world, missing),
        "trefoil_return_interviews": interview_table(world, missing),
        "ssd_care_leavers": leaver_table(world, drawn.leavers, homes),
        "ssd_early_help_episodes": early_help_table(world, drawn.early_help, locality),
        "trefoil_episodes": own_episode_table(world, drawn.early_help, drawn.other_help, locality),
    }
