"""A priority of the plan in a document: what it set out to do, how its actions stand, the impact that was judged."""

from datetime import date

from trefoil.people.models import Partnership
from trefoil.plan.chains import impact_words
from trefoil.plan.enums import ActionState
from trefoil.plan.models import Action, Priority, StubbornChallenge
from trefoil.plan.queries import Tally, tallies, with_verdict
from trefoil.plan.standing_words import tally_words

from ..enums import BlockKind
from .shown import ShownBlock, ShownTable, table_of


def priority_block(partnership: Partnership, key: str, *, today: date) -> ShownBlock:
    """A priority as the plan has it. No evidence is told piece by piece: some of it is families' own words."""
    held = Priority.objects.filter(partnership=partnership, pk=int(key)).select_related("year").first()
    if held is None or held.is_withdrawn:
        title = held.title if held else "A priority"
        words = "This priority was withdrawn from the plan."
        return ShownBlock(BlockKind.PRIORITY.value, title, (), "", trouble=words, mends=("plan_page",))
    actions = list(with_verdict(Action.objects.filter(priority=held)).select_related("agency").order_by("due_on", "pk"))
    tally = tallies(Action.objects.filter(priority=held), "priority", today).get(held.pk, Tally())
    standing = [one for one in actions if one.state != ActionState.WITHDRAWN]
    challenges = StubbornChallenge.objects.filter(priority=held, withdrawn_at__isnull=True)
    return ShownBlock(
        kind=BlockKind.PRIORITY.value,
        title=held.title,
        sentences=(
            f"What success looks like: {held.success}",
            tally_words(tally),
            _impact_sentence(tally),
            *(f"Stubborn: {one.title}. {one.why_stubborn}" for one in challenges),
        ),
        source=f"{held.year.title}, priority {held.number}, as the plan stood.",
        tables=(_table(standing),) if standing else (),
        trouble="" if tally.shown else "No impact has been shown for this priority yet.",
        mends=("priority_detail", str(held.pk)),
    )


def _impact_sentence(tally: Tally) -> str:
    if not tally.shown:
        return "No impact on children has been shown yet."
    return f"Impact on children was shown, wholly or in part, for {tally.shown:,} of {tally.total:,} actions."


def _table(actions: list[Action]) -> ShownTable:
    rows = [
        (one.title, str(one.agency), one.get_state_display(), impact_words(one.state, getattr(one, "verdict", None))[0])
        for one in actions
    ]
    return table_of("Actions of this priority", ("Action", "Agency", "Status", "Impact"), rows)
