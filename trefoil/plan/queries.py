"""Reading the plan: the newest judgement, how priorities stand, actions narrowed down, the columns of the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from .enums import ENDED_STATES, WORKING_STATES, ActionState, Verdict
from .models import Action, ActionMove, Judgement, Recommendation

OPEN, OVERDUE = "open", "overdue"
A_COLUMN = 8


def judgements_that_hold() -> QuerySet[Judgement]:
    """Judgements, newest first, without those made before their action was opened again: it is judged anew."""
    reopened = ActionMove.objects.filter(
        action=OuterRef("action"),
        from_state__in=[ActionState.DONE, ActionState.CLOSED],
        to_state=ActionState.UNDER_WAY,
        moved_at__gt=OuterRef("judged_at"),
    )
    return Judgement.objects.filter(~Exists(reopened)).order_by("-judged_at", "-pk")


def newest_judgement(action: Action) -> Judgement | None:
    """The judgement that holds: the newest one since the action was last opened again."""
    return judgements_that_hold().filter(action=action).select_related("judged_by").first()


def with_verdict(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Each action with `verdict`, that of the judgement that holds; None before there is one."""
    newest = judgements_that_hold().filter(action=OuterRef("pk"))
    return actions.annotate(verdict=Subquery(newest.values("verdict")[:1]))


@dataclass(frozen=True)
class Tally:
    """How many actions stand where. `overdue` ones are among the proposed and the working ones."""

    proposed: int = 0
    working: int = 0
    refused: int = 0
    done: int = 0
    closed: int = 0
    overdue: int = 0
    shown: int = 0

    @property
    def total(self) -> int:
        """All that were not withdrawn."""
        return self.proposed + self.working + self.refused + self.done + self.closed


def tallies(actions: QuerySet[Action], by: str, today: date) -> dict[int | None, Tally]:
    """A tally for each value of `by`, the name of a foreign key. One query."""
    working = Q(state__in=[ActionState.ACCEPTED, ActionState.UNDER_WAY])
    with_impact = Q(state=ActionState.CLOSED, verdict__in=[Verdict.SHOWN, Verdict.PARTLY])
    counted = (
        with_verdict(actions)
        .order_by()
        .values(by)
        .annotate(
            proposed=Count("pk", filter=Q(state=ActionState.PROPOSED)),
            working=Count("pk", filter=working),
            refused=Count("pk", filter=Q(state=ActionState.REFUSED)),
            done=Count("pk", filter=Q(state=ActionState.DONE)),
            closed=Count("pk", filter=Q(state=ActionState.CLOSED)),
            overdue=Count("pk", filter=Q(state__in=WORKING_STATES, due_on__lt=today)),
            shown=Count("pk", filter=with_impact),
        )
    )
    names = ("proposed", "working", "refused", "done", "closed", "overdue", "shown")
    return {row[by]: Tally(**{name: row[name] for name in names}) for row in counted}


@dataclass(frozen=True)
class Narrowing:
    """What a reader asks to see of the actions; empty parts ask for everything."""

    agency: int | None = None
    priority: int | None = None
    state: str = ""
    source: str = ""
    words: str = ""


def narrowed(actions: QuerySet[Action], ask: Narrowing, today: date) -> QuerySet[Action]:
    """The actions that fit, the earliest date first."""
    found = actions
    if ask.agency:
        found = found.filter(agency_id=ask.agency)
    if ask.priority:
        found = found.filter(priority_id=ask.priority)
    if ask.source:
        found = found.filter(source_kind=ask.source)
    if ask.words:
        found = found.filter(title__icontains=ask.words)
    if ask.state == OPEN:
        found = found.exclude(state__in=ENDED_STATES)
    elif ask.state == OVERDUE:
        found = found.filter(state__in=WORKING_STATES, due_on__lt=today)
    elif ask.state:
        found = found.filter(state=ask.state)
    return found.order_by("due_on", "pk")


@dataclass(frozen=True)
class Column:
    """One column of the board: its status, how many actions have it, and the first of them."""

    state: ActionState
    count: int
    actions: tuple[Action, ...]


def columns(actions: QuerySet[Action]) -> list[Column]:
    """The columns of the board, each with its earliest actions; closed ones newest first. One query a column."""
    counts = dict(actions.order_by().values_list("state").annotate(number=Count("pk")))
    return [
        Column(state, counts.get(state, 0), tuple(_first(actions.filter(state=state), state)))
        for state in ActionState
        if state is not ActionState.WITHDRAWN
    ]


def _first(actions: QuerySet[Action], state: ActionState) -> QuerySet[Action]:
    order = ("-due_on", "-pk") if state is ActionState.CLOSED else ("due_on", "pk")
    return actions.order_by(*order)[:A_COLUMN]


def actions_under(recommendations: Iterable[Recommendation], actions: QuerySet[Action]) -> dict[int, list[Action]]:
    """Recommendation key -> its actions with their verdicts, by date. One query."""
    found: dict[int, list[Action]] = {}
    keys = [one.pk for one in recommendations]
    for action in with_verdict(actions.filter(recommendation_id__in=keys)).order_by("due_on", "pk"):
        found.setdefault(action.recommendation_id or 0, []).append(action)
    return found
