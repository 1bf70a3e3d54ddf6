"""The mapping from what a pack prints to what the dictionary calls it, read from the shipped CSV file."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKS = Path(__file__).parents[2] / "packs"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a printed row is: an indicator, a breakdown of it, and the part it plays there."""

    indicator: str
    breakdown: str
    role: str


class PackMapping:
    """Looks printed rows up by page, measure, breakdown and unit; `*` is any breakdown but a blank one."""

    def __init__(self, lines: list[dict[str, str]]) -> None:
        self._lines = {
            (line["page"], line["measure"], line["breakdown"], line["unit"]): Mapped(
                line["indicator"], line["figure_breakdown"], line["role"]
            )
            for line in lines
        }

    def find(self, page: str, measure: str, breakdown: str, unit: str) -> Mapped | None:
        """What the printed row is, or None when no line of the mapping fits."""
        exact = self._lines.get((page, measure, breakdown, unit))
        if exact or not breakdown:
            return exact
        loose = self._lines.get((page, measure, ANY, unit))
        if loose is None:
            return None
        return Mapped(loose.indicator, loose.breakdown.replace("{breakdown}", breakdown), loose.role)

    @property
    def measures(self) -> frozenset[str]:
        """Every printed measure that is known."""
        return frozenset(measure for _, measure, _, _ in self._lines)


@cache
def performance_matters() -> PackMapping:
    """The mapping of the Performance Matters pack."""
    text = (PACKS / "performance_matters.csv").read_text(encoding="utf-8")
    return PackMapping(list(csv.DictReader(text.splitlines())))
