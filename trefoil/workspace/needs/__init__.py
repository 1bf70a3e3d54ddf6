"""What needs the reader, in order. A room adds its parts to `PARTS`, and the page asks no question more."""

from collections.abc import Callable, Iterator
from datetime import datetime

from trefoil.access.rules import Standing

from .child_deaths import parts_of_deaths
from .clocks import parts_of_clocks
from .letters import parts_of_letters, unread_need
from .meetings import parts_of_meetings
from .need import Need
from .plan import parts_of_risks, parts_of_the_plan
from .returns import needs_of_returns
from .reviews import parts_of_reviews
from .rows import Part, needs_of_parts

PARTS: tuple[Callable[[Standing, datetime], Iterator[Part]], ...] = (
    parts_of_the_plan,
    parts_of_clocks,
    parts_of_reviews,
    parts_of_deaths,
    parts_of_meetings,
    parts_of_risks,
    parts_of_letters,
)


def needs_of(standing: Standing, *, now: datetime) -> list[Need]:
    """Everything that needs this person today: returns, then each part in its order. Three queries, however much."""
    parts = [part for source in PARTS for part in source(standing, now)]
    return [*needs_of_returns(standing, now), *needs_of_parts(parts), *unread_need(standing)]


__all__ = ["Need", "needs_of"]
