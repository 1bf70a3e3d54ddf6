"""A review drawn to scale in time: what happened, which time limits ran, what else held it up. Pure.

What happened is a numbered disc on its day; a time limit is a bar from its start to the day it is due, and what else
runs is a bar as long as it runs. Each bar says in words what it is and how it stands: colour alone tells nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import escape

from trefoil.design.palette import ACCENT, ACT, BAND, CONTEXT, GRID, TEXT, WHITE

from .chronology.time_axis import Axis, ticks

WIDE, NARROW = 960, 350
SIDE, TOP, FOOT, ROW, BAR = 14, 22, 30, 36, 12
RADIUS, STEP = 11, 25
# How wide a letter of the words above a bar is at most, on the average: what has no room is cut there, not in the name.
LETTER = 5.7


class Sort(StrEnum):
    """What a bar is, and so how it looks."""

    MET = "met"
    RUNS = "runs"
    LATE = "late"
    BESIDE = "beside"
    HOLDS = "holds"


_LOOKS = {
    Sort.MET: (BAND, ACCENT, ""),
    Sort.RUNS: (WHITE, ACCENT, ""),
    Sort.LATE: (ACT, ACT, ""),
    Sort.BESIDE: (WHITE, CONTEXT, "3 2"),
    Sort.HOLDS: (CONTEXT, CONTEXT, ""),
}


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened on a day, or is planned for one."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts. `words` say what it is and how it stands."""

    first: date
    last: date
    words: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Story:
    """All that is drawn, in order, and the day it is seen on."""

    points: tuple[Point, ...]
    spans: tuple[Span, ...]
    today: date

    @classmethod
    def of(cls, points: Iterable[Point], spans: Iterable[Span], today: date) -> "Story":
        """In order of their days."""
        return cls(
            tuple(sorted(points, key=lambda one: one.day)),
            tuple(sorted(spans, key=lambda one: (one.first, one.last))),
            today,
        )

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that is drawn; today is one of them."""
        firsts = [one.day for one in self.points] + [one.first for one in self.spans] + [self.today]
        lasts = [one.day for one in self.points] + [one.last for one in self.spans] + [self.today]
        return min(firsts), max(lasts) + timedelta(days=3)

    @property
    def sentences(self) -> str:
        """The picture in words."""
        said = [f"{_day(one.day)}: {one.words}." for one in self.points]
        said += [f"{one.words}, {_day(one.first)} to {_day(one.last)}." for one in self.spans]
        return " ".join(["The review drawn to scale in time.", *said, f"Today is {_day(self.today)}."])


def timeline_picture(story: Story, *, narrow: bool) -> str:
    """The SVG element, with the whole of it in words as accessible name."""
    width = NARROW if narrow else WIDE
    axis = Axis(*story.days, SIDE, width - SIDE)
    levels = _levels(story.points, axis)
    head = TOP + (max(levels, default=0) + 1) * STEP + 10
    foot = head + len(story.spans) * ROW + 6
    discs = [_disc(at, one, axis, levels[at - 1]) for at, one in enumerate(story.points, 1)]
    bars = [_bar(one, axis, head + at * ROW) for at, one in enumerate(story.spans)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {foot + FOOT}" width="{width}" role="img" '
        f'aria-label="{escape(story.sentences, quote=True)}" focusable="false" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="13">'
        f"{_scale(axis, foot, width)}{_today(story, axis, foot)}{''.join(discs)}{''.join(bars)}</svg>"
    )


def _levels(points: Sequence[Point], axis: Axis) -> list[int]:
    """How high each disc stands, so that none covers another: the lowest level that is free at its day."""
    taken: list[float] = []
    levels = []
    for one in points:
        x = _x(one.day, axis)
        level = next((at for at, last in enumerate(taken) if x - last >= STEP), len(taken))
        taken[level : level + 1] = [x]
        levels.append(level)
    return levels


def _x(day: date, axis: Axis) -> float:
    return min(max(axis.x(day, 0.5), axis.left + RADIUS), axis.right - RADIUS)


def _disc(number: int, point: Point, axis: Axis, level: int) -> str:
    x, y = _x(point.day, axis), TOP + level * STEP + RADIUS
    return (
        f"<g><title>{number}: {escape(point.words)}, {_day(point.day)}</title>"
        f'<circle cx="{x:.1f}" cy="{y}" r="{RADIUS}" fill="{ACCENT}"/>'
        f'<text x="{x:.1f}" y="{y + 4}" text-anchor="middle" font-size="11" fill="{WHITE}">{number}</text></g>'
    )


def _bar(span: Span, axis: Axis, top: int) -> str:
    """The words stand above the bar, as far left as they can without leaving the picture."""
    left = axis.x(span.first)
    right = max(axis.x(span.last, 1), left + 3)
    fill, line, dash = _LOOKS[span.sort]
    most = int((axis.right - axis.left) / LETTER)
    words = span.words if len(span.words) <= most else f"{span.words[: most - 1].rstrip()}…"
    room = LETTER * len(words)
    at = max(min(left, axis.right - room), axis.left)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<g><title>{escape(span.words)}: {_day(span.first)} to {_day(span.last)}</title><text x="{at:.1f}" '
        f'y="{top + 12}" font-size="12" fill="{TEXT}">{escape(words)}</text><rect x="{left:.1f}" y="{top + 17}" '
        f'width="{right - left:.1f}" height="{BAR}" rx="3" fill="{fill}" stroke="{line}"{dashed}/></g>'
    )


def _scale(axis: Axis, foot: int, width: int) -> str:
    parts = [f'<path d="M0 {foot} H{width}" stroke="{CONTEXT}" fill="none"/>']
    for day, words in ticks(axis):
        x = axis.x(day)
        parts.append(f'<path d="M{x:.1f} {TOP} V{foot + 5}" stroke="{GRID}" fill="none"/>')
        parts.append(f'<text x="{x + 3:.1f}" y="{foot + 18}" font-size="12" fill="{CONTEXT}">{words}</text>')
    return "".join(parts)


def _today(story: Story, axis: Axis, foot: int) -> str:
    x = axis.x(story.today, 0.5)
    anchor = "end" if x > (axis.left + axis.right) / 2 else "start"
    return (
        f'<path d="M{x:.1f} {TOP - 4} V{foot}" stroke="{TEXT}" stroke-width="1.5" stroke-dasharray="2 3" fill="none"/>'
        f'<text x="{x:.1f}" y="13" text-anchor="{anchor}" font-size="12" font-weight="bold" fill="{TEXT}">Today</text>'
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
