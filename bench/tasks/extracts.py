"""Extracts by Trefoil: read and checked, stored, every indicator of them counted. No database."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from trefoil.extracts.engine import compute
from trefoil.extracts.engine.subjects import BREAKDOWNS
from trefoil.extracts.intake import read_extract
from trefoil.extracts.intake.layouts import Context
from trefoil.extracts.store import StoredExtract, stored_extracts
from trefoil.extracts.synthesis import all_profiles, synthesise
from trefoil.extracts.synthesis.folder import write_folder

AREA = "E09000003"
KEY = b"a key for measuring, which keeps nothing secret"


def load_and_count(path: str, shape: str, as_at: str, root: str, plans: str) -> dict[str, Any]:
    """One extract from its file to its figures; processor seconds of each step, rows, indicators and figures."""
    day = date.fromisoformat(as_at)
    steps = _Steps()
    context = Context(area=AREA, as_at=day, key=KEY)
    with read_extract(Path(path), shape=shape, context=context) as intake:
        if intake.report.refused:
            raise RuntimeError(f"{path} was refused: {intake.report.findings[:3]}")
        steps.done("read and checked")
        stored = intake.store(Path(root), "1")
        steps.done("stored")
    results = compute([stored], as_at=day, months=12, plans=Path(plans))
    steps.done("counted")
    figures = results.table
    return {
        "steps": steps.spent,
        "rows": sum(stored.rows.values()),
        "indicators": len(figures["indicator"].unique()),
        "figures": figures.num_rows,
    }


def make_nation(folder: str, root: str, as_at: str, areas: int) -> dict[str, Any]:
    """Invented boroughs like the first `areas` authorities, each through the intake into the store."""
    day = date.fromisoformat(as_at)
    steps = _Steps()
    rows = 0
    for profile in list(all_profiles())[:areas]:
        raw = Path(folder) / profile.code
        write_folder(synthesise(profile, years=3, seed=1, as_at=day), raw, how="parquet")
        steps.done("made")
        context = Context(area=profile.code, as_at=day, key=KEY)
        with read_extract(raw, shape="ssd", context=context) as intake:
            rows += sum(intake.store(Path(root), "1").rows.values())
        steps.done("read, checked and stored")
    return {"steps": steps.spent, "rows": rows}


def count_nation(
    root: str, as_at: str, areas: int, *, broken_down: bool, plans: str, backend: str = "duckdb"
) -> dict[str, Any]:
    """Every indicator, every month of three years, of the first `areas` stored extracts."""
    stores: list[StoredExtract] = stored_extracts(Path(root))[:areas]
    started = time.perf_counter()
    results = compute(
        stores,
        as_at=date.fromisoformat(as_at),
        backend=backend,
        breakdowns=BREAKDOWNS if broken_down else (),
        months=36,
        plans=Path(plans),
        populations={store.area: dict.fromkeys(range(2020, 2027), 50000) for store in stores},
    )
    return {
        "areas": len(stores),
        "rows": sum(sum(store.rows.values()) for store in stores),
        "figures": len(results),
        "indicators": len(results.table["indicator"].unique()),
        "wall": time.perf_counter() - started,
    }


class _Steps:
    """Processor seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._clock: Callable[[], float] = time.process_time
        self._from = self._clock()

    def done(self, step: str) -> None:
        now = self._clock()
        self.spent[step] = self.spent.get(step, 0.0) + now - self._from
        self._from = now
