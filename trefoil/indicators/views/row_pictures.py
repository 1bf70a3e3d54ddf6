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
from ..evidence.kept import kept
from ..evidence.page_rows import Middle, PageRow, TrendPoint, beside_words, page_row
from ..evidence.published import Setting

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


@dataclass(frozen=True)
class Columns:
    """Which comparators an area has: how its neighbours are put together (empty for none), its region, England."""

    middle: str = ""
    region: str = ""
    england: bool = False


def columns_of(findings: Iterable[Finding], setting: Setting, middle: Middle) -> Columns:
    """The columns that any row of the page fills."""
    beside = [beside_words(finding, middle) for finding in findings]
    return Columns(
        middle=middle.value if any(one.neighbours for one in beside) else "",
        region=setting.region[1] if any(one.region for one in beside) else "",
        england=any(one.england for one in beside),
    )


def drawn_rows(findings: Iterable[Finding], middle: Middle = Middle.MEDIAN) -> list[DrawnRow]:
    """The rows of a page, in the order of the findings."""
    return [_drawn_row(finding, middle) for finding in findings]


@lru_cache(maxsize=4096)
def row_markup(drawn: DrawnRow, slug: str, columns: Columns) -> SafeString:
    """A row of a theme's page. The same row is written once by this process: its content is the key."""
    context = {"drawn": drawn, "slug": slug, "columns": columns}
    return render_to_string("indicators/figures/theme_row.html", context)


@kept(1024)
def _drawn_row(finding: Finding, middle: Middle) -> DrawnRow:
    return _drawn(page_row(finding, middle))


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
