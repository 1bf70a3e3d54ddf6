"""The chain of a priority, drawn: where it came from, what was recommended, who does what, what came of it.

Wide, it is four columns joined by lines; narrow, for a phone, it is one column in which each step is set in under the
one that it follows from. The same is given as a table. Pure: no database.
"""

from dataclasses import dataclass, field
from html import escape

from trefoil.design.charts.figures import wrapped
from trefoil.design.palette import ACCENT, ACT, CONTEXT, GOOD, GRID, TEXT, WHITE

MOST_DRAWN = 12
WIDE, NARROW = 960, 350
LINE, PAD, GAP, FONT = 17, 9, 12, 13
HEADINGS = ("Came from", "Recommendation", "Action", "Impact")
_TONES = {"good": (GOOD, "✓ "), "bad": (ACT, "✗ "), "plain": (CONTEXT, "– "), "open": (CONTEXT, "… ")}


@dataclass(frozen=True)
class Link:
    """One action with what came of it. `tone` is good, bad, plain or open."""

    key: int
    action: str
    agency: str
    state: str
    is_late: bool
    impact: str
    tone: str
    # (key, title) of what shows it; the table leads there, the picture does not draw it.
    evidence: tuple[tuple[int, str], ...] = ()

    @property
    def state_within(self) -> str:
        """The state as it is said within a sentence; what it names keeps its capitals."""
        return f"{self.state[:1].lower()}{self.state[1:]}"


@dataclass(frozen=True)
class Strand:
    """One recommendation with where it came from and its actions. `key` is 0 for actions without a recommendation."""

    source: str
    source_detail: str
    recommendation: str
    key: int
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Chain:
    """A priority's strands, oldest first."""

    title: str
    strands: tuple[Strand, ...] = ()

    @property
    def drawn(self) -> tuple[Strand, ...]:
        """The picture holds the last so many; the table holds all."""
        return self.strands[-MOST_DRAWN:]

    @property
    def left_out(self) -> int:
        return len(self.strands) - len(self.drawn)


@dataclass
class _Drawing:
    """Shapes so far, and how far down they reach."""

    parts: list[str] = field(default_factory=list)
    bottom: float = 0


@dataclass(frozen=True)
class _Column:
    """Left edge, width and how many characters fit."""

    left: float
    width: float

    @property
    def characters(self) -> int:
        return int((self.width - 2 * PAD) / 6.6)

    @property
    def right(self) -> float:
        return self.left + self.width


_COLUMNS = (_Column(1, 170), _Column(201, 270), _Column(501, 270), _Column(801, 158))


def chain_table(chain: Chain) -> list[tuple[str, str, str, str, str]]:
    """Rows of source, recommendation, action, agency with status, impact; a recommendation without action has a row."""
    rows = []
    for strand in chain.strands:
        source = ", ".join(part for part in (strand.source, strand.source_detail) if part)
        if not strand.links:
            rows.append((source, strand.recommendation, "No action yet", "", ""))
        for link in strand.links:
            standing = f"{link.agency}: {link.state_within}"
            rows.append((source, strand.recommendation, link.action, standing, link.impact))
    return rows


def chain_picture(chain: Chain, *, narrow: bool) -> str:
    """The chain as an SVG element with its description as accessible name; empty for a chain without strands."""
    if not chain.drawn:
        return ""
    drawing = _Drawing(bottom=2)
    draw = _narrow_strand if narrow else _wide_strand
    if not narrow:
        _headings(drawing)
    for strand in chain.drawn:
        draw(strand, drawing)
    width = NARROW if narrow else WIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {drawing.bottom:.0f}" '
        f'width="{width}" role="img" '
        f'aria-label="{escape(description(chain), quote=True)}" focusable="false" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{FONT}">{"".join(drawing.parts)}</svg>'
    )


def description(chain: Chain) -> str:
    """The picture in sentences."""
    said = [f"The chain of “{chain.title}”, from where it came to what came of it."]
    for strand in chain.drawn:
        actions = "; ".join(
            f"{link.action} ({link.agency}, {link.state_within}): {link.impact.lower()}" for link in strand.links
        )
        said.append(f"{strand.source}: {strand.recommendation} Actions: {actions or 'none yet'}.")
    if chain.left_out:
        said.append(f"{chain.left_out} earlier recommendations stand in the table alone.")
    return " ".join(said)


def _headings(drawing: _Drawing) -> None:
    for column, words in zip(_COLUMNS, HEADINGS, strict=True):
        drawing.parts.append(_text(column.left, drawing.bottom + 14, words, CONTEXT, bold=True))
    drawing.bottom += 26


