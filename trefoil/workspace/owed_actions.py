"""How the actions of each agency stand, counted by the database: four queries, however many actions there are.

An action's days run from when it was last given to an agency: an answer of the agency before is not this one's.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from trefoil.clocks.sql_days import DaysBetween, EnglandDay
from trefoil.plan.clocks import WORD_EVERY
from trefoil.plan.enums import TAKEN_ON_STATES, WORKING_STATES, ActionState
from trefoil.plan.models import Action, ActionMove

ANSWERS = (ActionState.ACCEPTED, ActionState.REFUSED)
NEVER_OWED = (ActionState.REFUSED, ActionState.WITHDRAWN)
# Only of these was the work said to be done, and not begun again since.
DONE_STATES = (ActionState.DONE, ActionState.CLOSED)


@dataclass
class Tally:
    """The actions of one agency on one day.

    `to_do` are proposed or in hand, `overdue` of them past their date. `told` of `in_hand` were spoken of in the last
    quarter. `days_to_answer`: days -> how many answers of the last year took so long. `waiting`: the days that those
    without an answer have waited -> how many. `fell` and `in_time`: the first day of a stretch -> how many fell due in
    it, and how many of those were done by their date.
    """

    to_do: int = 0
    overdue: int = 0
    in_hand: int = 0
    told: int = 0
    days_to_answer: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    fell: Counter[date] = field(default_factory=Counter)
    in_time: Counter[date] = field(default_factory=Counter)


def tallies_of(
    actions: QuerySet[Action], *, today: date, since: date, stretches: Sequence[date]
) -> Mapping[int, Tally]:
    """Agency key -> its tally. Answers count from `since`; what fell due before `today` counts in its stretch.

    `stretches` are the first days of stretches of time, in order, each lasting to the next; the last to yesterday.
    """
    found: dict[int, Tally] = defaultdict(Tally)
    for agency, *numbers in _standing(actions, today):
        one = found[agency]
        one.to_do, one.overdue, one.in_hand, one.told = numbers
    for agency, stretch, fell, in_time in _fallen(actions, today, stretches):
        found[agency].fell[stretches[stretch]] = fell
        found[agency].in_time[stretches[stretch]] = in_time
    for agency, days, number in _answered(actions, since):
        found[agency].days_to_answer[days] = number
    for agency, given_on, number in _unanswered(actions):
        found[agency].waiting[(today - given_on).days] = number
    return found


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _last_move(*states: ActionState) -> QuerySet[ActionMove]:
    """The last move of an outer action into any of these states."""
    moves = ActionMove.objects.filter(action=OuterRef("pk"), to_state__in=states)
    return moves.order_by("-moved_at", "-pk")


def _standing(actions: QuerySet[Action], today: date) -> QuerySet[Action, tuple[int, int, int, int, int]]:
    """(agency, to do, overdue, in hand, told), of what is not over."""
    since, in_hand = today - WORD_EVERY, Q(state__in=TAKEN_ON_STATES)
    taken_on = Coalesce(Subquery(_last_move(ActionState.PROPOSED, *ANSWERS).values("moved_at")[:1]), "proposed_at")
    told = Q(last_word_on__gte=since) | Q(last_word_on__isnull=True, taken_on_at__gte=_begin_of(since))
    return (
        actions.filter(state__in=WORKING_STATES)
        .annotate(taken_on_at=taken_on)
        .order_by()
        .values("agency_id")
        .annotate(
            to_do=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            in_hand=Count("pk", filter=in_hand),
            told=Count("pk", filter=in_hand & told),
        )
        .values_list("agency_id", "to_do", "overdue", "in_hand", "told")
    )


def _fallen(
    actions: QuerySet[Action], today: date, stretches: Sequence[date]
) -> QuerySet[Action, tuple[int, int, int, int]]:
    """(agency, place of the stretch, how many fell due in it, how many of these were done by their date)."""
    places = [When(due_on__gte=first, then=Value(place)) for place, first in enumerate(stretches)]
    done_on = Subquery(_last_move(ActionState.DONE).values(day=EnglandDay("moved_at"))[:1])
    in_time = Q(state__in=DONE_STATES) & Q(done_on__lte=F("due_on"))  # in this order: SQLite asks the cheap one first
    return (
        actions.filter(due_on__gte=stretches[0], due_on__lt=today)
        .exclude(state__in=NEVER_OWED)
        .annotate(stretch=Case(*reversed(places)), done_on=done_on)
        .order_by()
        .values("agency_id", "stretch")
        .annotate(fell=Count("pk"), in_time=Count("pk", filter=in_time))
        .values_list("agency_id", "stretch", "fell", "in_time")
    )


def _answered(actions: QuerySet[Action], since: date) -> QuerySet[Action, tuple[int, int, int]]:
    """(agency, days, how many): how long answers took that were given since a day."""
    given_later = ActionMove.objects.filter(
        action=OuterRef("pk"), to_state=ActionState.PROPOSED, moved_at__gt=OuterRef("moves__moved_at")
    )
    given_on = Subquery(_last_move(ActionState.PROPOSED).values(day=EnglandDay("moved_at"))[:1])
    days = DaysBetween(EnglandDay("moves__moved_at"), Coalesce(given_on, EnglandDay("proposed_at")))
    return (
        actions.exclude(state=ActionState.PROPOSED)
        .filter(~Exists(given_later), moves__to_state__in=ANSWERS, moves__moved_at__gte=_begin_of(since))
        .annotate(days=days)
        .order_by()
        .values("agency_id", "days")
        .annotate(number=Count("pk"))
        .values_list("agency_id", "days", "number")
    )


def _unanswered(actions: QuerySet[Action]) -> QuerySet[Action, tuple[int, date, int]]:
    """(agency, day on which they were given, how many) of what waits for an answer."""
    given_on = Subquery(_last_move(ActionState.PROPOSED).values(day=EnglandDay("moved_at"))[:1])
    return (
        actions.filter(state=ActionState.PROPOSED)
        .annotate(given_on=Coalesce(given_on, EnglandDay("proposed_at")))
        .order_by()
        .values("agency_id", "given_on")
        .annotate(number=Count("pk"))
        .values_list("agency_id", "given_on", "number")
    )
