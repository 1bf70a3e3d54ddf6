"""Reading the plan: the newest judgement of an action, and what hangs on what."""

from .models import Action, Judgement


def newest_judgement(action: Action) -> Judgement | None:
    """The judgement that holds: the newest one."""
    return action.judgements.select_related("judged_by").order_by("-judged_at", "-pk").first()
