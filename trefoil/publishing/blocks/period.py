"""What blocks of a document's period share: the period, small numbers hidden, a block with nothing in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trefoil.indicators.suppression.published import BASE, SMALL, Mark
from trefoil.people.models import Partnership

from ..enums import BlockKind
from ..words import period_words
from .shown import ShownBlock

PERIOD = "period"
"""What a block of this kind shows: the period of its document, whichever that is."""
ROUNDED = f"Counts of children are rounded to the nearest {BASE}; of {SMALL} or fewer only that is said."


@dataclass(frozen=True)
class Period:
    """The days that a document is about, of one partnership."""

    partnership: Partnership
    starts_on: date
    ends_on: date

    @property
    def words(self) -> str:
        return period_words(self.starts_on, self.ends_on)

    def days(self, name: str) -> dict[str, Any]:
        """A filter for a date within the period."""
        return {f"{name}__gte": self.starts_on, f"{name}__lte": self.ends_on}

    def moments(self, name: str) -> dict[str, Any]:
        """A filter for a moment within the period."""
        start, end = (
            timezone.make_aware(datetime.combine(day, time()))
            for day in (self.starts_on, self.ends_on + timedelta(days=1))
        )
        return {f"{name}__gte": start, f"{name}__lt": end}


def safe_count(number: int) -> str:
    """A count of children as it may be published: `0`, `fewer than 6`, or rounded to the nearest five."""
    if 0 < number <= SMALL:
        return Mark.FEWER.value
    return f"{BASE * ((number + BASE // 2) // BASE):,}"


def nothing(kind: BlockKind, title: str, trouble: str, *mends: str) -> ShownBlock:
    """A block that has nothing to show, and where somebody can put that right."""
    return ShownBlock(kind.value, title, (), "", trouble=trouble, mends=mends)
