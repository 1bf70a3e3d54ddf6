"""What the picture of a chronology shows: which days, and a mark for each entry. No words of an entry are opened."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from .chronology.lanes import Mark, Period
from .chronology.reading import Seen
from .models import ChronologyEntry, Review
from .queries_chronology import marks

_BEFORE = timedelta(weeks=13)
ALL, BEFORE = "all", "before"


@dataclass(frozen=True)
class Choice:
    """Some days that the picture can show. `name` stands in the address."""

    name: str
    words: str
    period: Period


def periods_of(review: Review, entries: QuerySet[ChronologyEntry]) -> list[Choice]:
    """All of it, the quarter of a year before the incident, and each year in which something began. One query."""
    days = list(entries.order_by("first_on").values_list("first_on", "last_on"))
    if not days:
        return []
    last = max(last for _, last in days)
    begun = review.happened_on - _BEFORE
    found = [Choice(ALL, "All of it", _period(review, days[0][0], last))]
    if any(first >= begun for first, _ in days):
        found.append(Choice(BEFORE, "From 13 weeks before the incident", _period(review, begun, last)))
    years = sorted({first.year for first, _ in days})
    found += [Choice(str(year), str(year), _period(review, date(year, 1, 1), date(year, 12, 31))) for year in years]
    return found


def _period(review: Review, first: date, last: date) -> Period:
    last = max(first, last)
    return Period(first, last, review.happened_on if first <= review.happened_on <= last else None)


def in_period(entries: QuerySet[ChronologyEntry], period: Period) -> QuerySet[ChronologyEntry]:
    """The entries that can have been on a day of the period."""
    return entries.filter(first_on__lte=period.last, last_on__gte=period.first)


def marks_of(review: Review, entries: QuerySet[ChronologyEntry]) -> list[Mark]:
    """A mark for each entry, numbered in order of time. Of what is drawn, only days that agencies share are opened."""
    bare = entries.select_related(None).select_related("agency")
    rows = list(bare.only("agency__name", "precision", "first_on", "last_on", "at_time", "is_about", "seen"))
    met = marks(review, rows)
    return [
        Mark(number, one.agency.name, one.when, Seen(one.seen), met.get(one.pk, (0, 0))[1] > 0)
        for number, one in enumerate(rows, start=1)
    ]
