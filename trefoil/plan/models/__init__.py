"""Tables of the plan."""

from .actions import Action, ActionMove, ActionUpdate, DueDateMove, HandOver
from .evidence import Evidence, Judgement, Retest
from .priorities import PlanYear, Priority, StubbornChallenge, Workstream, YearPosition
from .recommendations import Recommendation

__all__ = [
    "Action",
    "ActionMove",
    "ActionUpdate",
    "DueDateMove",
    "Evidence",
    "HandOver",
    "Judgement",
    "PlanYear",
    "Priority",
    "Recommendation",
    "Retest",
    "StubbornChallenge",
    "Workstream",
    "YearPosition",
]
