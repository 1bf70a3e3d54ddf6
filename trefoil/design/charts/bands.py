"""Shares of a whole, stacked to 100%: durations, categories, outcomes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from trefoil.design.charts.bars import pixels
from trefoil.design.charts.figures import (
    LINE_HEIGHT,
    NARROW,
    WIDE,
    ChartTable,
    Figure,
    Spec,
    fixed,
    framed,
    layer,
    say,
    spread,
    wrapped,
)
from trefoil.design.palette import BANDS, TEXT, WHITE, contrast

BAR, ROW = 30, 44
CHARACTER = 7


@dataclass(frozen=True)
class Band:
    """The name of one band of the whole, such as "Under 3 months"."""

    label: str


@dataclass(frozen=True)
class DistributionRow:
    """One whole: an area, a year or a group, with a count or share for each band, in the order of the bands."""

    label: str
    values: tuple[Figure | None, ...]


@dataclass(frozen=True)
class Distribution:
    """Stacked bands of 100%, dark to light. Up to five bands; raises ValueError for more or for uneven rows."""

    title: str
    subtitle: str
    unit: str
    bands: tuple[Band, ...]
    rows: tuple[DistributionRow, ...]

    def __post_init__(self) -> None:
        """Refuse what the palette or the picture cannot show."""
        if len(self.bands) > len(BANDS):
            raise ValueError(f"A distribution shows at most {len(BANDS)} bands. Join some of them.")
        if any(len(row.values) != len(self.bands) for row in self.rows):
            raise ValueError("Every row of a distribution needs one figure for each band.")

    def shares(self, row: DistributionRow) -> tuple[Decimal, ...]:
        """Each band's part of the row, 0 to 1; all 0 when the row is empty. A missing figure counts as none."""
        known = [Decimal(value or 0) for value in row.values]
        total = sum(known)
        return tuple(value / total if total else Decimal(0) for value in known)

    def table(self) -> ChartTable:
        """Row by row: the figure of each band, and its share."""
        headings = ["Group"]
        for band in self.bands:
            headings += [band.label] if self.unit == "%" else [band.label, f"{band.label}, share"]
        rows = []
        for row in self.rows:
            cells = [row.label]
            for value, share in zip(row.values, self.shares(row), strict=True):
                cells += [say(value, self.unit)] + ([] if self.unit == "%" else [_percent(share)])
            rows.append(tuple(cells))
        return tuple(headings), tuple(rows)

    def description(self) -> str:
        """Title and every share in sentences."""
        words = [f"Stacked bar chart of shares. {self.title}. {self.subtitle}."]
        for row in self.rows:
            parts = zip(self.bands, self.shares(row), strict=True)
            words.append(f"{row.label}: {', '.join(f'{b.label} {_percent(share)}' for b, share in parts)}.")
        return " ".join(words)

    def vega_lite(self, *, narrow: bool = False) -> Spec:
        """Row names at the left, bands across, shares inside bands wide enough, band names above the first row."""
        lines = [wrapped(row.label, 12 if narrow else 22) for row in self.rows]
        left = max((len(line) for label in lines for line in label), default=0) * CHARACTER + 14
        width = (NARROW if narrow else WIDE) - left - 16
        pieces = [piece for place, row in enumerate(self.rows) for piece in self._pieces(row, place, width)]
        names = [
            {"label": label, "middle": place * ROW + ROW / 2 - (len(label) - 1) * LINE_HEIGHT / 2}
            for place, label in enumerate(lines)
        ]
        layers = [*_drawn(pieces), _row_names(names), *self._band_names(pieces, width, narrow=narrow)]
        return framed(layers, width=width, height=ROW * len(self.rows))

    def _pieces(self, row: DistributionRow, place: int, width: int) -> list[Spec]:
        start, pieces = 0.0, []
        for share, fill in zip(self.shares(row), BANDS, strict=False):
            end = start + float(share) * width
            pieces.append(
                {
                    "start": start,
                    "end": end,
                    "middle_x": (start + end) / 2,
                    "top": place * ROW + (ROW - BAR) / 2,
                    "foot": place * ROW + (ROW + BAR) / 2,
                    "middle": place * ROW + ROW / 2,
                    "fill": fill,
                    "ink": WHITE if contrast(WHITE, fill) >= contrast(TEXT, fill) else TEXT,
                    "words": _percent(share) if float(share) * width >= 34 else "",
                }
            )
            start = end
        return pieces

    def _band_names(self, pieces: list[Spec], width: int, *, narrow: bool) -> list[Spec]:
        """Names above the first row, moved apart where they would touch, each tied to its band by a line."""
        first = pieces[: len(self.bands)]
        lines = [wrapped(band.label, 8 if narrow else 14) for band in self.bands]
        sizes = [max(len(line) for line in label) * CHARACTER + 6.0 for label in lines]
        places = spread([piece["middle_x"] for piece in first], sizes, float(width))
        rows = [
            {"x": place, "to": piece["middle_x"], "y": -14, "foot": 6, "label": label}
            for place, piece, label in zip(places, first, lines, strict=True)
        ]
        for row in rows:
            row["text_y"] = -16 - (len(row["label"]) - 1) * LINE_HEIGHT
        tie = {"x": across("x"), "x2": {"field": "to"}, "y": pixels("y"), "y2": {"field": "foot"}}
        text = {"x": across("x"), "y": pixels("text_y"), "text": {"field": "label", "type": "nominal"}}
        return [
            layer(rows, {"type": "rule", "color": TEXT}, tie),
            layer(rows, {"type": "text", "align": "center", "baseline": "bottom"}, text),
        ]


def across(field: str) -> Spec:
    """A horizontal place given in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"


def _drawn(pieces: list[Spec]) -> list[Spec]:
    """Bands with a white edge, and the share inside those that have room for it."""
    bands = {"x": across("start"), "x2": {"field": "end"}, "y": pixels("top"), "y2": {"field": "foot"}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    shares = {
        "x": across("middle_x"),
        "y": pixels("middle"),
        "text": {"field": "words", "type": "nominal"},
        "color": {"field": "ink", "type": "nominal", "scale": None},
    }
    mark = {"type": "rect", "opacity": 1, "stroke": "white", "strokeWidth": 1.5}
    text = {"type": "text", "align": "center", "baseline": "middle"}
    return [layer(pieces, mark, {**bands, "fill": fill}), layer(pieces, text, shares)]


def _row_names(rows: list[Spec]) -> Spec:
    encoding = {"x": fixed(-8), "y": pixels("middle"), "text": {"field": "label", "type": "nominal"}}
    return layer(rows, {"type": "text", "align": "right", "baseline": "middle"}, encoding)
