"""What each agency owes and how timely it is: actions, answers, updates, returns, contributions. Six queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Min, Q
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.rules import Standing
from trefoil.budget.enums import EntryKind
from trefoil.budget.models import Contribution
from trefoil.budget.rules import entries_visible_to
from trefoil.design.sparklines import SparkPoint
from trefoil.indicators.calculation.ratios import percentage
from trefoil.indicators.enums import EDITABLE_STATES, ReturnState
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.periods import Period, month
from trefoil.indicators.rules import returns_visible_to
from trefoil.people.models import Agency, Membership, in_force
from trefoil.plan.clocks import WORD_EVERY
from trefoil.plan.enums import TAKEN_ON_STATES, WORKING_STATES, ActionState
from trefoil.plan.models import Action, ActionMove
from trefoil.plan.rules import actions_visible_to
from trefoil.plan.xray.vocabulary import Limits

A_YEAR = timedelta(days=365)
QUARTERS = 5
ANSWER_DAYS = Limits().answer_days
NEVER_OWED = frozenset({ActionState.REFUSED, ActionState.WITHDRAWN})


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    number: int
    of: int

    @property
    def words(self) -> str:
        return f"{self.number} of {self.of}" if self.of else "–"


@dataclass(frozen=True)
class OwedAction:
    """An action with the days that timeliness is read from."""

    action: Action
    given_on: date
    answered_on: date | None
    done_on: date | None

    @property
    def in_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.action.due_on

    @property
    def is_owed(self) -> bool:
        return self.action.state in WORKING_STATES


@dataclass(frozen=True)
class OwedReturn:
    """A return and the day on which it was first handed in."""

    agency_return: AgencyReturn
    handed_in_on: date | None

    @property
    def in_time(self) -> bool:
        return self.handed_in_on is not None and self.handed_in_on <= self.agency_return.due_on

    @property
    def is_owed(self) -> bool:
        return self.agency_return.state in EDITABLE_STATES


@dataclass(frozen=True)
class Owed:
    """One agency on one day. What the reader may not read is left out: `returns` and `unpaid` are then None."""

    agency: Agency
    today: date
    actions: Sequence[OwedAction] = ()
    returns: Sequence[OwedReturn] | None = None
    contributions: Sequence[Contribution] | None = None
    quarters: Sequence[Period] = field(default=())

    @property
    def open_actions(self) -> list[OwedAction]:
        """What it still has to do, soonest first."""
        return sorted((one for one in self.actions if one.is_owed), key=lambda one: one.action.due_on)

    @property
    def overdue(self) -> int:
        return sum(one.action.due_on < self.today for one in self.open_actions)

    @property
    def days_to_answer(self) -> list[int]:
        """Of the answers of the last year, and of what has waited longer than an answer should."""
        since = self.today - A_YEAR
        answered = [
            (one.answered_on - one.given_on).days
            for one in self.actions
            if one.answered_on is not None and one.answered_on >= since
        ]
        return answered + [(self.today - one.given_on).days for one in self._unanswered]

    @property
    def _unanswered(self) -> list[OwedAction]:
        waiting = (one for one in self.actions if one.action.state == ActionState.PROPOSED)
        return [one for one in waiting if (self.today - one.given_on).days > ANSWER_DAYS]

    @property
    def answers(self) -> Share:
        """Answered within the days of the X-ray."""
        days = self.days_to_answer
        return Share(sum(one <= ANSWER_DAYS for one in days), len(days))

    @property
    def usual_days(self) -> int | None:
        """The middle of the days to answer."""
        return round(median(self.days_to_answer)) if self.days_to_answer else None

    @property
    def updates(self) -> Share:
        """Actions in hand with a word, or taken on, within the last quarter."""
        in_hand = [one for one in self.actions if one.action.state in TAKEN_ON_STATES]
        since = self.today - WORD_EVERY
        told = [one for one in in_hand if (one.action.last_word_on or one.answered_on or one.given_on) >= since]
        return Share(len(told), len(in_hand))

    @property
    def done(self) -> Share:
        """Of the actions whose date fell in the last year: done by it."""
        fell = [one for one in self.actions if self.today - A_YEAR <= one.action.due_on < self.today and _counts(one)]
        return Share(sum(one.in_time for one in fell), len(fell))

    @property
    def handed_in(self) -> Share:
        """Of the returns due in the last year: handed in by their date."""
        fell = [one for one in self.returns or () if one.agency_return.due_on >= self.today - A_YEAR]
        return Share(sum(one.in_time for one in fell), len(fell))

    @property
    def returns_late(self) -> list[OwedReturn]:
        """Those never handed in, past their date. One that came in time and is back with a question is not late."""
        waited_for = (one for one in self.returns or () if one.is_owed and one.handed_in_on is None)
        owed = (one for one in waited_for if one.agency_return.due_on < self.today)
        return sorted(owed, key=lambda one: one.agency_return.due_on)

    @property
    def unpaid(self) -> Decimal | None:
        """Agreed and not paid; None when nothing was agreed, or the reader may not read the budget."""
        agreed = [one for one in self.contributions or () if one.agreed is not None]
        return sum((_unpaid(one) for one in agreed), Decimal(0)) if agreed else None

    @property
    def trend(self) -> tuple[SparkPoint, ...]:
        """By quarter: of what fell due in it, the percentage done or handed in by its date."""
        return tuple(SparkPoint(quarter.label, self._in_time(quarter)) for quarter in self.quarters)

    def _in_time(self, quarter: Period) -> Decimal | None:
        last = min(quarter.end, self.today - timedelta(days=1))
        actions = [one.in_time for one in self.actions if quarter.start <= one.action.due_on <= last and _counts(one)]
        returns = [one.in_time for one in self.returns or () if quarter.start <= one.agency_return.due_on <= last]
        fell = actions + returns
        return percentage(sum(fell), len(fell), 0)


def _counts(one: OwedAction) -> bool:
    return one.action.state not in NEVER_OWED


def _unpaid(one: Contribution) -> Decimal:
    return max(Decimal(0), (one.agreed or Decimal(0)) - (one.paid or Decimal(0)))


def owed_by_agencies(standing: Standing, *, today: date, agency_id: int | None = None) -> list[Owed]:
    """Each agency of the partnership by name, or one of them. Only what the reader may read is counted."""
    agencies = _agencies(standing, today, agency_id)
    actions = _actions(standing, agency_id)
    returns = _returns(standing, today, agency_id)
    contributions = _contributions(standing, today, agency_id)
    quarters = _quarters(today)
    own = standing.agencies_for(Permission.READ_RETURNS_OF_OWN_AGENCY)
    reads_all = standing.may(Permission.READ_ALL_RETURNS)
    return [
        Owed(
            agency,
            today,
            actions.get(agency.pk, []),
            returns.get(agency.pk, []) if reads_all or agency.pk in own else None,
            contributions.get(agency.pk, []) if standing.may(Permission.READ_BUDGET) else None,
            quarters,
        )
        for agency in agencies
    ]


def _agencies(standing: Standing, today: date, agency_id: int | None) -> list[Agency]:
    members: Iterable[Membership] = memberships_visible_to(standing).filter(in_force(today)).select_related("agency")
    found = {one.agency_id: one.agency for one in members if agency_id is None or one.agency_id == agency_id}
    return sorted(found.values(), key=lambda agency: agency.name)


def _actions(standing: Standing, agency_id: int | None) -> Mapping[int, list[OwedAction]]:
    visible = actions_visible_to(standing)
    visible = visible.filter(agency_id=agency_id) if agency_id is not None else visible
    moves: dict[int, list[ActionMove]] = defaultdict(list)
    for move in ActionMove.objects.filter(action__in=visible.order_by()).order_by("moved_at", "pk"):
        moves[move.action_id].append(move)
    found: dict[int, list[OwedAction]] = defaultdict(list)
    for action in visible:
        found[action.agency_id].append(_dated(action, moves[action.pk]))
    return found


def _dated(action: Action, moves: Iterable[ActionMove]) -> OwedAction:
    """Its days since it was last given to an agency: an answer of the agency before is not this one's."""
    given, answered, done = timezone.localdate(action.proposed_at), None, None
    for move in moves:
        day = timezone.localdate(move.moved_at)
        if move.to_state == ActionState.PROPOSED:
            given, answered, done = day, None, None
        elif move.to_state in {ActionState.ACCEPTED, ActionState.REFUSED}:
            answered = answered or day
        elif move.to_state == ActionState.DONE:
            done = day
        elif move.to_state == ActionState.UNDER_WAY:
            done = None
    return OwedAction(action, given, answered, done)


