"""Everything that happens in one invented borough, as numbers, before any of it is text. Pure."""

from dataclasses import dataclass

import numpy as np

from .care import draw_periods
from .days import NEVER
from .enquiries import draw_enquiries
from .front_door import draw_contacts, dress_referrals
from .helping import draw_help, draw_other_kinds
from .journeys import draw_journeys
from .leavers import draw_leavers
from .people import children_of, homes, more_children
from .protection import draw_plans
from .rows import Rows, stack
from .spells import fitted
from .world import World


@dataclass(frozen=True)
class Drawn:
    """The rows of each part. `child` is everywhere a place in `children`, `referral` one in `journeys`."""

    children: Rows
    contacts: Rows
    journeys: Rows
    enquiries: Rows
    plans: Rows
    periods: Rows
    early_help: Rows
    other_help: Rows
    leavers: Rows


def draw_borough(world: World) -> Drawn:
    """Draw the journeys first, then what goes with them, then everyone else."""
    begun = draw_journeys(world.draw, world.profile, fitted(world.draw, world.profile), world.first, world.last)
    journeys = dress_referrals(world, _numbered(begun))
    children, contacts = _with_contact_children(world, children_of(journeys), draw_contacts(world, journeys))
    early_help, helped = draw_help(world, journeys, contacts, children)
    children = _joined(children, helped)
    periods = draw_periods(world, journeys)
    leavers, left = draw_leavers(world, periods, children.size)
    children = _joined(children, left)
    children = children.put(locality=homes(world, children["family"]))
    journeys, periods = (rows.put(locality=children["locality"][rows["child"]]) for rows in (journeys, periods))
    enquiries = draw_enquiries(world, journeys)
    return Drawn(
        children=children,
        contacts=contacts,
        journeys=_with_conference_days(journeys, enquiries),
        enquiries=enquiries,
        plans=draw_plans(world, enquiries),
        periods=periods,
        early_help=early_help,
        other_help=draw_other_kinds(world, children),
        leavers=leavers,
    )


def _numbered(journeys: Rows) -> Rows:
    _, which = np.unique(journeys["child"], return_inverse=True)
    return journeys.put(child=which)


def _joined(children: Rows, more: Rows) -> Rows:
    """More children after the others, in families of their own."""
    if not more.size:
        return children
    return stack([children, more.put(family=more["family"] + int(children["family"].max()) + 1)])


def _with_contact_children(world: World, children: Rows, contacts: Rows) -> tuple[Rows, Rows]:
    """Children who are only ever contacts get numbers after the others."""
    ordered = contacts.ordered("on", "child")
    marks, first, which = np.unique(ordered["child"], return_index=True, return_inverse=True)
    fresh = marks < 0
    numbers = np.where(fresh, children.size + np.cumsum(fresh) - 1, marks)
    latest = np.zeros(len(marks), dtype=np.int64)
    np.maximum.at(latest, which, ordered["on"])
    more = more_children(world, "contact", ordered["on"][first[fresh]], latest[fresh])
    return _joined(children, more), ordered.put(child=numbers[which])


def _with_conference_days(journeys: Rows, enquiries: Rows) -> Rows:
    """`conf_day`: the day of the conference; about when it was, where it is older than the extract."""
    about = np.where(journeys["conf"], journeys["start"] + journeys["conf_at"], NEVER)
    held = enquiries.take(enquiries["conf"])
    about[held["referral"]] = held["conf_on"]
    return journeys.put(conf_day=about)
