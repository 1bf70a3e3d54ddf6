"""What intake must know of the world to judge a file: whose return, which period, which indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..checks.lookup import Definitions
from ..periods import Period
from ..rows import FigureRow


@dataclass(frozen=True, slots=True)
class Context:
    """Whose figures these are.

    `area` is the authority's name; `other_areas` the names of the other authorities, to notice a file that went to the
    wrong place. `period` is the return's; None takes any. `asked` holds the ids that this agency answers; None takes
    any of the catalogue. `earlier` are the figures already held, for the checks against the last period. `today` is the
    day of the check; None lets a period lie ahead.
    """

    definitions: Definitions
    area: str = ""
    agency: str = ""
    period: Period | None = None
    asked: frozenset[str] | None = None
    other_areas: frozenset[str] = frozenset()
    earlier: Sequence[FigureRow] = ()
    today: date | None = None
