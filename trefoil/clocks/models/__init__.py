"""Tables of the clocks room: clocks and what was done to them, and what a partnership settles about its limits."""

from .clocks import OPEN, Clock, ClockMove
from .settled import LocalLimit, RuleSignOff, SchoolTerm

__all__ = ["OPEN", "Clock", "ClockMove", "LocalLimit", "RuleSignOff", "SchoolTerm"]
