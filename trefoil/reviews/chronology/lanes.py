"""The chronology drawn to scale in time, one lane for each agency. Pure: no database, and no words of an entry.

What is known to the day is a disc; what can have been on several days is a bar over all of them, and so is never drawn
more exactly than it is known. A disc is full where the child was seen and hollow where they were not; so nothing is
told by colour alone. Entries of a few days may share a place: then they stand above each other, the rest as a number.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from html import escape

from trefoil.design.palette import ACCENT, ACT, BAND, CONTEXT, GRID, TEXT, WHITE

from .reading import Seen
from .time_axis import Axis, ticks
from .when import When

WIDE, NARROW = 960, 350
# A mark carries its number, so a disc has room for three figures.
RADIUS, STEP, MOST_STACKED = 11, 25, 5
SIDE, NAME, TOP, FOOT, FONT = 14, 24, 18, 34, 13
BAR, MOST_BARS = 18, 6
# With more marks than this numbers would be read by nobody.
MOST_NUMBERED = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry. `number` is its row in the table beside the picture."""

    number: int
    agency: str
    when: When
    seen: Seen
    is_contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a picture shows, both included, and the day of the incident where it is one of them."""

    first: date
    last: date
    incident: date | None = None


@dataclass
class _Lane:
    """Where the marks of one agency stand: columns of discs by place, bars by row."""

    name: str
    columns: list[list[Mark]]
    rows: list[list[Mark]]
    unplaced: int

    @property
    def height(self) -> int:
        tallest = max((len(_shown(one)) + (len(one) > MOST_STACKED) for one in self.columns), default=0)
        return NAME + max(tallest * STEP, STEP) + len(self.rows) * (BAR + 4) + (16 if self.unplaced else 0) + 10


def lanes_picture(marks: Iterable[Mark], period: Period, *, narrow: bool) -> str:
    """The SVG element with its description as accessible name; empty without marks."""
    told = list(marks)
    if not told:
        return ""
    width = NARROW if narrow else WIDE
    axis = Axis(period.first, period.last, SIDE, width - SIDE)
    lanes, top, drawn = _lanes(told, axis), float(TOP), []
    for lane in lanes:
        drawn.append(_drawn(lane, axis, top, width, is_numbered=len(told) <= MOST_NUMBERED))
        top += lane.height
    scale = _scale(axis, top, width) + _incident(period, axis, top)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top + FOOT:.0f}" width="{width}" role="img" '
        f'aria-label="{escape(description(told, period), quote=True)}" focusable="false" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{FONT}">{scale}{"".join(drawn)}</svg>'
    )


def description(marks: Sequence[Mark], period: Period) -> str:
    """The picture in sentences."""
    counts: dict[str, list[Mark]] = defaultdict(list)
    for one in marks:
        counts[one.agency].append(one)
    said = [f"Entries of each agency from {_day(period.first)} to {_day(period.last)}, drawn to scale in time."]
    for agency, own in sorted(counts.items()):
        vague = sum(one.when.day is None for one in own)
        words = f"{agency}: {len(own)} entr{'y' if len(own) == 1 else 'ies'}"
        said.append(f"{words}, {vague} of them not known to the day." if vague else f"{words}.")
    unlike = sum(one.is_contradicted for one in marks)
    return " ".join([*said, *([f"{unlike} are contradicted by another agency."] if unlike else []), "A table follows."])


def _lanes(marks: Sequence[Mark], axis: Axis) -> list[_Lane]:
    by_agency: dict[str, list[Mark]] = defaultdict(list)
    for one in marks:
        by_agency[one.agency].append(one)
    return [_lane(name, by_agency[name], axis) for name in sorted(by_agency)]


def _lane(name: str, marks: Sequence[Mark], axis: Axis) -> _Lane:
    columns: list[list[Mark]] = []
    rows: list[list[Mark]] = []
    unplaced = 0
    for one in sorted(marks, key=lambda one: one.when.order):
        if one.when.day is not None:
            if not columns or _at(one, axis) - _at(columns[-1][0], axis) >= STEP:
                columns.append([])
            columns[-1].append(one)
        elif row := next((row for row in rows if _is_free(row, one, axis)), None):
            row.append(one)
        elif len(rows) < MOST_BARS:
            rows.append([one])
        else:
            unplaced += 1
    return _Lane(name, columns, rows, unplaced)


def _at(mark: Mark, axis: Axis) -> float:
    at = mark.when.at or time(12)
    x = axis.x(mark.when.first, (at.hour * 60 + at.minute) / 1440)
    return min(max(x, axis.left + RADIUS), axis.right - RADIUS)


def _is_free(row: Sequence[Mark], mark: Mark, axis: Axis) -> bool:
    left, right = _ends(mark, axis)
    taken = (_ends(one, axis) for one in row)
    return all(right + 4 <= other_left or left >= other_right + 4 for other_left, other_right in taken)


def _ends(mark: Mark, axis: Axis) -> tuple[float, float]:
    """The ends of a bar, cut to the picture and wide enough for its number."""
    left = max(axis.x(mark.when.first), axis.left)
    right = min(axis.x(mark.when.last + timedelta(days=1)), axis.right)
    missing = max(2 * RADIUS + 4 - (right - left), 0)
    left = max(min(left - missing / 2, axis.right - 2 * RADIUS - 4), axis.left)
    return left, max(right, left + 2 * RADIUS + 4)


def _shown(column: Sequence[Mark]) -> Sequence[Mark]:
    return column[:MOST_STACKED]


def _drawn(lane: _Lane, axis: Axis, top: float, width: int, *, is_numbered: bool) -> str:
    foot = top + lane.height
    parts = [
        f'<path d="M0 {foot:.0f} H{width}" stroke="{GRID}" fill="none"/>',
        f'<text x="{SIDE}" y="{top + 16:.0f}" font-weight="bold" fill="{TEXT}">{escape(lane.name)}</text>',
    ]
    bars = foot - 10 - len(lane.rows) * (BAR + 4) - (16 if lane.unplaced else 0)
    for column in lane.columns:
        parts += _stack(column, axis, bars, is_numbered=is_numbered)
    for row, marks in enumerate(lane.rows):
        parts += [_bar(one, axis, bars + 4 + row * (BAR + 4), is_numbered=is_numbered) for one in marks]
    if lane.unplaced:
        words = f"and {lane.unplaced} more that are not known to the day"
        parts.append(f'<text x="{SIDE}" y="{foot - 8:.0f}" font-size="12" fill="{CONTEXT}">{words}</text>')
    return "".join(parts)


def _stack(column: Sequence[Mark], axis: Axis, foot: float, *, is_numbered: bool) -> list[str]:
    """Discs of one place, the earliest lowest. Alone a disc stands exactly at its time, else all at the first's."""
    x = _at(column[0], axis)
    shown = _shown(column)
    parts = [_disc(one, x, foot - STEP / 2 - STEP * at, is_numbered=is_numbered) for at, one in enumerate(shown)]
    if more := len(column) - len(shown):
        y = foot - STEP * (len(shown) + 0.5) + 5
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="12" fill="{TEXT}">+{more}</text>')
    return parts


