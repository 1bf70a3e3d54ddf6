"""Figures worked out from an extract: every measure, one by its breakdowns, and why others are missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.charts import LineChart, Point
from trefoil.design.frame import Crumb
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.evidence.readings import reading_of
from trefoil.indicators.periods import Period

from ..comparing_groups import counted_twin
from ..figures_file import (
    BREAKDOWNS,
    KINDS,
    ExtractFigure,
    breakdowns_held,
    parts,
    series,
)
from ..models import Extract
from ..pictures.tiles import Tile, tile_grid
from ..queries import stored_newest_first
from ..rules import extracts_visible_to
from ..storing import is_on_disk, stored, stored_folder
from ..teams import team_names
from ..together import Sourced, first_that_gives, newest_together
from ..unknown import why_unknown
from .extract_page import SMALL_NUMBERS, counted, day_words, page

SHOWN_MONTHS = 36


@dataclass(frozen=True)
class Chosen:
    """The extract whose figures are shown, and all that could be chosen, newest first. `is_all`: none was named."""

    extract: Extract
    others: list[Extract]
    is_all: bool = False

    @property
    def folder(self) -> Path:
        return stored_folder(self.extract)

    @property
    def sources(self) -> list[Extract]:
        """Those that a measure may come from, the first that can say it."""
        return self.others if self.is_all else [self.extract]

    def taking(self, extract: Extract | None) -> "Chosen":
        """The same, with the extract that was found to say what is asked."""
        return Chosen(extract or self.extract, self.others, self.is_all)


def chosen(request: PageRequest) -> Chosen | None:
    """The stored extract that the address names by `extract`, else the newest; None when none is stored, or the
    folder of none is on the disk."""
    held = [one for one in stored_newest_first(extracts_visible_to(request.standing)) if is_on_disk(one)]
    asked = request.GET.get("extract", "")
    named = [one for one in held if str(one.pk) == asked]
    if not held:
        return None
    return Chosen((named or held)[0], held, is_all=not named and len(held) > 1)


def no_figures(request: PageRequest, title: str) -> HttpResponse:
    """The page where nothing is stored yet, or where what was stored is no longer on the disk."""
    may_load = request.standing.may(Permission.EXTRACT_LOAD)
    is_lost = bool(stored_newest_first(extracts_visible_to(request.standing)))
    return page(request, "nothing_stored", title=title, lead="", may_load=may_load, is_lost=is_lost)


@dataclass(frozen=True)
class FigureLine:
    """A measure with its newest figure in words."""

    definition: Definition
    period: str
    figure: str
    counts: str
    extract: Extract


@within(Permission.EXTRACT_FIGURES)
@require_safe
def extract_figures(request: PageRequest) -> HttpResponse:
    """Every measure by theme, with its newest figure of a kind of period: from one extract, or from all together."""
    held = chosen(request)
    if held is None:
        return no_figures(request, "Figures from extracts")
    kind = _one_of(request, "kind", KINDS, "month")
    found = newest_together(held.sources, kind)
    themes: dict[str, list[FigureLine]] = {}
    for definition in catalogue():
        if sourced := found.get(definition.id):
            themes.setdefault(definition.theme.title, []).append(_line(definition, sourced))
    missing = why_unknown(stored(held.extract), set(newest_together(held.sources, "month")))
    return page(
        request,
        "figures",
        title="Figures from extracts",
        lead=_figures_lead(held, len(found)),
        offers_all=True,
        chosen=held,
        kind=kind,
        kinds=KINDS,
        themes=themes,
        missing=[(id_, catalogue()[id_].title, why) for id_, why in missing.items()],
        small_numbers=SMALL_NUMBERS,
    )


def _figures_lead(held: Chosen, many: int) -> str:
    measures = counted(many, "measure")
    if held.is_all:
        return f"{measures}, each from the newest of {len(held.others)} extracts that can say it."
    return f"{measures}, worked out from the extract taken on {day_words(held.extract.as_at)}."


def _one_of(request: PageRequest, name: str, known: Collection[str], otherwise: str) -> str:
    asked = request.GET.get(name, otherwise)
    return asked if asked in known else otherwise


def _line(definition: Definition, sourced: Sourced) -> FigureLine:
    figure = sourced.figure
    words = value_words(definition, figure)
    return FigureLine(definition, figure.period.label, words, counts_words(figure), sourced.extract)


def value_words(definition: Definition, figure: ExtractFigure) -> str:
    """The figure with its unit; a dash over a denominator of nobody."""
    return reading_of(definition).say(figure.value) or "–"


def counts_words(figure: ExtractFigure) -> str:
    """`12 of 40`; empty for a count."""
    return "" if figure.denominator is None else f"{figure.numerator:,} of {figure.denominator:,}"


@within(Permission.EXTRACT_FIGURES)
@require_safe
def extract_indicator(request: PageRequest, indicator: str) -> HttpResponse:
    """One measure: its figures over time, its newest one by a breakdown, and on a tile grid of localities."""
    definition, held = catalogue().get(indicator), chosen(request)
    if definition is None:
        raise Http404
    if held is None:
        return no_figures(request, definition.title)
    kind = _one_of(request, "kind", KINDS, "month")
    held = held.taking(first_that_gives(held.sources, indicator, kind))
    found = series(held.folder, indicator, kind)
    names = breakdowns_held(held.folder, indicator)
    by = _one_of(request, "by", names, names[0] if names else "")
    groups = _groups(held.folder, definition, found[-1], by) if found and by else []
    slug = request.standing.partnership.slug
    return page(
        request,
        "indicator",
        title=definition.title,
        lead=f"From the {held.extract} ({held.extract.agency}).",
        offers_all=True,
        more_crumbs=[Crumb("Figures", reverse("extract_figures", args=[slug]))],
        definition=definition,
        chosen=held,
        kind=kind,
        kinds=KINDS,
        by=by,
        breakdowns=[(name, BREAKDOWNS.get(name, name.capitalize())) for name in names],
        by_words=BREAKDOWNS.get(by, by.capitalize()),
        newest=found[-1] if found else None,
        newest_words=value_words(definition, found[-1]) if found else "",
        newest_counts=counts_words(found[-1]) if found else "",
        picture=_picture(definition, found) if len(found) > 1 else None,
        groups=groups,
        by_has_rows=by in BREAKDOWNS and definition.extract is not None and by not in definition.extract.dimensions,
        tiles=_tiles(definition, found[-1], groups) if by == "locality" and found and groups else (),
        compared=twin.id if (twin := counted_twin(definition)) else "",
        may_rows=request.standing.may(Permission.EXTRACT_ROWS),
        why="" if found else why_unknown(stored(held.extract), set()).get(indicator, ""),
        small_numbers=SMALL_NUMBERS,
    )


@dataclass(frozen=True)
class GroupLine:
    """A group of a breakdown: as it is stored, in words, its figure."""

    group: str
    words: str
    figure: str
    counts: str
    value: Decimal | None


def _groups(folder: Path, definition: Definition, newest: ExtractFigure, by: str) -> list[GroupLine]:
    names = team_names(folder) if by == "team" else {}
    return [
        GroupLine(
            one.group,
            _capital(names.get(one.group, one.group) or "not recorded"),
            value_words(definition, one),
            counts_words(one),
            one.value,
        )
        for one in parts(folder, definition.id, newest.period, by)
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _picture(definition: Definition, found: Sequence[ExtractFigure]) -> LineChart:
    shown = found[-SHOWN_MONTHS:]
    first, last = shown[0], shown[-1]
    return LineChart(
        title=(
            f"{value_words(definition, last)} in {last.period.label}, "
            f"{value_words(definition, first)} in {first.period.label}"
        ),
        subtitle=f"{definition.title}, from the extract",
        unit=reading_of(definition).unit_name,
        points=tuple(Point(_short(one.period), one.value) for one in shown),
        name="From the extract",
    )


def _short(period: Period) -> str:
    """`Oct 2026` for a month, so that an axis on a phone has room; other periods as they are."""
    return f"{period.start:%b %Y}" if period.kind == "month" else period.label


def _tiles(definition: Definition, newest: ExtractFigure, groups: Sequence[GroupLine]) -> tuple[SafeString, ...]:
    """The tile grid for a desk and for a phone."""
    tiles = [Tile(one.words, one.value, one.figure) for one in groups if one.group != "not recorded"]
    title = f"{definition.title} by locality, {newest.period.label}"
    drawn = (tile_grid(tiles, title=title), tile_grid(tiles, title=title, in_a_row=2))
    return tuple(mark_safe(svg) for svg in drawn)  # noqa: S308 - our own SVG, its text is escaped
