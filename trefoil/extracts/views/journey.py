"""The way of children from contact to plan: counts, times between, whole or by a breakdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..figures_file import BREAKDOWNS, journeys
from ..journeys import STAGES
from ..pictures.journey import Step, journey_picture
from ..together import first_with_journeys
from .extract_page import SMALL_NUMBERS, day_words, page
from .figures import chosen, no_figures

TITLES = {stage.name: stage.title for stage in STAGES}


@dataclass(frozen=True)
class GroupRow:
    """A line of the table: a group, and for each stage how many and how fast in words."""

    group: str
    cells: tuple[str, ...]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each cell with the heading it stands under."""
        return list(zip((stage.title for stage in STAGES), self.cells, strict=True))


@within(Permission.EXTRACT_FIGURES)
@require_safe
def extract_journey(request: PageRequest) -> HttpResponse:
    """The picture for the whole or one group, and the table of every group of a breakdown."""
    held = chosen(request)
    if held is None:
        return no_figures(request, "From contact to plan")
    held = held.taking(first_with_journeys(held.sources))
    by = request.GET.get("by", "")
    by = by if by in BREAKDOWNS else ""
    found = _by_group(journeys(held.folder, by))
    group = request.GET.get("group", "")
    shown = group if by and group in found else ""
    whole = found if not by else _by_group(journeys(held.folder, ""))
    steps = _steps(found[shown] if shown else whole.get("", {}))
    until = day_words(held.extract.as_at)
    title = f"From contact to plan, {shown}" if shown else "From contact to plan"
    return page(
        request,
        "journey",
        title="From contact to plan",
        lead=f"What came of the contacts and referrals of the twelve months to {until}.",
        chosen=held,
        offers_all=True,
        by=by,
        group=shown,
        groups=sorted(found) if by else [],
        breakdowns=BREAKDOWNS,
        picture_title=title,
        wide=mark_safe(journey_picture(steps, title=title)),  # noqa: S308 - our own SVG, its text is escaped
        narrow=mark_safe(journey_picture(steps, title=title, narrow=True)),  # noqa: S308 - as above
        stages=STAGES,
        rows=[_row(name or "Every child", found[name]) for name in sorted(found)],
        headings=[stage.title for stage in STAGES],
        by_words=BREAKDOWNS.get(by, ""),
        small_numbers=SMALL_NUMBERS,
    )


def _by_group(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Mapping[str, Any]]]:
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["group"], {})[row["stage"]] = row
    return found


def _steps(by_stage: Mapping[str, Mapping[str, Any]]) -> list[Step]:
    steps = []
    for stage in STAGES:
        row = by_stage.get(stage.name)
        days = row["median_days"] if row else None
        steps.append(Step(stage.title, row["count"] if row else None, TITLES.get(stage.after, ""), days))
    return steps


def _row(group: str, by_stage: Mapping[str, Mapping[str, Any]]) -> GroupRow:
    cells = []
    for step in _steps(by_stage):
        time = f" (median {step.days.normalize():f})" if step.days is not None else ""
        cells.append(f"{step.count_words if step.count is not None else '–'}{time}")
    return GroupRow(group[:1].upper() + group[1:], tuple(cells))
