"""Child-level extracts of the nation: every indicator of 153 invented boroughs, and from one area to all."""

import os
from importlib.util import find_spec
from shutil import which
from typing import Any

from ..child import Outcome, environment, run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

AS_AT = "2026-10-31"
# All 153 authorities take about an hour to invent and load on two cores; fewer with TREFOIL_BENCH_AREAS.
ALL_AREAS = 153
NATION = min(ALL_AREAS, int(os.environ.get("TREFOIL_BENCH_AREAS", ALL_AREAS)))
# A folder of extracts that an earlier run has stored: then none is made.
KEPT = os.environ.get("TREFOIL_BENCH_STORE", "")
CURVE = tuple(sorted({1, -(-NATION // 10), -(-NATION // 3), NATION}))
NATION_SECONDS, BROKEN_DOWN_SECONDS, NATION_MB = 30, 150, 6 * 1024


def measure(place: Place) -> Section:
    """The section of the nation."""
    nation = _Nation(place, environment("test", place.new_home("nation-home")))
    aims = table(["Target", "Aim", "Measured", "Here"], nation.aims())
    return Section("Child-level extracts of the nation", (aims, nation.words(), nation.table()))


class _Nation:
    """153 invented boroughs through the intake, and every indicator of them."""

    def __init__(self, place: Place, variables: dict[str, str]) -> None:
        folder = place.new_home("nation")
        self._root = KEPT or str(folder / "store")
        self._plans = str(folder / "plans")
        self._variables = variables
        self._made = None if KEPT else self._make(str(folder / "raw"))
        self.curve = [self._count(areas) for areas in CURVE]
        self.broken_down = self._count(NATION, broken_down=True)
        self.pandas = run("extracts_plain:nation", variables, root=self._root)
        there = find_spec("pyspark") is not None and which("java") is not None
        self.spark = self._count(NATION, backend="spark-local") if there else None

    def _make(self, raw: str) -> dict[str, Any]:
        wanted = {"folder": raw, "root": self._root, "as_at": AS_AT, "areas": NATION}
        given: dict[str, Any] = run("extracts:make_nation", self._variables, **wanted).given
        return given

    def _count(self, areas: int, **more: Any) -> Outcome:
        plain = {"root": self._root, "as_at": AS_AT, "areas": areas, "plans": self._plans}
        wanted = plain | {"broken_down": False} | more
        return run("extracts:count_nation", self._variables, **wanted)

    def aims(self) -> list[tuple[str, ...]]:
        """The rows of the targets."""
        whole, parts = self.curve[-1], self.broken_down
        if NATION < ALL_AREAS:
            return [("the nation, three years", f"under {NATION_SECONDS} s", f"{NATION} areas alone", "not measured")]
        return [
            (
                "the nation, three years: every indicator, month and area",
                f"under {NATION_SECONDS} s",
                seconds(whole.seconds),
                judged(whole.seconds < NATION_SECONDS),
            ),
            ("the same: memory", f"under {NATION_MB} MB", mb(whole.peak_mb), judged(whole.peak_mb < NATION_MB)),
            (
                "the same with every breakdown",
                f"under {BROKEN_DOWN_SECONDS} s",
                seconds(parts.seconds),
                judged(parts.seconds < BROKEN_DOWN_SECONDS),
            ),
        ]

    def words(self) -> str:
        """How the nation was made, and what stands beside it."""
        spark = "" if self.spark else " Spark was not measured: no Java or no pyspark here."
        return (
            f"{NATION} invented boroughs like the real authorities, "
            f"{self.curve[-1].given['rows']:,} rows, {self._how_made()}. The pandas program holds all areas at once "
            f"and counts ten figures by month and area.{spark}"
        )

    def _how_made(self) -> str:
        if self._made is None:
            return "stored before this run"
        steps = ", ".join(f"{step} in {spent:.0f} s" for step, spent in self._made["steps"].items())
        return f"each through the intake ({steps}; processor)"

    def table(self) -> str:
        """The curve from one area to all, and what stands beside it."""
        rows = [self._line("**Trefoil**, DuckDB", one) for one in self.curve]
        rows.append(self._line("**Trefoil**, DuckDB, every breakdown", self.broken_down))
        if self.spark:
            rows.append(self._line("**Trefoil**, Spark inside this machine", self.spark))
        plain = self.pandas
        rows.append(
            (
                "pandas, ten figures",
                str(NATION),
                "–",
                f"{plain.given['figures']:,}",
                seconds(plain.seconds),
                seconds(plain.worked),
                mb(plain.peak_mb),
                "–",
            )
        )
        return table(
            ["How", "Areas", "Rows", "Figures", "Time", "Processor", "Peak memory", "Seconds for a million rows"], rows
        )

    def _line(self, how: str, one: Outcome) -> tuple[str, ...]:
        given = one.given
        return (
            how,
            str(given["areas"]),
            f"{given['rows']:,}",
            f"{given['figures']:,}",
            seconds(one.seconds),
            seconds(one.worked),
            mb(one.peak_mb),
            f"{one.seconds / given['rows'] * 1e6:.2f}",
        )