def _disc(mark: Mark, x: float, y: float, *, is_numbered: bool) -> str:
    fill, ink = _FILLS[mark.seen]
    dash = ' stroke-dasharray="3 2"' if mark.when.is_about else ""
    shape = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS - 1}" fill="{fill}" stroke="{ACCENT}" stroke-width="2"{dash}/>'
    )
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS + 2}" fill="none" stroke="{ACT}" stroke-width="2"/>'
    return (
        f"<g>{_titled(mark)}{ring * mark.is_contradicted}{shape}{_number(mark, x, y, ink) if is_numbered else ''}</g>"
    )


def _bar(mark: Mark, axis: Axis, top: float, *, is_numbered: bool) -> str:
    left, right = _ends(mark, axis)
    fill, ink = _FILLS[mark.seen]
    shape = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{BAR}" rx="4" fill="{fill}" '
        f'stroke="{ACCENT}" stroke-dasharray="3 2"/>'
    )
    number = _number(mark, (left + right) / 2, top + BAR / 2, ink) if is_numbered else ""
    return f"<g>{_titled(mark)}{shape}{number}</g>"


_FILLS = {Seen.SEEN: (ACCENT, WHITE), Seen.NOT_SEEN: (WHITE, TEXT), Seen.NOT_SAID: (BAND, TEXT)}


def _titled(mark: Mark) -> str:
    return f"<title>{escape(f'{mark.number}: {mark.when}')}</title>"


def _number(mark: Mark, x: float, y: float, ink: str) -> str:
    return f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" fill="{ink}">{mark.number}</text>'


def _scale(axis: Axis, foot: float, width: int) -> str:
    parts = [f'<path d="M0 {foot:.0f} H{width}" stroke="{CONTEXT}" fill="none"/>']
    for day, words in ticks(axis):
        x = axis.x(day)
        parts.append(f'<path d="M{x:.1f} {TOP} V{foot + 5:.0f}" stroke="{GRID}" fill="none"/>')
        parts.append(f'<text x="{x + 3:.1f}" y="{foot + 18:.0f}" font-size="12" fill="{CONTEXT}">{words}</text>')
    return "".join(parts)


def _incident(period: Period, axis: Axis, foot: float) -> str:
    if period.incident is None:
        return ""
    x = axis.x(period.incident, 0.5)
    anchor = "end" if x > (axis.left + axis.right) / 2 else "start"
    return (
        f'<path d="M{x:.1f} {TOP - 4} V{foot:.0f}" stroke="{ACT}" stroke-width="1.5" fill="none"/>'
        f'<text x="{x:.1f}" y="12" text-anchor="{anchor}" font-size="12" font-weight="bold" fill="{ACT}">'
        "The incident</text>"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
