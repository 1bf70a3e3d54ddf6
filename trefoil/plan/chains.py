"""A priority's chain: what was found, what was recommended, who does what, and what came of it."""

from datetime import date

from django.db.models import QuerySet

from .enums import ActionState, SourceKind, Verdict
from .models import Action, Priority, Recommendation
from .pictures.chain import Chain, Link, Strand
from .queries import actions_under, with_verdict
from .words import day_words

_IMPACT = {
    Verdict.SHOWN: ("Impact shown", "good"),
    Verdict.PARTLY: ("Impact partly shown", "good"),
    Verdict.NOT_SHOWN: ("Impact not shown", "bad"),
    Verdict.CANNOT_SHOW: ("Cannot be shown, with the reason", "plain"),
}


def chain_of(
    priority: Priority, recommendations: QuerySet[Recommendation], actions: QuerySet[Action], today: date
) -> Chain:
    """The chain of a priority. `recommendations` and `actions` are those that the reader may see. Three queries."""
    found = list(recommendations.filter(priority=priority, withdrawn_at__isnull=True).order_by("made_on", "pk"))
    under = actions_under(found, actions)
    strands = [_strand(one, under.get(one.pk, []), today) for one in found]
    loose = with_verdict(actions.filter(priority=priority, recommendation__isnull=True)).order_by("due_on", "pk")
    own = [_link(action, today) for action in loose if action.state != ActionState.WITHDRAWN]
    if own:
        strands.append(Strand("The plan itself", "", "No recommendation", 0, tuple(own)))
    return Chain(priority.title, tuple(strands))


def _strand(recommendation: Recommendation, actions: list[Action], today: date) -> Strand:
    return Strand(
        source=SourceKind(recommendation.source_kind).label,
        source_detail=recommendation.source_reference or day_words(recommendation.made_on),
        recommendation=recommendation.words,
        key=recommendation.pk,
        links=tuple(_link(action, today) for action in actions if action.state != ActionState.WITHDRAWN),
    )


def _link(action: Action, today: date) -> Link:
    impact, tone = impact_words(action.state, getattr(action, "verdict", None))
    late = action.is_overdue_on(today)
    return Link(
        key=action.pk,
        action=action.title,
        agency=str(action.agency),
        state=f"{action.get_state_display()}{', overdue' if late else ''}",
        is_late=late,
        impact=impact,
        tone=tone,
    )


def impact_words(state: str, verdict: str | None) -> tuple[str, str]:
    """What is known of an action's impact, and its tone: `good`, `bad`, `plain`, or `open` while nothing is known."""
    if verdict:
        return _IMPACT[Verdict(verdict)]
    if state == ActionState.DONE:
        return "Not judged yet", "open"
    return "Not known yet", "open"
