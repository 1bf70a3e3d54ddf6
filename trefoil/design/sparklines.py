"""The tiny trend in a row of figures: up to 13 points as an inline SVG, drawn without a library."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 120, 32, 5
MOST_POINTS = 13


@dataclass(frozen=True)
class SparkPoint:
    """One period: its label, its figure (None when missing) and whether it is more than noise."""

    label: str
    value: Decimal | int | None
    signal: bool = False


@dataclass(frozen=True)
class Mark:
    """A place in the picture, in its own units."""

    x: str
    y: str


@dataclass(frozen=True)
class Sparkline:
    """What the template draws: a path, lone dots, diamonds for signals, the last figure, and words for it."""

    path: str
    lone: tuple[Mark, ...]
    diamonds: tuple[str, ...]
    last: Mark | None
    title: str
    description: str
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(points: Sequence[SparkPoint], *, unit: str = "") -> Sparkline:
    """Draw the last 13 points. A missing figure breaks the line. `unit` follows figures in the words ("%").

    The height is the range of the figures, not from zero: the picture shows shape, the row shows size.
    """
    shown = list(points)[-MOST_POINTS:]
    places = _places(shown)
    runs = _runs(places)
    marks = [place for place in places if place is not None]
    return Sparkline(
        path=" ".join(_path(run) for run in runs if len(run) > 1),
        lone=tuple(run[0] for run in runs if len(run) == 1),
        diamonds=tuple(
            _diamond(place) for point, place in zip(shown, places, strict=True) if point.signal and place is not None
        ),
        last=marks[-1] if marks else None,
        title=f"Trend of {len(shown)} periods" if marks else "No trend yet",
        description=_words(shown, unit),
    )


def _places(points: Sequence[SparkPoint]) -> list[Mark | None]:
    """Where each figure stands; a flat series runs through the middle."""
    figures = [point.value for point in points if point.value is not None]
    low, high = (min(figures), max(figures)) if figures else (0, 0)
    step = Decimal(WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    tall = Decimal(HEIGHT - 2 * MARGIN)
    places: list[Mark | None] = []
    for index, point in enumerate(points):
        if point.value is None:
            places.append(None)
            continue
        share = (Decimal(point.value) - low) / (high - low) if high != low else Decimal("0.5")
        places.append(Mark(f"{MARGIN + step * index:.1f}", f"{HEIGHT - MARGIN - tall * share:.1f}"))
    return places


def _runs(places: Sequence[Mark | None]) -> list[list[Mark]]:
    """Stretches of places without a gap."""
    runs: list[list[Mark]] = [[]]
    for place in places:
        if place is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _path(run: Sequence[Mark]) -> str:
    return "M" + " L".join(f"{mark.x} {mark.y}" for mark in run)


def _diamond(mark: Mark, reach: Decimal = Decimal("4.5")) -> str:
    x, y = Decimal(mark.x), Decimal(mark.y)
    return f"M{x} {y - reach} L{x + reach} {y} L{x} {y + reach} L{x - reach} {y} Z"


def _words(points: Sequence[SparkPoint], unit: str) -> str:
    """The picture in a sentence or three."""
    known = [point for point in points if point.value is not None]
    if not known:
        return "No figures yet."
    first, last = known[0], known[-1]
    low = min(point.value for point in known if point.value is not None)
    high = max(point.value for point in known if point.value is not None)
    words = [
        f"From {first.value}{unit} in {first.label} to {last.value}{unit} in {last.label}.",
        f"Lowest {low}{unit}, highest {high}{unit}.",
    ]
    if signals := [point.label for point in known if point.signal]:
        words.append(f"More than noise in {', '.join(signals)}.")
    if missing := [point.label for point in points if point.value is None]:
        words.append(f"No figure for {', '.join(missing)}.")
    return " ".join(words)
