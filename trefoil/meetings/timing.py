"""When each item of an agenda comes up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Slot:
    """From when to when an item runs."""

    begins: datetime
    ends: datetime


def running_times(starts_at: datetime, lengths: Iterable[int]) -> list[Slot]:
    """One slot for each length in minutes, each beginning where the one before ends."""
    found, begins = [], starts_at
    for minutes in lengths:
        ends = begins + timedelta(minutes=minutes)
        found.append(Slot(begins, ends))
        begins = ends
    return found


def minutes_over(lengths: Iterable[int], minutes_long: int) -> int:
    """By how many minutes the items are longer than the meeting; negative is time to spare."""
    return sum(lengths) - minutes_long