def _wide_strand(strand: Strand, drawing: _Drawing) -> None:
    """One recommendation's row: its box beside all its actions, each joined to its impact."""
    top = drawing.bottom
    source, recommended, acted, judged = _COLUMNS
    lines = [(words, True) for words in wrapped(strand.source, source.characters)]
    lines += [(words, False) for words in wrapped(strand.source_detail, source.characters) if words]
    ends = [_box(drawing, source, top, lines, CONTEXT)]
    middle = top + PAD + LINE
    said = [(words, False) for words in _cut(strand.recommendation, recommended.characters, 8)]
    ends.append(_box(drawing, recommended, top, said, ACCENT))
    drawing.parts.append(_line(source.right, middle, recommended.left, middle))
    below = top
    for link in strand.links:
        drawing.parts.append(_elbow(recommended.right, middle, acted.left, below + PAD + LINE))
        end = max(_action_box(drawing, acted, below, link), _impact_box(drawing, judged, below, link))
        drawing.parts.append(_line(acted.right, below + PAD + LINE, judged.left, below + PAD + LINE))
        below = end + GAP
    if not strand.links:
        drawing.parts.append(_text(acted.left + PAD, middle, "No action yet", CONTEXT))
    drawing.bottom = max(*ends, below - GAP) + 2 * GAP
    drawing.parts.append(
        f'<path d="M0 {drawing.bottom - GAP:.0f} H{WIDE}" stroke="{GRID}" stroke-width="1" fill="none"/>'
    )


def _narrow_strand(strand: Strand, drawing: _Drawing) -> None:
    """The same from top to bottom, each step set in under the one before."""
    top = drawing.bottom
    first, second, third = _Column(1, NARROW - 2), _Column(21, NARROW - 22), _Column(41, NARROW - 42)
    lines = [(strand.source, True)]
    lines += [(words, False) for words in wrapped(strand.source_detail, first.characters) if words]
    bottom = _box(drawing, first, top, lines, CONTEXT)
    joint = bottom + GAP / 2 + PAD + LINE
    said = [(words, False) for words in _cut(strand.recommendation, second.characters, 8)]
    drawing.parts.append(_path(f"M10 {bottom:.0f} V{joint:.0f} H{second.left}"))
    bottom = _box(drawing, second, bottom + GAP / 2, said, ACCENT)
    stem = bottom
    for link in strand.links:
        joint = bottom + GAP / 2 + PAD + LINE
        drawing.parts.append(_path(f"M31 {stem:.0f} V{joint:.0f} H{third.left}"))
        bottom = _action_box(drawing, third, bottom + GAP / 2, link)
        bottom = _impact_box(drawing, third, bottom, link)
    if not strand.links:
        drawing.parts.append(_text(third.left, bottom + LINE, "No action yet", CONTEXT))
        bottom += LINE
    drawing.bottom = bottom + 2 * GAP


def _action_box(drawing: _Drawing, column: _Column, top: float, link: Link) -> float:
    lines = [(words, True) for words in _cut(link.action, column.characters, 4)]
    lines += [(words, False) for words in wrapped(f"{link.agency}. {link.state}.", column.characters)]
    return _box(drawing, column, top, lines, ACT if link.is_late else ACCENT)


def _impact_box(drawing: _Drawing, column: _Column, top: float, link: Link) -> float:
    colour, sign = _TONES[link.tone]
    lines = [(words, True) for words in wrapped(f"{sign}{link.impact}", column.characters)]
    return _box(drawing, column, top, lines, colour, dashed=link.tone == "open", ink=colour)


def _box(
    drawing: _Drawing,
    column: _Column,
    top: float,
    lines: list[tuple[str, bool]],
    colour: str,
    *,
    dashed: bool = False,
    ink: str = TEXT,
) -> float:
    """A box with lines of text; gives its lower edge. What is not known yet is dashed, so not told by colour alone."""
    height = 2 * PAD + LINE * len(lines)
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    drawing.parts.append(
        f'<rect x="{column.left:.0f}" y="{top:.0f}" width="{column.width:.0f}" height="{height:.0f}" rx="3" '
        f'fill="{WHITE}" stroke="{colour}" stroke-width="1.5"{dash}/>'
    )
    for place, (words, bold) in enumerate(lines):
        drawing.parts.append(_text(column.left + PAD, top + PAD + LINE * (place + 0.75), words, ink, bold=bold))
    return top + height


def _cut(text: str, characters: int, most: int) -> list[str]:
    lines = wrapped(text, characters)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][: characters - 1]}…"]


def _text(x: float, y: float, words: str, ink: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.1f}" fill="{ink}"{weight}>{escape(words)}</text>'


def _line(left: float, y: float, right: float, below: float) -> str:
    return _path(f"M{left:.0f} {y:.0f} L{right:.0f} {below:.0f}")


def _elbow(left: float, y: float, right: float, below: float) -> str:
    return _path(f"M{left:.0f} {y:.0f} H{(left + right) / 2:.0f} V{below:.0f} H{right:.0f}")


def _path(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{CONTEXT}" stroke-width="1.5"/>'