def _returns(standing: Standing, today: date, agency_id: int | None) -> Mapping[int, list[OwedReturn]]:
    first = Min("moves__moved_at", filter=Q(moves__to_state=ReturnState.SUBMITTED))
    asked = returns_visible_to(standing).filter(due_on__gte=_quarters(today)[0].start, due_on__lte=today)
    asked = asked.exclude(state=ReturnState.PRINTED)
    asked = asked.filter(agency_id=agency_id) if agency_id is not None else asked
    found: dict[int, list[OwedReturn]] = defaultdict(list)
    for one in asked.annotate(handed_in_at=first).order_by("due_on", "pk"):
        handed_in_on = timezone.localdate(one.handed_in_at) if one.handed_in_at else None
        found[one.agency_id].append(OwedReturn(one, handed_in_on))
    return found


def _contributions(standing: Standing, today: date, agency_id: int | None) -> Mapping[int, list[Contribution]]:
    """Those of the financial year of today."""
    first_year = today.year if today.month >= 4 else today.year - 1
    entries = entries_visible_to(standing, EntryKind.CONTRIBUTION).filter(
        year__first_year=first_year, agency__isnull=False
    )
    entries = entries.filter(agency_id=agency_id) if agency_id is not None else entries
    found: dict[int, list[Contribution]] = defaultdict(list)
    for one in entries:
        found[one.agency_id].append(one)
    return found


def _quarters(today: date) -> list[Period]:
    """The calendar quarter of today and the four before it, oldest first."""
    index = (today.year * 12 + today.month - 1) // 3 * 3
    starts = [index - 3 * back for back in range(QUARTERS - 1, -1, -1)]
    return [Period(month(one // 12, one % 12 + 1).start, month(one // 12, one % 12 + 3).end) for one in starts]
