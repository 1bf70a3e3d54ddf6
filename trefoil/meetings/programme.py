"""What of a forward work programme belongs to which meeting. Pure but for the rows it is given."""

from collections.abc import Iterable, Sequence
from datetime import date

from .enums import Recurrence
from .models import ForwardItem

# The items that every agenda begins and ends with: title and minutes.
OPENING = (("Welcome, apologies and declarations of interest", 5),)
LAST_MINUTES = ("Minutes of the last meeting, and what came of it", 10)
CLOSING = (("Any other business, and the next meeting", 5),)


def due_at(day: date, before: date | None, items: Iterable[ForwardItem], meeting_id: int) -> list[ForwardItem]:
    """The items that come up at the meeting on `day`, when the group last met on `before`.

    Standing ones always; one for a meeting at that meeting; a yearly one at the first meeting in its month or after.
    """
    return [item for item in items if _is_due(item, day, before, meeting_id)]


def _is_due(item: ForwardItem, day: date, before: date | None, meeting_id: int) -> bool:
    if item.recurrence == Recurrence.STANDING:
        return True
    if item.recurrence == Recurrence.ONCE:
        return item.meeting_id == meeting_id
    return item.month in _months_between(before, day)


def _months_between(before: date | None, day: date) -> Sequence[int]:
    """The months after that of `before`, up to that of `day`; a meeting in the same month as the last has none."""
    last = day.year * 12 + day.month - 1
    first = last if before is None else max(before.year * 12 + before.month, last - 11)
    return [number % 12 + 1 for number in range(first, last + 1)]
