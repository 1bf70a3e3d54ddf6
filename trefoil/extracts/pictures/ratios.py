"""Rates of groups against others as a picture: a dot for each ratio, a line for its interval, on a scale of doublings.

Twice as often lies as far from the middle line as half as often. Floats are for drawing alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import ceil, floor, log2

WIDE, NARROW = 720, 340
LABELS_WIDE, LABELS_NARROW = 200, 0
ROW_WIDE, ROW_NARROW, AXIS, EDGE = 44, 62, 46, 30
INK, LINE, FILL, QUIET = "#0b0c0c", "#b1b4b6", "#1d70b8", "#505a5f"
FARTHEST = 4  # doublings: a sixteenth to sixteen times


@dataclass(frozen=True, slots=True)
class Ratio:
    """A group; how many times as often as the others it is met, with its interval; None: too few to say."""

    title: str
    ratio: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def words(self) -> str:
        """`1.8 times (1.4 to 2.3)`."""
        if self.ratio is None:
            return "too few to say"
        return f"{times(self.ratio)} times ({times(self.low)} to {times(self.high)})"

    @property
    def differs(self) -> bool:
        """Whether the whole interval is on one side of 1."""
        return self.low is not None and self.high is not None and (self.low > 1 or self.high < 1)


def times(number: Decimal | None) -> str:
    """A ratio for a reader: `0.45`, `1.80`, `3.2`, `12`. One that is not 1 is never shown as 1."""
    if number is None:
        return ""
    places = 0 if number >= 10 else 1 if number >= 2 else 2
    said = f"{number:.{places}f}"
    return said if number == 1 or Decimal(said) != 1 else f"{number:.4f}"


def ratio_picture(ratios: Sequence[Ratio], *, title: str, narrow: bool = False) -> str:
    """An SVG whose accessible name tells every group in words."""
    width, row = (NARROW, ROW_NARROW) if narrow else (WIDE, ROW_WIDE)
    left = (LABELS_NARROW if narrow else LABELS_WIDE) + EDGE
    scale = _Scale(_reach(ratios), left, width - EDGE)
    height = row * len(ratios) + AXIS
    ticks = "".join(_tick(scale, step, height - AXIS) for step in range(-scale.reach, scale.reach + 1))
    rows = "".join(_row(one, place * row, row, scale, narrow=narrow) for place, one in enumerate(ratios))
    words = (
        f'<text x="{left}" y="{height - 4}" fill="{QUIET}" class="ex-ratio__small">less often</text>'
        f'<text x="{width - EDGE}" y="{height - 4}" fill="{QUIET}" class="ex-ratio__small" text-anchor="end">more '
        "often</text>"
    )
    label = escape(f"{title}. " + "; ".join(f"{one.title}: {one.words}" for one in ratios) + ".")
    return (
        f'<svg class="ex-ratio" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{label}" focusable="false">{ticks}{rows}{words}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Doublings shown on either side of 1, and the picture's ends."""

    reach: int
    left: int
    right: int

    def at(self, doublings: float) -> str:
        share = (max(-self.reach, min(self.reach, doublings)) + self.reach) / (2 * self.reach)
        return f"{self.left + share * (self.right - self.left):.1f}"

    def of(self, ratio: Decimal) -> str:
        return self.at(log2(float(ratio)))


def _reach(ratios: Sequence[Ratio]) -> int:
    """As many doublings as the intervals need, one at least."""
    ends = [log2(float(end)) for one in ratios for end in (one.low, one.high) if end]
    needed = max((max(ceil(end), -floor(end)) for end in ends), default=1)
    return max(1, min(FARTHEST, needed))


def _tick(scale: _Scale, step: int, height: int) -> str:
    words = {0: "the same"}.get(step, f"{2**step} times" if step > 0 else f"1/{2**-step}")
    colour, wide = (INK, 2) if step == 0 else (LINE, 1)
    shown = abs(step) in (0, scale.reach) or scale.reach < 3
    text = f'<text x="{scale.at(step)}" y="{height + 20}" fill="{QUIET}" class="ex-ratio__small" text-anchor="middle">'
    return (
        f'<line x1="{scale.at(step)}" y1="0" x2="{scale.at(step)}" y2="{height + 4}" stroke="{colour}" '
        f'stroke-width="{wide}"/>' + (f"{text}{words}</text>" if shown else "")
    )


def _row(one: Ratio, top: int, row: int, scale: _Scale, *, narrow: bool) -> str:
    middle = top + (row - 18 if narrow else row // 2)
    name_y, name_x = (top + 20, 0) if narrow else (middle + 5, 0)
    said = f"{one.title}: {one.words}" if narrow else one.title
    back = f'<rect x="0" y="{top + 4}" width="{NARROW}" height="20" fill="#ffffff"/>' if narrow else ""
    name = f'{back}<text x="{name_x}" y="{name_y}" fill="{INK}" class="ex-ratio__name">{escape(said)}</text>'
    if one.ratio is None or one.low is None or one.high is None:
        return name if narrow else name + _too_few(scale, middle, one.words)
    fill = FILL if one.differs else "#ffffff"
    return (
        f'{name}<line x1="{scale.of(one.low)}" y1="{middle}" x2="{scale.of(one.high)}" y2="{middle}" stroke="{FILL}" '
        f'stroke-width="3"/><circle cx="{scale.of(one.ratio)}" cy="{middle}" r="7" fill="{fill}" stroke="{FILL}" '
        'stroke-width="3"/>'
    )


def _too_few(scale: _Scale, middle: int, words: str) -> str:
    place = f'x="{scale.at(0)}" text-anchor="middle"'
    return (
        f'<rect x="{float(scale.at(0)) - 56:.1f}" y="{middle - 11}" width="112" height="22" fill="#ffffff"/>'
        f'<text {place} y="{middle + 5}" fill="{QUIET}" class="ex-ratio__small">{escape(words)}</text>'
    )
