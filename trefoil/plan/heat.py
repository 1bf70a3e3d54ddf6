"""The 5 by 5 picture of risks: where each stands with its controls, and where it stood without. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from .enums_register import IMPACT_WORDS, LIKELIHOOD_WORDS, SCALE, RiskBand, band_of


@dataclass(frozen=True, slots=True)
class Placed:
    """One risk on the picture: its name (`R7`), its page, and where it stands."""

    name: str
    title: str
    href: str
    likelihood: int
    impact: int


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One square: likelihood by impact, how it is read, and the risks in it."""

    likelihood: int
    impact: int
    risks: tuple[Placed, ...]

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def band(self) -> RiskBand:
        return band_of(self.score)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The squares of one likelihood, from the lowest impact to the highest."""

    likelihood: int
    words: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows from the most likely down."""

    rows: tuple[HeatRow, ...]
    impacts: tuple[tuple[int, str], ...] = tuple(IMPACT_WORDS.items())

    @property
    def sentence(self) -> str:
        """How many stand where."""
        counts = dict.fromkeys(RiskBand, 0)
        for row in self.rows:
            for cell in row.cells:
                counts[cell.band] += len(cell.risks)
        said = [f"{count} {RiskBand(band).label.lower()}" for band, count in counts.items()]
        return f"With their controls: {', '.join(said)}."


def heat_map(risks: Iterable[Placed]) -> HeatMap:
    """Every risk in its square."""
    placed = list(risks)
    return HeatMap(
        tuple(
            HeatRow(
                likelihood,
                LIKELIHOOD_WORDS[likelihood],
                tuple(
                    HeatCell(
                        likelihood,
                        impact,
                        tuple(one for one in placed if (one.likelihood, one.impact) == (likelihood, impact)),
                    )
                    for impact in SCALE
                ),
            )
            for likelihood in reversed(SCALE)
        )
    )
