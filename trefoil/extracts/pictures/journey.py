"""The way from contact to plan as a picture: a bar for each stage, as wide as its count, and the time between."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDE, NARROW = 720, 340
BAR, BETWEEN, LABEL = 40, 44, 22
FILL, LINE, INK, QUIET = "#1d70b8", "#505a5f", "#0b0c0c", "#505a5f"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: its name, how many reached it (None: the extract does not say), and the time from the stage before.

    `days` is the median of working days, `after` the name of the stage they are counted from.
    """

    title: str
    count: int | None
    after: str = ""
    days: Decimal | None = None

    @property
    def count_words(self) -> str:
        return "not in this extract" if self.count is None else f"{self.count:,}"

    @property
    def time_words(self) -> str:
        """`median 3 working days after referrals`; empty where there is none."""
        if self.days is None:
            return ""
        number = f"{self.days.normalize():f}"
        return f"median {number} working day{'' if number == '1' else 's'} after {self.after.lower()}"


def journey_picture(steps: Sequence[Step], *, title: str, narrow: bool = False) -> str:
    """An SVG whose accessible name tells every stage in words."""
    width = NARROW if narrow else WIDE
    most = max((step.count or 0 for step in steps), default=0) or 1
    block = LABEL + BAR + BETWEEN
    height = block * len(steps) - BETWEEN + 4
    drawn = "".join(_step(step, place * block, width, most, first=place == 0) for place, step in enumerate(steps))
    label = escape(f"{title}. " + " ".join(_sentence(step) for step in steps))
    return (
        f'<svg class="ex-journey" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{label}" focusable="false">{drawn}</svg>'
    )


def _sentence(step: Step) -> str:
    time = f", {step.time_words}" if step.time_words else ""
    return f"{step.title}: {step.count_words}{time}."


def _step(step: Step, y: int, width: int, most: int, *, first: bool) -> str:
    bar = (step.count or 0) * (width - 2) // most
    parts = []
    if not first:
        top = y - BETWEEN
        parts.append(f'<line x1="12" y1="{top + 4}" x2="12" y2="{y - 2}" stroke="{LINE}" stroke-width="2"/>')
        parts.append(f'<path d="M7 {y - 9} L12 {y - 1} L17 {y - 9} Z" fill="{LINE}"/>')
        if step.time_words:
            parts.append(
                f'<text x="28" y="{top + 27}" fill="{QUIET}" class="ex-journey__time">{escape(step.time_words)}</text>'
            )
    parts.append(
        f'<text x="1" y="{y + 15}" fill="{INK}" class="ex-journey__name">{escape(step.title)}: '
        f'<tspan class="ex-journey__count">{escape(step.count_words)}</tspan></text>'
    )
    parts.append(
        f'<rect x="1" y="{y + LABEL}" width="{max(bar, 2)}" height="{BAR}" fill="{FILL}"/>'
        if step.count is not None
        else f'<rect x="1" y="{y + LABEL}" width="{width - 2}" height="{BAR}" fill="none" stroke="{LINE}" '
        'stroke-dasharray="4 4"/>'
    )
    return "".join(parts)
