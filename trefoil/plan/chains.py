"""A priority's chain: what was found, what was recommended, who does what, and what came of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet

from .enums import ActionState, SourceKind, Verdict
from .models import Action, Evidence, Priority, Recommendation
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
    priority: Priority,
    recommendations: QuerySet[Recommendation],
    actions: QuerySet[Action],
    evidence: QuerySet[Evidence],
    today: date,
) -> Chain:
    """The chain of a priority. The three lists are what the reader may see of any priority. Four queries.

    A recommendation stays with the priority that it was made under; its actions can be carried into a later one. There
    they are drawn with it, without those that were not; here they are drawn too, and it says where they are now. One
    that was withdrawn is drawn only with what was done for it.
    """
    answering = actions.filter(priority=priority).exclude(state=ActionState.WITHDRAWN).order_by()
    its = Q(priority=priority, withdrawn_at__isnull=True) | Q(pk__in=answering.values("recommendation"))
    found = list(recommendations.filter(its).order_by("made_on", "pk"))
    own = {one.pk for one in found if one.priority_id == priority.pk}
    under = {
        key: [action for action in its_actions if key in own or action.priority_id == priority.pk]
        for key, its_actions in actions_under(found, actions.select_related("agency", "priority")).items()
    }
    loose = with_verdict(actions.filter(priority=priority, recommendation__isnull=True)).order_by("due_on", "pk")
    unasked = list(loose)
    pieces = _pieces([*unasked, *chain.from_iterable(under.values())], evidence)
    strands = [_strand(one, _links(under.get(one.pk, []), pieces, priority, today)) for one in found]
    if links := _links(unasked, pieces, priority, today):
        strands.append(Strand("The plan itself", "", "No recommendation", 0, links))
    return Chain(priority.title, tuple(strands))


def _pieces(actions: Sequence[Action], evidence: QuerySet[Evidence]) -> Mapping[int, list[tuple[int, str]]]:
    """Action key -> key and title of each piece that still counts, oldest first. One query."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    standing = evidence.filter(action__in=[one.pk for one in actions], withdrawn_at__isnull=True)
    for action, key, title in standing.order_by("happened_on", "pk").values_list("action_id", "pk", "title"):
        found[action].append((key, title))
    return found


def _links(
    actions: Sequence[Action], pieces: Mapping[int, list[tuple[int, str]]], priority: Priority, today: date
) -> tuple[Link, ...]:
    standing = (action for action in actions if action.state != ActionState.WITHDRAWN)
    return tuple(_link(action, tuple(pieces.get(action.pk, ())), priority, today) for action in standing)


def _strand(recommendation: Recommendation, links: tuple[Link, ...]) -> Strand:
    return Strand(
        source=SourceKind(recommendation.source_kind).label,
        source_detail=recommendation.source_reference or day_words(recommendation.made_on),
        recommendation=recommendation.words,
        key=recommendation.pk,
        links=links,
    )


def _link(action: Action, evidence: tuple[tuple[int, str], ...], priority: Priority, today: date) -> Link:
    impact, tone = impact_words(action.state, getattr(action, "verdict", None))
    late = action.is_overdue_on(today)
    gone = action.priority is not None and action.priority_id != priority.pk
    place = f", now under “{action.priority.title}”" if gone and action.priority else ""
    return Link(
        key=action.pk,
        action=action.title,
        agency=str(action.agency),
        state=f"{action.get_state_display()}{', overdue' if late else ''}{place}",
        is_late=late,
        impact=impact,
        tone=tone,
        evidence=evidence,
    )


def impact_words(state: str, verdict: str | None) -> tuple[str, str]:
    """What is known of an action's impact, and its tone: `good`, `bad`, `plain`, or `open` while nothing is known."""
    if verdict:
        return _IMPACT[Verdict(verdict)]
    if state == ActionState.DONE:
        return "Not judged yet", "open"
    return "Not known yet", "open"
