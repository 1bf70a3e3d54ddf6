"""A figure beside others: neighbours, rank and quartile."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .polarity import Polarity


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Neighbours together, over those that have a figure.

    The mean is what the Local Authority Interactive Tool shows; the median is what the children's social care
    outcomes dashboard shows. A screen says which it is. Both are None when no neighbour has a figure. Neither
    is rounded.
    """

    mean: Decimal | None
    median: Decimal | None
    used: int
    missing: int

    @property
    def words(self) -> str:
        """`10 neighbours`, or `9 of 10 neighbours` when some have no figure."""
        total = self.used + self.missing
        noun = "neighbour" if total == 1 else "neighbours"
        return f"{self.used} of {total} {noun}" if self.missing else f"{total} {noun}"


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among others: 1 is best, or highest where the measure judges nothing.

    Equal figures share a place.
    """

    position: int
    of: int
    shared: bool
    polarity: Polarity

    @property
    def words(self) -> str:
        """`3rd of 11`, `joint 3rd of 11`, `3rd highest of 11` where the measure judges nothing."""
        joint = "joint " if self.shared else ""
        if self.polarity.judges:
            return f"{joint}{ordinal(self.position)} of {self.of}"
        highest = "highest" if self.position == 1 else f"{ordinal(self.position)} highest"
        return f"{joint}{highest} of {self.of}"


def neighbours(values: Iterable[Decimal | None]) -> Neighbours:
    """Mean and median of the available values, with how many were used and how many are missing."""
    everyone = list(values)
    ordered = sorted(value for value in everyone if value is not None)
    missing = len(everyone) - len(ordered)
    if not ordered:
        return Neighbours(None, None, 0, missing)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Neighbours(sum(ordered, Decimal(0)) / len(ordered), median, len(ordered), missing)


def ranks(values: Mapping[str, Decimal | None], polarity: Polarity) -> dict[str, Rank | None]:
    """Each area's rank among those that have a figure; None for those that have not."""
    available = sorted(value for value in values.values() if value is not None)
    return {name: None if value is None else _rank(value, available, polarity) for name, value in values.items()}


def quartiles(values: Mapping[str, Decimal | None], polarity: Polarity) -> dict[str, int | None]:
    """Each area's quarter of the ranking, 1 (best, or highest where nothing is judged) to 4.

    Method: the rank order is cut into four parts as equal as can be, place p of n falling in part 4(p-1)/n
    rounded down, plus 1. Equal figures share the better part. None without a figure, and for everyone when
    fewer than four areas have one.
    """
    places = ranks(values, polarity)
    return {
        name: None if place is None or place.of < 4 else 4 * (place.position - 1) // place.of + 1
        for name, place in places.items()
    }


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`, `22nd`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _rank(value: Decimal, available: Sequence[Decimal], polarity: Polarity) -> Rank:
    """`available` is in order, lowest first."""
    below, up_to = bisect_left(available, value), bisect_right(available, value)
    ahead = below if polarity is Polarity.LOWER else len(available) - up_to
    return Rank(ahead + 1, len(available), up_to - below > 1, polarity)
