"""Who reports to whom, drawn as boxes and lines, and the same as a nested list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from trefoil.design.charts.figures import wrapped
from trefoil.design.palette import ACCENT, CONTEXT, TEXT, WHITE

BOX, GAP, RISE = 178, 18, 44
LINE, PAD = 18, 12
CHARACTERS = 21
MOST_ABREAST = 3
"""A parent with more children than this, none of whom has children, has them beneath each other."""


@dataclass(frozen=True)
class Node:
    """One group or role: a unique key, its name, a line of detail (who chairs it), and whether to stress it."""

    key: str
    name: str
    detail: str = ""
    stressed: bool = False


@dataclass(frozen=True)
class Line:
    """`lower` reports to `upper`, both keys of nodes."""

    upper: str
    lower: str


@dataclass
class _Box:
    """A node with its place while it is laid out."""

    node: Node
    lower: list["_Box"] = field(default_factory=list)
    x: float = 0
    y: float = 0
    stacked: bool = False

    @property
    def lines(self) -> list[str]:
        return wrapped(self.node.name, CHARACTERS)

    @property
    def detail_lines(self) -> list[str]:
        return wrapped(self.node.detail, CHARACTERS + 3) if self.node.detail else []

    @property
    def height(self) -> float:
        return 2 * PAD + LINE * (len(self.lines) + len(self.detail_lines))


def organisation_chart(nodes: Sequence[Node], lines: Sequence[Line]) -> str:
    """An SVG of the nodes in layers, each under the first node that it reports to.

    A second line upwards is drawn dashed. Raises ValueError for a line to an unknown node or in a circle.
    """
    tops, boxes, others = _tree(nodes, lines)
    right = 0.0
    for top in tops:
        right = _place(top, right, 1) + GAP
    for box in boxes.values():
        box.x, box.y = box.x + GAP / 2 + 2, box.y + 2
    width = max((box.x + BOX for box in boxes.values()), default=0) + 2
    height = max((box.y + box.height for box in boxes.values()), default=0) + 2
    parts = [_connection(box) for box in boxes.values() if box.lower]
    parts += [_second_line(boxes[line.upper], boxes[line.lower]) for line in others]
    parts += [_drawn(box) for box in boxes.values()]
    label = escape("Governance chart. " + _sentences(tops), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'role="img" aria-label="{label}" focusable="false" font-family="Arial, Helvetica, sans-serif">'
        f"{''.join(parts)}</svg>"
    )


def organisation_list(nodes: Sequence[Node], lines: Sequence[Line]) -> str:
    """The same as nested HTML lists; a second line upwards is said in words. Raises ValueError as the chart does."""
    tops, boxes, others = _tree(nodes, lines)
    also = {
        key: [boxes[line.upper].node.name for line in others if line.lower == key]
        for key in {line.lower for line in others}
    }
    return _listed(tops, also)


def _tree(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[list[_Box], dict[str, _Box], list[Line]]:
    """Boxes hung under their first upper node, those at the top, and the lines left over."""
    boxes = {node.key: _Box(node) for node in nodes}
    hung: set[str] = set()
    others = []
    for line in lines:
        if line.upper not in boxes or line.lower not in boxes:
            raise ValueError(f"The line from {line.upper!r} to {line.lower!r} leads to no node.")
        if line.lower in hung:
            others.append(line)
        else:
            hung.add(line.lower)
            boxes[line.upper].lower.append(boxes[line.lower])
    tops = [box for key, box in boxes.items() if key not in hung]
    if sum(_size(top) for top in tops) != len(boxes):
        raise ValueError("Some nodes report to each other in a circle.")
    return tops, boxes, others


def _size(box: _Box) -> int:
    return 1 + sum(_size(lower) for lower in box.lower)


def _place(box: _Box, left: float, top: float) -> float:
    """Place a box above the middle of its lower ones; gives the right edge that they take together."""
    box.y = top
    below = top + box.height + RISE
    box.stacked = len(box.lower) > MOST_ABREAST and not any(lower.lower for lower in box.lower)
    if not box.lower:
        box.x = left
        return left + BOX
    if box.stacked:
        box.x = left
        for lower in box.lower:
            lower.x, lower.y = left + GAP * 1.5, below - RISE / 2
            below += lower.height + GAP * 0.75
        return left + BOX + GAP * 1.5
    right = left
    for lower in box.lower:
        right = _place(lower, right, below) + GAP
    right -= GAP
    box.x = (box.lower[0].x + box.lower[-1].x) / 2
    return max(right, box.x + BOX)


def _connection(box: _Box) -> str:
    """Straight lines from a box down to its lower ones."""
    foot = box.y + box.height
    if box.stacked:
        spine = box.x + GAP * 0.75
        ends = [lower.y + lower.height / 2 for lower in box.lower]
        path = f"M{spine:.1f} {foot:.1f} V{ends[-1]:.1f} " + " ".join(
            f"M{spine:.1f} {end:.1f} H{box.lower[0].x:.1f}" for end in ends
        )
    else:
        middle, bend = box.x + BOX / 2, foot + RISE / 2
        path = " ".join(
            f"M{middle:.1f} {foot:.1f} V{bend:.1f} H{lower.x + BOX / 2:.1f} V{lower.y:.1f}" for lower in box.lower
        )
    return f'<path d="{path}" fill="none" stroke="{CONTEXT}" stroke-width="1.5"/>'


def _second_line(upper: _Box, lower: _Box) -> str:
    """A dashed line for a further body that a group answers to, led down the gap left of the lower box."""
    lane = lower.x - GAP / 2
    side = upper.x if lane < upper.x else upper.x + BOX
    path = f"M{side:.1f} {upper.y + PAD:.1f} H{lane:.1f} V{lower.y + PAD:.1f} H{lower.x:.1f}"
    return f'<path d="{path}" fill="none" stroke="{CONTEXT}" stroke-width="1.5" stroke-dasharray="5 4"/>'


def _drawn(box: _Box) -> str:
    """A box with its name in bold and its detail beneath."""
    fill, ink = (ACCENT, WHITE) if box.node.stressed else (WHITE, TEXT)
    parts = [
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{BOX}" height="{box.height:.0f}" rx="3" fill="{fill}" '
        f'stroke="{ACCENT}" stroke-width="1.5"/>'
    ]
    texts = [(line, "bold", 15) for line in box.lines] + [(line, "normal", 13) for line in box.detail_lines]
    for place, (line, weight, size) in enumerate(texts):
        y = box.y + PAD + LINE * (place + 0.75)
        parts.append(
            f'<text x="{box.x + BOX / 2:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" '
            f'font-weight="{weight}" fill="{ink}">{escape(line)}</text>'
        )
    return "".join(parts)


def _sentences(boxes: Sequence[_Box]) -> str:
    """Each box and who reports to it."""
    words = []
    for box in boxes:
        if box.lower:
            names = ", ".join(lower.node.name for lower in box.lower)
            words.append(f"To {box.node.name} report: {names}.")
            words.append(_sentences(box.lower))
    return " ".join(word for word in words if word)


def _listed(boxes: Sequence[_Box], also: dict[str, list[str]]) -> str:
    items = []
    for box in boxes:
        text = escape(box.node.name) + (f", {escape(box.node.detail)}" if box.node.detail else "")
        if others := also.get(box.node.key):
            text += f" (also reports to {escape(' and '.join(others))})"
        items.append(f"<li>{text}{_listed(box.lower, also) if box.lower else ''}</li>")
    return f'<ul class="govuk-list govuk-list--bullet">{"".join(items)}</ul>'
