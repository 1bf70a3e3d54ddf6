"""Reviews and what changed: numbers with the small ones hidden, what was published, and what the plan made of it.

Nothing that is sealed is read: no reference, no day, no word of a review. What came of reviews is read from the plan,
which everybody with a duty reads.
"""

from collections.abc import Iterable, Sequence

from trefoil.plan.enums import ActionState, SourceKind
from trefoil.plan.models import Action, Recommendation
from trefoil.plan.queries import actions_under
from trefoil.reviews.enums import NextStepKind
from trefoil.reviews.models import NextStep, Notification

from ..enums import BlockKind, EditionState, PublicKind
from ..models import EditionMove
from .period import ROUNDED, Period, safe_count
from .shown import ShownBlock, ShownTable, table_of

SOURCES = {
    "Rapid reviews and local reviews": (SourceKind.RAPID_REVIEW, SourceKind.LCSPR),
    "National reviews": (SourceKind.NATIONAL_REVIEW,),
    "Child death reviews": (SourceKind.CHILD_DEATH,),
}
PUBLISHED = (PublicKind.REVIEW_REPORT, PublicKind.LEARNING_BRIEFING)
SHOWN = ("shown", "partly")


def reviews_block(period: Period) -> ShownBlock:
    """What happened in a period, what was published of it, and what came of the recommendations made in it."""
    tables = [_numbers(period), _published(period), _what_changed(period)]
    return ShownBlock(
        kind=BlockKind.REVIEWS.value,
        title=f"Reviews and what changed, {period.words}",
        sentences=(ROUNDED,),
        source="Numbers from the records of reviews; recommendations and actions from the plan, as it stood.",
        tables=tuple(one for one in tables if one.rows),
    )


def _numbers(period: Period) -> ShownTable:
    whole = {"review__partnership": period.partnership, "undone_at__isnull": True}
    notified = Notification.objects.filter(**whole, **period.days("sent_on")).count()
    decided = NextStep.objects.filter(**whole, **period.days("decided_on"))
    local = decided.filter(kind=NextStepKind.LOCAL_REVIEW).count()
    rows = [
        ("Serious incidents notified to the national panel", safe_count(notified)),
        ("Rapid reviews in which the next step was decided", safe_count(decided.count())),
        ("Of these, a local review decided", safe_count(local)),
    ]
    return table_of(f"Serious incidents and reviews, {period.words}", ("What", "Number"), rows)


def _published(period: Period) -> ShownTable:
    """Reports and briefings that came out in the period and are still out."""
    first = EditionMove.objects.filter(
        from_state=EditionState.NOT_PUBLISHED,
        edition__document__partnership=period.partnership,
        edition__document__kind__in=PUBLISHED,
        **period.days("happened_on"),
    )
    moves = first.select_related("edition__document").prefetch_related("edition__moves").order_by("happened_on", "pk")
    out = (one for one in moves if [*one.edition.moves.all()][-1].to_state == EditionState.PUBLISHED)
    rows = [
        (one.edition.document.title, one.edition.document.get_kind_display(), f"{one.happened_on:%-d %B %Y}")
        for one in out
    ]
    return table_of("Learning that was published", ("What", "Kind", "Published"), rows)


def _what_changed(period: Period) -> ShownTable:
    kinds = [kind for held in SOURCES.values() for kind in held]
    made = Recommendation.objects.standing().filter(
        partnership=period.partnership, source_kind__in=kinds, **period.days("made_on")
    )
    recommendations = list(made)
    actions = actions_under(recommendations, Action.objects.exclude(state=ActionState.WITHDRAWN))
    rows = [
        _row(name, [one for one in recommendations if one.source_kind in held], actions)
        for name, held in SOURCES.items()
    ]
    headings = ("Where it came from", "Recommendations", "Actions", "Finished", "Impact on children shown")
    return table_of("What came of recommendations made in the period", headings, [row for row in rows if row])


def _row(name: str, recommendations: Sequence[Recommendation], actions: dict[int, list[Action]]) -> tuple[str, ...]:
    """One source's counts; nothing where it recommended nothing. They count work, not children."""
    if not recommendations:
        return ()
    under: Iterable[Action] = [action for one in recommendations for action in actions.get(one.pk, ())]
    states = [action.state for action in under]
    shown = sum(getattr(action, "verdict", None) in SHOWN for action in under)
    finished = sum(state in {ActionState.DONE, ActionState.CLOSED} for state in states)
    return name, str(len(recommendations)), str(len(states)), str(finished), str(shown)
