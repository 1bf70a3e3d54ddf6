"""Which way is good."""

from enum import StrEnum


class Polarity(StrEnum):
    """The four words of the indicator list. The last two judge nothing: a rise is a rise."""

    HIGHER = "higher"
    LOWER = "lower"
    MONITOR = "monitor"
    CONTEXT = "context"

    @property
    def judges(self) -> bool:
        """Whether a movement can be called better or worse."""
        return self in (Polarity.HIGHER, Polarity.LOWER)
