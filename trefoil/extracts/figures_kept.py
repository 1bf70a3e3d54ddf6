"""Works out every figure an extract can give, once, and keeps them beside it."""

from pathlib import Path

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
    )
    write_figures(folder, results.rows())
    write_journeys(folder, count_journeys(folder, as_at=stored.as_at))


def populations(area: str) -> dict[tuple[str, int], int]:
    """Children of each age group of the area, by mid-year."""
    held = Population.objects.filter(area__code=area)
    return {(area, one.mid_year): one.children for one in held}

