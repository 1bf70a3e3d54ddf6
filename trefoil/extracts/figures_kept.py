"""Works out every figure an extract can give, once, and keeps them beside it."""

from pathlib import Path

from django.conf import settings

from trefoil.indicators.models import Population

from .engine import compute
from .figures_file import BREAKDOWNS, KINDS, write_figures, write_journeys
from .journeys import count_journeys
from .store import StoredExtract

MONTHS = 36


def count_and_keep(folder: Path) -> None:
    """Write `figures.parquet` and `journeys.parquet` into the folder of a stored extract."""
    stored = StoredExtract(folder)
    results = compute(
        [stored],
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


def populations(*areas: str) -> dict[str, dict[int, int]]:
    """Children aged 0 to 17 by area and mid-year."""
    found: dict[str, dict[int, int]] = {}
    for code, mid_year, children in Population.objects.filter(area__code__in=areas).values_list(
        "area__code", "mid_year", "children"
    ):
        found.setdefault(code, {})[mid_year] = children
    return found
