"""Which way is good."""

from enum import StrEnum


class Polarity(StrEnum):
    """Which direction is good.

    `CONTEXT` describes the area or the children and is not performance. `MONITOR` is watched and has no good
    direction: a rise may be better recognition or more harm.
    """

    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"
    MONITOR = "monitor"
    CONTEXT = "context"

    @property
    def judges(self) -> bool:
        """Whether a movement can be called better or worse."""
        return self in (Polarity.HIGHER, Polarity.LOWER)
