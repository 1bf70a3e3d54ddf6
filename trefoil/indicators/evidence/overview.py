"""Each theme at a glance, for the first page of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.people.models import Partnership

from ..calculation.sentences import page_sentences
from ..calculation.targets import Rag
from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from .findings import Finding
from .gathering import gather


@dataclass(frozen=True)
class ThemeLine:
    """One theme: how many measures it has, have figures, miss their target, show a signal, or lack the latest."""

    theme: Theme
    measures: int
    with_figures: int
    off_target: int
    signals: int
    missing: int


@dataclass(frozen=True)
class Overview:
    """Every theme in the order of the pages, and three sentences over all measures."""

    themes: tuple[ThemeLine, ...]
    sentences: tuple[str, str, str]

    @property
    def is_empty(self) -> bool:
        return not any(line.with_figures for line in self.themes)


def overview(partnership: Partnership) -> Overview:
    """All themes of one partnership, gathered in one go."""
    evidence = gather(partnership, tuple(catalogue()))
    by_theme: dict[Theme, list[Finding]] = {theme: [] for theme in catalogue().themes}
    for finding in evidence.findings:
        by_theme[finding.definition.theme].append(finding)
    return Overview(
        themes=tuple(_line(theme, findings) for theme, findings in by_theme.items()),
        sentences=page_sentences([finding.summary for finding in evidence.shown]),
    )


def _line(theme: Theme, findings: Sequence[Finding]) -> ThemeLine:
    shown = [finding for finding in findings if finding.series or finding.shares]
    return ThemeLine(
        theme=theme,
        measures=len(findings),
        with_figures=sum(not finding.is_empty for finding in shown),
        off_target=sum(finding.rag in (Rag.RED, Rag.AMBER) for finding in shown),
        signals=sum(finding.has_signal for finding in shown),
        missing=sum(finding.is_missing for finding in shown),
    )
