"""The small pictures of a row: its trend and its arrow. The same trend is drawn once by this process."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trefoil.design.sparklines import Sparkline, SparkPoint, sparkline
from trefoil.design.statuses import ARROWS, STATUSES
from trefoil.design.statuses import Arrow as Picture

from ..calculation.change import Arrow
from ..evidence.findings import Finding
from ..evidence.page_rows import Middle, PageRow, TrendPoint, page_row

_PICTURES = {
    Arrow.UP_GOOD: ARROWS["up", "better"],
    Arrow.UP_BAD: ARROWS["up", "worse"],
    Arrow.DOWN_GOOD: ARROWS["down", "better"],
    Arrow.DOWN_BAD: ARROWS["down", "worse"],
    Arrow.LEVEL: ARROWS["level", "neutral"],
    Arrow.UP: ARROWS["up", "neutral"],
    Arrow.DOWN: ARROWS["down", "neutral"],
}


@dataclass(frozen=True)
class DrawnRow:
    """A row with its pictures and the colours of its tags."""

    row: PageRow
    line: Sparkline | None
    arrow: Picture | None
    rag_colour: str
    signal_colour: str


def drawn_rows(findings: Iterable[Finding], middle: Middle = Middle.MEDIAN) -> list[DrawnRow]:
    """The rows of a page, in the order of the findings."""
    return [_drawn(page_row(finding, middle)) for finding in findings]


@lru_cache(maxsize=4096)
def row_markup(drawn: DrawnRow, slug: str, middle: Middle, region: str) -> SafeString:
    """A row of a theme's page. The same row is written once by this process: its content is the key."""
    context = {"drawn": drawn, "slug": slug, "middle": middle, "region": region}
    return render_to_string("indicators/figures/theme_row.html", context)


def _drawn(row: PageRow) -> DrawnRow:
    return DrawnRow(
        row=row,
        line=trend_line(row.trend, row.trend_unit) if len(row.trend) > 1 else None,
        arrow=_PICTURES[row.arrow] if row.arrow else None,
        rag_colour=STATUSES[row.rag_status][0],
        signal_colour=STATUSES[row.signal_status][0] if row.signal_status else "",
    )


@lru_cache(maxsize=4096)
def trend_line(trend: tuple[TrendPoint, ...], unit: str) -> Sparkline:
    """The trend as shapes and words."""
    return sparkline([SparkPoint(point.label, point.value, point.signal) for point in trend], unit=unit)
