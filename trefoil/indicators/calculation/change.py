"""How a figure moved, and whether that is good."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .polarity import Polarity
from .ratios import percentage, round_half_up


class Direction(StrEnum):
    """What a movement means. UP and DOWN are for measures that judge nothing."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UP = "up"
    DOWN = "down"

    @property
    def words(self) -> str:
        """For a reader."""
        return {"same": "no change"}.get(self.value, self.value)


class Arrow(StrEnum):
    """The picture beside a change: where it points, and whether that is good."""

    UP_GOOD = "up-good"
    UP_BAD = "up-bad"
    DOWN_GOOD = "down-good"
    DOWN_BAD = "down-bad"
    LEVEL = "level"
    UP = "up"
    DOWN = "down"

    @property
    def words(self) -> str:
        """What a screen reader says in place of the picture."""
        return _ARROW_WORDS[self]


_ARROW_WORDS = {
    Arrow.UP_GOOD: "up, which is better",
    Arrow.UP_BAD: "up, which is worse",
    Arrow.DOWN_GOOD: "down, which is better",
    Arrow.DOWN_BAD: "down, which is worse",
    Arrow.LEVEL: "no change",
    Arrow.UP: "up",
    Arrow.DOWN: "down",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A movement between two figures of the same measure.

    `absolute` is in the unit of the measure (percentage points for a percentage). `relative` is a percentage
    of the size of the previous figure to one decimal place, None when that was zero.
    """

    previous: Decimal
    latest: Decimal
    absolute: Decimal
    relative: Decimal | None


def change(previous: Decimal | None, latest: Decimal | None) -> Change | None:
    """The movement from `previous` to `latest`; None when either is missing."""
    if previous is None or latest is None:
        return None
    moved = latest - previous
    return Change(previous, latest, moved, percentage(moved, abs(previous)))


def direction(previous: Decimal, latest: Decimal, polarity: Polarity) -> Direction:
    """Better, worse or the same; up or down when the measure judges nothing."""
    if latest == previous:
        return Direction.SAME
    rose = latest > previous
    if not polarity.judges:
        return Direction.UP if rose else Direction.DOWN
    return Direction.BETTER if rose == (polarity is Polarity.HIGHER) else Direction.WORSE


def arrow(previous: Decimal, latest: Decimal, polarity: Polarity) -> Arrow:
    """Where the arrow points and what that means."""
    meaning = direction(previous, latest, polarity)
    if meaning is Direction.SAME:
        return Arrow.LEVEL
    points = "up" if latest > previous else "down"
    if not polarity.judges:
        return Arrow(points)
    return Arrow(f"{points}-{'good' if meaning is Direction.BETTER else 'bad'}")


def change_words(moved: Change | None, polarity: Polarity, *, points: bool, places: int = 1) -> str:
    """A change for a reader: `down 6.0 points, worse`; `up 12 (8.1%)`. `points` is for percentages."""
    if moved is None:
        return "no earlier figure to compare with"
    size = round_half_up(abs(moved.absolute), places)
    if moved.absolute == 0:
        return "no change"
    amount = f"{size:,}"
    if points:
        amount += " point" if size == 1 else " points"
    elif moved.relative is not None:
        amount += f" ({abs(moved.relative)}%)"
    sense = direction(moved.previous, moved.latest, polarity)
    ending = f", {sense.words}" if polarity.judges else ""
    return f"{'up' if moved.absolute > 0 else 'down'} {amount}{ending}"
