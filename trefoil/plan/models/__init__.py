"""Tables of the plan."""

from .accepted import AcceptedFinding
from .actions import Action, ActionMove, ActionUpdate, DueDateMove, HandOver
from .evidence import Evidence, Judgement, Retest
from .measures import Measure, MeasureFigure
from .priorities import PlanYear, Priority, StubbornChallenge, Workstream, YearPosition
from .recommendations import Recommendation
from .risks import Risk, RiskControl, RiskReview

__all__ = [
    "AcceptedFinding",
    "Action",
    "ActionMove",
    "ActionUpdate",
    "DueDateMove",
    "Evidence",
    "HandOver",
    "Judgement",
    "Measure",
    "MeasureFigure",
    "PlanYear",
    "Priority",
    "Recommendation",
    "Retest",
    "Risk",
    "RiskControl",
    "RiskReview",
    "StubbornChallenge",
    "Workstream",
    "YearPosition",
]
