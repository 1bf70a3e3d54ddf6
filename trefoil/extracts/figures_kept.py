"""Works out every figure an extract can give, once, and keeps them beside it."""

from pathlib import Path

from django.conf import settings

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.models import Population

from .engine import compute
from .engine.known import Knowledge
from .engine.measures import measures
from .figures_file import BREAKDOWNS, KINDS, write_figures, write_journeys
from .journeys import count_journeys
from .store import StoredExtract
from .storing import Counted, as_counted

MONTHS = 36


def count_and_keep(folder: Path) -> None:
    """Write `figures.parquet` and `journeys.parquet` into the folder of a stored extract."""
    stored = StoredExtract(folder)
    counted = as_counted(stored)
    results = compute(
        [counted],
        indicators=possible(counted),
        as_at=stored.as_at,
        backend="duckdb",
        breakdowns=tuple(BREAKDOWNS),
        kinds=tuple(KINDS),
        months=MONTHS,
        populations=populations(stored.area),
        plans=settings.EXTRACT_PLANS,
    )
    write_figures(folder, results)
    write_journeys(folder, count_journeys(folder, as_at=stored.as_at))


def possible(extract: Counted) -> list[str]:
    """The indicators whose fields the extract carries: what it cannot give need not be asked for."""
    knowledge = Knowledge(extract)
    return [one.id for one in measures(catalogue()) if all(knowledge.carried(need) for need in one.needs())]


def populations(*areas: str) -> dict[str, dict[int, int]]:
    """Children aged 0 to 17 by area and mid-year."""
    found: dict[str, dict[int, int]] = {}
    for code, mid_year, children in Population.objects.filter(area__code__in=areas).values_list(
        "area__code", "mid_year", "children"
    ):
        found.setdefault(code, {})[mid_year] = children
    return found
