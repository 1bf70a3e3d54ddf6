"""Localities as a grid of equal tiles, in order of name: darker is higher. A tile says its figure in words too."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from textwrap import wrap

WIDTH, HEIGHT, GAP = 150, 96, 8
IN_A_ROW = 4
# Five steps of one blue; text is dark on the first three and white on the others (contrast of at least 4.5 to 1).
STEPS = (
    ("#e8f1f8", "#0b0c0c"),
    ("#c3dbec", "#0b0c0c"),
    ("#8fbbdb", "#0b0c0c"),
    ("#1d70b8", "#ffffff"),
    ("#12395c", "#ffffff"),
)
NONE = ("#f3f2f1", "#0b0c0c")


@dataclass(frozen=True, slots=True)
class Tile:
    """One locality: its figure, and the figure in words. `value` None is not known."""

    name: str
    value: Decimal | None
    words: str


def tile_grid(tiles: Sequence[Tile], *, title: str, in_a_row: int = IN_A_ROW) -> str:
    """An SVG that scales to its place; its accessible name is `title`, and each tile has a name of its own."""
    rows = -(-len(tiles) // in_a_row)
    columns = min(in_a_row, max(1, len(tiles)))
    width, height = columns * (WIDTH + GAP) - GAP, rows * (HEIGHT + GAP) - GAP
    known = [tile.value for tile in tiles if tile.value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(0))
    drawn = "".join(
        _tile(tile, place % in_a_row * (WIDTH + GAP), place // in_a_row * (HEIGHT + GAP), low, high)
        for place, tile in enumerate(tiles)
    )
    label = escape(f"{title}. " + "; ".join(f"{tile.name}: {tile.words}" for tile in tiles) + ".")
    return (
        f'<svg class="ex-tiles" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{label}" focusable="false">{drawn}</svg>'
    )


def step_of(value: Decimal, low: Decimal, high: Decimal) -> int:
    """Which fifth of the way from the lowest to the highest it lies in, 0 to 4; the middle one when all are alike."""
    if high == low:
        return 2
    return min(4, int((value - low) * 5 / (high - low)))


def _tile(tile: Tile, x: int, y: int, low: Decimal, high: Decimal) -> str:
    fill, ink = NONE if tile.value is None else STEPS[step_of(tile.value, low, high)]
    lines = wrap(tile.name, 17)[:2]
    names = "".join(
        f'<text x="{x + 10}" y="{y + 24 + 18 * number}" fill="{ink}" class="ex-tiles__name">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" fill="{fill}" stroke="#505a5f" stroke-width="1"/>'
        f'{names}<text x="{x + 10}" y="{y + 82}" fill="{ink}" class="ex-tiles__figure">{escape(tile.words)}</text>'
    )
