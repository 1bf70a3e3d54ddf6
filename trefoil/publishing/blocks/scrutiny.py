"""What independent scrutiny found in a period, what the partners answered, and what came of it. From the plan."""

from collections.abc import Sequence

from trefoil.plan.chains import impact_words
from trefoil.plan.enums import ActionState, SourceKind
from trefoil.plan.models import Action, Recommendation
from trefoil.plan.queries import actions_under

from ..enums import BlockKind
from .period import Period, nothing
from .shown import ShownBlock, table_of


def scrutiny_block(period: Period) -> ShownBlock:
    """Each recommendation of scrutiny with its answer. One without an answer keeps the document back."""
    title = f"What scrutiny found, and the answers, {period.words}"
    made = Recommendation.objects.standing().filter(
        partnership=period.partnership, source_kind=SourceKind.SCRUTINY, **period.days("made_on")
    )
    found = list(made.order_by("made_on", "pk"))
    if not found:
        words = "The plan holds no recommendation of scrutiny that was made in this period."
        return nothing(BlockKind.SCRUTINY, title, words, "recommendation_list")
    actions = actions_under(found, Action.objects.exclude(state=ActionState.WITHDRAWN).select_related("agency"))
    rows = [(one.words, answer_words(actions.get(one.pk, ())), came_of(actions.get(one.pk, ()))) for one in found]
    without = sum(one.pk not in actions for one in found)
    headings = ("What scrutiny recommends", "The answer", "What came of it")
    return ShownBlock(
        kind=BlockKind.SCRUTINY.value,
        title=title,
        sentences=(f"{len(found)} recommendation{'' if len(found) == 1 else 's'} of independent scrutiny.",),
        source="Recommendations and actions in the plan, as it stood.",
        tables=(table_of(f"Findings of scrutiny and answers, {period.words}", headings, rows),),
        trouble=f"{without} of {len(found)} has no answer yet." if without else "",
        mends=("recommendation_list",),
    )


def answer_words(actions: Sequence[Action]) -> str:
    """`Accepted by Fairmead Council, by 1 May 2026`, of every action under it."""
    if not actions:
        return "No answer yet"
    return ". ".join(_answer(one) for one in actions)


def _answer(one: Action) -> str:
    if one.state == ActionState.REFUSED:
        return f"Not accepted by {one.agency}"
    if one.state == ActionState.PROPOSED:
        return f"Asked of {one.agency}, not answered yet"
    return f"Accepted by {one.agency}, by {one.due_on:%-d %B %Y}"


def came_of(actions: Sequence[Action]) -> str:
    """The status and the impact of every action under it."""
    known = [one for one in actions if one.state not in {ActionState.REFUSED, ActionState.PROPOSED}]
    said = (
        f"{one.get_state_display()}: {impact_words(one.state, getattr(one, 'verdict', None))[0].lower()}"
        for one in known
    )
    return ". ".join(said) or "Nothing yet"
