"""Yearly figures with years pooled: what went into a block of three years, as a table that suppression looks through.

Blocks do not overlap and are shown only once they are whole, so that no two of them differ by a single child. What may
be shown of a table is decided by `indicators.suppression` alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.indicators.suppression.publication import prepare_for_publication
from trefoil.indicators.suppression.published import PublishedTable
from trefoil.indicators.suppression.tables import Cell, Share, Sum, Table
from trefoil.people.models import Partnership
from trefoil.reviews.models import STANDS

from .enums import AWAY, AgeGroup, EthnicGroup, Expected, Sex
from .hierarchy import categories
from .models import Analysis, Closing, Death, FamilySupport, ResponseDecision
from .moving import MEETING, NOTICE, PANEL

# The first block begins in April of this year; reviews by child death review partners began in September 2019.
FIRST, POOLED = 2020, 3
NOTIFIED, CLOSED = "Notified: all", "Closed: all"
IN_TIME, NOT_IN_TIME = "in time", "late"


@dataclass(frozen=True)
class Block:
    """Three years from April to March."""

    first: int

    @property
    def starts_on(self) -> date:
        return date(self.first, 4, 1)

    @property
    def ends_on(self) -> date:
        return date(self.first + POOLED, 3, 31)

    def __str__(self) -> str:
        return f"April {self.first} to March {self.first + POOLED}"


def blocks_until(today: date) -> list[Block]:
    """The blocks that are whole on a day, the latest first."""
    found = [Block(first) for first in range(FIRST, today.year + 1, POOLED)]
    return [one for one in reversed(found) if one.ends_on < today]


@dataclass(frozen=True)
class Notification:
    """What a notification counts as."""

    age: str
    sex: str
    ethnic_group: str
    expected: str
    has_response: bool
    in_time: bool


@dataclass(frozen=True)
class Review:
    """What a closed review counts as."""

    category: str
    is_modifiable: bool
    has_key_worker: bool
    meeting_in_time: bool
    panel_in_time: bool


def notifications_in(partnership: Partnership, block: Block) -> list[Notification]:
    """The deaths that were notified in a block, of children who normally lived here. Three queries.

    A child of another area is counted there, by the partners who review the death.
    """
    held = Death.objects.standing().filter(partnership=partnership).exclude(home__in=AWAY)
    deaths = list(held.filter(notified_at__date__range=(block.starts_on, block.ends_on)))
    decided = ResponseDecision.objects.filter(STANDS, death__in=deaths, is_needed=True)
    needed, timely = set(decided.values_list("death", flat=True)), _timely(deaths, NOTICE)
    return [
        Notification(
            AgeGroup(one.age_group).label,
            Sex(one.sex).label,
            EthnicGroup(one.ethnic_group).label,
            Expected(one.expected).label,
            one.pk in needed,
            one.subject in timely,
        )
        for one in deaths
    ]


def reviews_in(partnership: Partnership, block: Block) -> list[Review]:
    """The reviews that were closed in a block. Six queries."""
    closed = Closing.objects.filter(STANDS, sent_on__range=(block.starts_on, block.ends_on))
    deaths = list(Death.objects.standing().filter(partnership=partnership, pk__in=closed.values("death")))
    analyses = Analysis.objects.filter(STANDS, death__in=deaths).prefetch_related("domains")
    judged = {one.death_id: one for one in analyses}
    helped = set(FamilySupport.objects.filter(death__in=deaths).values_list("death", flat=True))
    met, heard = _timely(deaths, MEETING), _timely(deaths, PANEL)
    return [
        Review(
            str(judged[one.pk].category),
            any(row.is_modifiable for row in judged[one.pk].domains.all()),
            one.pk in helped,
            one.subject in met,
            one.subject in heard,
        )
        for one in deaths
    ]


def _timely(deaths: Iterable[Death], rule_id: str) -> set[str]:
    """The subjects of those whose time limit was kept. One query.

    A step that was undone and done again has a clock for each time: the last one counts.
    """
    clocks = Clock.objects.about_any([one.subject for one in deaths]).filter(rule_id=rule_id, withdrawn_at=None)
    last = {one.subject: one for one in clocks.order_by("pk")}
    return {subject for subject, one in last.items() if _is_kept(one.stopped_at, one.due_at)}


def _is_kept(stopped_at: datetime | None, due_at: datetime | None) -> bool:
    return stopped_at is not None and due_at is not None and stopped_at <= due_at


def table_of(notified: Sequence[Notification], closed: Sequence[Review]) -> Table:
    """One table of all that is shown of a block, with the sums that hold in it. Pure."""
    ways = [
        *_ways(NOTIFIED, len(notified), "Age", [one.age for one in notified], AgeGroup.labels),
        *_ways(NOTIFIED, len(notified), "Sex", [one.sex for one in notified], Sex.labels),
        *_ways(NOTIFIED, len(notified), "Ethnic group", [one.ethnic_group for one in notified], EthnicGroup.labels),
        *_ways(NOTIFIED, len(notified), "Expected", [one.expected for one in notified], Expected.labels),
        *_ways(NOTIFIED, len(notified), "Joint agency response", [_yes(one.has_response) for one in notified], _YES),
        *_ways(NOTIFIED, len(notified), "Notice", [_kept(one.in_time) for one in notified], _KEPT),
        *_ways(CLOSED, len(closed), "Category", [one.category for one in closed], [str(one) for one in categories()]),
        *_ways(CLOSED, len(closed), "Modifiable factors", [_yes(one.is_modifiable) for one in closed], _YES),
        *_ways(CLOSED, len(closed), "Family support", [_yes(one.has_key_worker) for one in closed], _YES),
        *_ways(CLOSED, len(closed), "Review meeting", [_kept(one.meeting_in_time) for one in closed], _KEPT),
        *_ways(CLOSED, len(closed), "Panel", [_kept(one.panel_in_time) for one in closed], _KEPT),
    ]
    cells = {cell.key: cell for way in ways for cell in way.cells}
    return Table(tuple(cells.values()), tuple(each for way in ways for each in way.sums), SHARES)


_YES, _KEPT = ["yes", "no"], [IN_TIME, NOT_IN_TIME]
SHARES = (
    Share("Modifiable factors", "Modifiable factors: yes", CLOSED),
    Share("Notice", f"Notice: {IN_TIME}", NOTIFIED),
    Share("Review meeting", f"Review meeting: {IN_TIME}", CLOSED),
    Share("Panel", f"Panel: {IN_TIME}", CLOSED),
)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _kept(in_time: bool) -> str:
    return IN_TIME if in_time else NOT_IN_TIME


def _ways(whole: str, count: int, name: str, found: Iterable[str], every: Sequence[str]) -> list[Table]:
    counts: Mapping[str, int] = Counter(found)
    cells = [Cell(f"{name}: {one}", counts.get(one, 0)) for one in every]
    return [Table((Cell(whole, count), *cells), (Sum(whole, tuple(cell.key for cell in cells)),))]


def shown_of(partnership: Partnership, block: Block) -> PublishedTable:
    """What may be shown of a block."""
    table = table_of(notifications_in(partnership, block), reviews_in(partnership, block))
    return prepare_for_publication(table)


def blocks_of_today() -> list[Block]:
    """The blocks that are whole today."""
    return blocks_until(timezone.localdate())
