"""How complete and valid the fields of extracts are, over time; and what an extract changed about earlier months."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.charts import Comparator, LineChart, Point
from trefoil.design.sparklines import SparkPoint
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition

from ..figures_file import ExtractFigure, Restated, compared
from ..models import Extract
from ..queries import QualityLine, QualityTotal, before, quality_lines, quality_totals, stored_newest_first
from ..rules import extracts_visible_to
from ..storing import stored_folder
from .extract_page import SMALL_NUMBERS, ExtractRequest, about_extract, counted, day_words, page
from .figures import chosen, counts_words, no_figures, value_words

MOST_EXTRACTS = 12
MOST_CHANGES = 100  # of one theme


@within(Permission.EXTRACT_FIGURES)
@require_safe
def extract_quality(request: PageRequest) -> HttpResponse:
    """Every field of the newest extract of a kind: how much is filled in and valid, beside the extracts before."""
    held = chosen(request)
    if held is None:
        return no_figures(request, "How good the extracts are")
    alike = _alike(held.extract, held.others)
    lines = quality_lines(alike)
    days = [day_words(one.as_at) for one in reversed(alike)]
    worst = request.GET.get("show") != "all"
    shown = [line for line in lines if line.newest.valid < line.newest.rows] if worst else lines
    totals = quality_totals(list(reversed(alike)))
    return page(
        request,
        "quality",
        title="How good the extracts are",
        lead=f"Each field of {held.extract}: in how many rows it is filled in, and in how many with a valid value.",
        chosen=held,
        tables=_by_table(shown, days),
        days=days,
        picture=_picture(held.extract, totals) if len(totals) > 1 else None,
        worst=worst,
        fields=counted(len(lines), "field"),
        whole=len(lines) - len([line for line in lines if line.newest.valid < line.newest.rows]),
    )


def _alike(extract: Extract, others: Sequence[Extract]) -> list[Extract]:
    """The extract, and those of the same agency and kind before it; newest first."""
    own = (extract.as_at, extract.received_at)
    alike = [one for one in others if (one.agency_id, one.shape) == (extract.agency_id, extract.shape)]
    return [one for one in alike if (one.as_at, one.received_at) <= own][:MOST_EXTRACTS]


def _picture(extract: Extract, totals: Sequence[QualityTotal]) -> LineChart:
    """All fields together, one point for each extract, oldest first."""
    filled = tuple(_percent(one.filled, one.rows) for one in totals)
    points = tuple(Point(day_words(one.extract.as_at), _percent(one.valid, one.rows)) for one in totals)
    first, last = points[0], points[-1]
    return LineChart(
        title=f"{last.value}% of all values were valid on {last.label}, {first.value}% on {first.label}",
        subtitle=f"{extract.get_shape_display()}, {extract.agency}: all fields together, by the day taken",
        unit="%",
        points=points,
        name="Valid",
        comparators=(Comparator("Filled in", filled),),
        zero_based=False,
    )


def _percent(part: int, whole: int) -> Decimal:
    """To a tenth, rounded down as in the table."""
    return Decimal(part * 1000 // whole) / 10


@dataclass(frozen=True)
class FieldLine:
    """One field in words; `trend` is each extract's day with the share valid in it, oldest first."""

    field: str
    rows: str
    filled: str
    valid: str
    trend: list[tuple[str, str]]
    spark: list[SparkPoint]


def _by_table(lines: Sequence[QualityLine], days: Sequence[str]) -> dict[str, list[FieldLine]]:
    found: dict[str, list[FieldLine]] = {}
    for line in lines:
        one = line.newest
        found.setdefault(one.table, []).append(
            FieldLine(
                one.field,
                f"{one.rows:,}",
                share_words(one.filled * 1000 // one.rows if one.rows else None),
                share_words(one.valid * 1000 // one.rows if one.rows else None),
                list(zip(days, map(share_words, line.shares), strict=True)),
                [SparkPoint(day, _tenths(share)) for day, share in zip(days, line.shares, strict=True)],
            )
        )
    return found


def _tenths(share: int | None) -> Decimal | None:
    return None if share is None else Decimal(share) / 10


def share_words(tenths: int | None) -> str:
    """Tenths of a percent, rounded down so that 100% means every row: `99.4%`."""
    return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}%"


@within(Permission.EXTRACT_FIGURES)
@require_safe
@about_extract
def extract_changes(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """Figures of months that both this extract and the one before it hold, and that differ."""
    held = request.extract
    earlier = before(held, stored_newest_first(extracts_visible_to(request.standing))) if held.is_stored else None
    if earlier is None:
        return page(request, "changes", title="What changed", lead="", earlier=None, restated=[], small_numbers="")
    found = compared(stored_folder(earlier), stored_folder(held))
    return page(
        request,
        "changes",
        title="What changed since the extract before",
        lead=_lead(found.in_both, len(found.restated)),
        earlier=earlier,
        old_day=day_words(earlier.as_at),
        new_day=day_words(held.as_at),
        restated=_by_theme(found.restated),
        small_numbers=SMALL_NUMBERS,
    )


def _lead(in_both: int, restated: int) -> str:
    if not in_both:
        return "The two extracts have no month in common."
    if not restated:
        return f"{counted(in_both, 'monthly figure')} can be compared, and none has changed."
    have = "has" if restated == 1 else "have"
    compared_words = counted(in_both, "monthly figure")
    return f"{compared_words} can be compared. {counted(restated, 'figure')} {have} changed."


@dataclass(frozen=True)
class ThemeChanges:
    """What changed in a theme: how many figures, the first of them, and how many are not listed."""

    theme: str
    many: int
    lines: list[tuple[str, str, str, str, str]]

    @property
    def unlisted(self) -> int:
        return self.many - len(self.lines)


def _by_theme(restated: Sequence[Restated]) -> list[ThemeChanges]:
    found: dict[str, list[Restated]] = {}
    for one in restated:
        found.setdefault(catalogue()[one.new.indicator].theme.title, []).append(one)
    return [ThemeChanges(theme, len(of), [_restated(one) for one in of[:MOST_CHANGES]]) for theme, of in found.items()]


def _restated(one: Restated) -> tuple[str, str, str, str, str]:
    """Id, title, month, old and new in words."""
    definition = catalogue()[one.new.indicator]
    old, new = _with_counts(definition, one.old), _with_counts(definition, one.new)
    return definition.id, definition.title, one.new.period.label, old, new


def _with_counts(definition: Definition, figure: ExtractFigure) -> str:
    """`12.5% (5 of 40)`, `36`."""
    counts = counts_words(figure)
    return f"{value_words(definition, figure)} ({counts})" if counts else value_words(definition, figure)
