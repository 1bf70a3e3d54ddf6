"""What each agency owes and how timely it is: actions, answers, updates, returns, contributions. Eight queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Min, Q, QuerySet
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
from trefoil.plan.enums import WORKING_STATES
from trefoil.plan.models import Action
from trefoil.plan.rules import actions_visible_to
from trefoil.plan.xray.vocabulary import Limits

from .owed_actions import Tally, tallies_of

A_YEAR = timedelta(days=365)
QUARTERS = 5
ANSWER_DAYS = Limits().answer_days


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    number: int
    of: int

    @property
    def words(self) -> str:
        return f"{self.number} of {self.of}" if self.of else "–"


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
    actions: Tally = field(default_factory=Tally)
    returns: Sequence[OwedReturn] | None = None
    contributions: Sequence[Contribution] | None = None
    quarters: Sequence[Period] = field(default=())

    @property
    def days_to_answer(self) -> list[int]:
        """Of the answers of the last year, and of what has waited longer than an answer should."""
        too_long = Counter({days: number for days, number in self.actions.waiting.items() if days > ANSWER_DAYS})
        return sorted((self.actions.days_to_answer + too_long).elements())

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
        return Share(self.actions.told, self.actions.in_hand)

    @property
    def done(self) -> Share:
        """Of the actions whose date fell in the last year: done by it."""
        return self._done(self.today - A_YEAR, self.today)

    def _done(self, first: date, last: date) -> Share:
        """The same of the stretches that begin from `first` to `last`."""
        its = [day for day in self.actions.fell if first <= day <= last]
        return Share(sum(self.actions.in_time[day] for day in its), sum(self.actions.fell[day] for day in its))

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
        actions = self._done(quarter.start, quarter.end)
        returns = [one.in_time for one in self.returns or () if quarter.start <= one.agency_return.due_on <= last]
        return percentage(actions.number + sum(returns), actions.of + len(returns), 0)


def _unpaid(one: Contribution) -> Decimal:
    return max(Decimal(0), (one.agreed or Decimal(0)) - (one.paid or Decimal(0)))


def owed_by_agencies(standing: Standing, *, today: date, agency_id: int | None = None) -> list[Owed]:
    """Each agency of the partnership by name, or one of them. Only what the reader may read is counted."""
    agencies = _agencies(standing, today, agency_id)
    tallies = _tallies(standing, today, agency_id)
    returns = _returns(standing, today, agency_id)
    contributions = _contributions(standing, today, agency_id)
    quarters = _quarters(today)
    own = standing.agencies_for(Permission.READ_RETURNS_OF_OWN_AGENCY)
    reads_all = standing.may(Permission.READ_ALL_RETURNS)
    return [
        Owed(
            agency,
            today,
            tallies.get(agency.pk, Tally()),
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


def actions_to_do(standing: Standing, agency_id: int) -> QuerySet[Action]:
    """What an agency still has to do or to answer, soonest first."""
    visible = actions_visible_to(standing).select_related(None).select_related("person")
    return visible.filter(agency_id=agency_id, state__in=WORKING_STATES).order_by("due_on", "pk")


def _tallies(standing: Standing, today: date, agency_id: int | None) -> Mapping[int, Tally]:
    """Stretches are the quarters, the first one cut where the last year begins."""
    visible = actions_visible_to(standing)
    visible = visible.filter(agency_id=agency_id) if agency_id is not None else visible
    stretches = sorted({today - A_YEAR, *(quarter.start for quarter in _quarters(today))})
    return tallies_of(visible, today=today, since=today - A_YEAR, stretches=stretches)


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
