"""The only writers of the plan. Other rooms call `add_recommendation` and `propose_action`."""

from .actions import propose_action
from .recommendations import add_recommendation

__all__ = ["add_recommendation", "propose_action"]
