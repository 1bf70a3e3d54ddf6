"""One whole invented borough. Pure."""

from datetime import date

import numpy as np
import pyarrow as pa

from .assessing import assessment_tables, draw_assessments
from .days import Calendar, number
from .draw import Draw
from .enquiries import conference_table, discussion_table, draw_enquiries, enquiry_table
from .front_door import contact_table, draw_contacts, dress_referrals, referral_table
from .journeys import draw_journeys
from .people import (
    address_table,
    children_of,
    disability_table,
    family_table,
    homes,
    localities_table,
    more_children,
    person_table,
)
from .profile import AreaProfile
from .protection import draw_plans, plan_table
from .rows import Rows, stack
from .spells import fitted
from .staff import worker_table
from .world import World, department_table


def window(as_at: date, years: int) -> tuple[date, date]:
    """The days that the extract covers: `years` whole years that end on `as_at`."""
    first = date.fromordinal(as_at.toordinal() + 1)
    day = 28 if (first.month, first.day) == (2, 29) else first.day
    return first.replace(year=first.year - years, day=day), as_at


def _numbered(journeys: Rows) -> Rows:
    _, which = np.unique(journeys["child"], return_inverse=True)
    return journeys.put(child=which)


def _with_contact_children(world: World, children: Rows, contacts: Rows) -> tuple[Rows, Rows]:
    """Children who are only ever contacts get numbers after the others."""
    ordered = contacts.ordered("on", "child")
    marks, first, which = np.unique(ordered["child"], return_index=True, return_inverse=True)
    fresh = marks < 0
    numbers = np.where(fresh, children.size + np.cumsum(fresh) - 1, marks)
    more = more_children(
        world, int(fresh.sum()), "contact", ordered["on"][first[fresh]], int(children["family"].max()) + 1
    )
    return stack([children, more]), ordered.put(child=numbers[which])


def synthesise(profile: AreaProfile, *, years: int, seed: int, as_at: date) -> dict[str, pa.Table]:
    """Every table of an invented borough as a council would send it, all values text, and `localities`.

    The same profile, years, seed and day give the same tables. The window is the `years` years up to `as_at`. Raises
    ValueError for fewer than one year or more than ten.
    """
    if not 1 <= years <= 10:
        raise ValueError("an extract is of one to ten years")
    begin, end = window(as_at, years)
    draw, first, last = Draw(seed, profile.code), number(begin), number(end)
    world = World(profile, draw, Calendar(first - 4 * 365, last), first, last)
    journeys = dress_referrals(world, _numbered(draw_journeys(draw, profile, fitted(draw, profile), first, last)))
    children, contacts = _with_contact_children(world, children_of(journeys), draw_contacts(world, journeys))
    children = children.put(locality=homes(world, children["family"]))
    journeys = journeys.put(locality=children["locality"][journeys["child"]])
    enquiries = draw_enquiries(world, journeys)
    plans = draw_plans(world, enquiries)
    return {
        "ssd_person": person_table(world, children),
        "ssd_family": family_table(world, children),
        "ssd_address": address_table(world, children),
        "ssd_disability": disability_table(world, children),
        "ssd_contacts": contact_table(world, contacts),
        "ssd_cin_episodes": referral_table(world, journeys),
        **assessment_tables(world, draw_assessments(world, journeys)),
        "ssd_s47_enquiry": enquiry_table(world, enquiries),
        "trefoil_strategy_discussions": discussion_table(world, enquiries, journeys),
        "ssd_initial_cp_conference": conference_table(world, enquiries),
        "ssd_cp_plans": plan_table(world, plans),
        "ssd_department": department_table(world),
        "ssd_professionals": worker_table(world),
        "localities": localities_table(world),
    }
