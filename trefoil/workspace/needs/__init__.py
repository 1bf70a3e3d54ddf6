"""What needs the reader, in order. A room adds its parts to `PARTS`, and the page asks no question more."""

from collections.abc import Callable, Iterator
from datetime import datetime

from trefoil.access.rules import Standing

from .child_deaths import parts_of_deaths
from .clocks import parts_of_clocks
from .emergencies import EMERGENCIES, parts_of_emergencies
from .letters import parts_of_letters, unread_need
from .local_reviews import parts_of_local_reviews
from .meetings import parts_of_meetings
from .need import Need
from .plan import parts_of_risks, parts_of_the_plan
from .publishing import parts_of_publishing
from .returns import needs_of_returns
from .reviews import parts_of_reviews
from .rows import Part, needs_of_parts

PARTS: tuple[Callable[[Standing, datetime], Iterator[Part]], ...] = (
    parts_of_emergencies,
    parts_of_the_plan,
    parts_of_clocks,
    parts_of_reviews,
    parts_of_local_reviews,
    parts_of_deaths,
    parts_of_meetings,
    parts_of_publishing,
    parts_of_risks,
    parts_of_letters,
)


def needs_of(standing: Standing, *, now: datetime) -> list[Need]:
    """Everything that needs this person today: emergency access, returns, then each part in its order.

    Two queries, however much there is.
    """
    found = needs_of_parts(_parts, standing, now)
    first = [need for need in found if need.heading == EMERGENCIES]
    return [*first, *needs_of_returns(standing, now), *found[len(first) :], *unread_need(standing)]


def _parts(standing: Standing, now: datetime) -> list[Part]:
    return [part for source in PARTS for part in source(standing, now)]


__all__ = ["Need", "needs_of"]
