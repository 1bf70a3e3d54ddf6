"""A priority's chain: what was found, what was recommended, who does what, and what came of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain

from django.db.models import QuerySet

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
    """The chain of a priority. The three lists are those that the reader may see. Four queries."""
    found = list(recommendations.filter(priority=priority, withdrawn_at__isnull=True).order_by("made_on", "pk"))
    under = actions_under(found, actions)
    loose = with_verdict(actions.filter(priority=priority, recommendation__isnull=True)).order_by("due_on", "pk")
    own = list(loose)
    pieces = _pieces([*own, *chain.from_iterable(under.values())], evidence)
    strands = [_strand(one, _links(under.get(one.pk, []), pieces, today)) for one in found]
    if links := _links(own, pieces, today):
        strands.append(Strand("The plan itself", "", "No recommendation", 0, links))
    return Chain(priority.title, tuple(strands))


def _pieces(actions: Sequence[Action], evidence: QuerySet[Evidence]) -> Mapping[int, list[tuple[int, str]]]:
    """Action key -> key and title of each piece that still counts, oldest first. One query."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    standing = evidence.filter(action__in=[one.pk for one in actions], withdrawn_at__isnull=True)
    for action, key, title in standing.order_by("happened_on", "pk").values_list("action_id", "pk", "title"):
        found[action].append((key, title))
    return found


def _links(actions: Sequence[Action], pieces: Mapping[int, list[tuple[int, str]]], today: date) -> tuple[Link, ...]:
    standing = (action for action in actions if action.state != ActionState.WITHDRAWN)
    return tuple(_link(action, tuple(pieces.get(action.pk, ())), today) for action in standing)


def _strand(recommendation: Recommendation, links: tuple[Link, ...]) -> Strand:
    return Strand(
        source=SourceKind(recommendation.source_kind).label,
        source_detail=recommendation.source_reference or day_words(recommendation.made_on),
        recommendation=recommendation.words,
        key=recommendation.pk,
        links=links,
    )


def _link(action: Action, evidence: tuple[tuple[int, str], ...], today: date) -> Link:
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
        evidence=evidence,
    )


def impact_words(state: str, verdict: str | None) -> tuple[str, str]:
    """What is known of an action's impact, and its tone: `good`, `bad`, `plain`, or `open` while nothing is known."""
    if verdict:
        return _IMPACT[Verdict(verdict)]
    if state == ActionState.DONE:
        return "Not judged yet", "open"
    return "Not known yet", "open"
