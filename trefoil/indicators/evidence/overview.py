"""Each theme at a glance, for the first page of figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trefoil.people.models import Partnership

from ..calculation.sentences import is_older, newest_end, page_sentences
from ..calculation.targets import Rag
from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from .findings import Finding
from .gathering import gather


@dataclass(frozen=True)
class Tally:
    """How many measures, those apart whose figures are a year or more older than the newest."""

    current: int
    older: int

    def __bool__(self) -> bool:
        return bool(self.current or self.older)

    def __str__(self) -> str:
        """`3`, `3 and 2 older`, `2 older`, `0`."""
        said = [str(self.current)] if self.current or not self.older else []
        return " and ".join([*said, f"{self.older} older"] if self.older else said)


@dataclass(frozen=True)
class ThemeLine:
    """One theme: how many measures it has, have figures, miss their target, show a signal, or lack the latest."""

    theme: Theme
    measures: int
    with_figures: int
    off_target: Tally
    signals: Tally
    missing: Tally


@dataclass(frozen=True)
class Overview:
    """Every theme in the order of the pages, and the sentences over all measures.

    `newest` is the last day of the newest figure's period: what a tally calls older is older than that.
    """

    themes: tuple[ThemeLine, ...]
    sentences: tuple[str, ...]
    newest: date | None

    @property
    def has_older(self) -> bool:
        """Whether a tally of a theme holds older figures."""
        return any(tally.older for line in self.themes for tally in (line.off_target, line.signals, line.missing))

    @property
    def is_empty(self) -> bool:
        return not any(line.with_figures for line in self.themes)


def overview(partnership: Partnership) -> Overview:
    """All themes of one partnership, gathered in one go."""
    evidence = gather(partnership, tuple(catalogue()))
    by_theme: dict[Theme, list[Finding]] = {theme: [] for theme in catalogue().themes}
    for finding in evidence.findings:
        by_theme[finding.definition.theme].append(finding)
    summaries = [finding.summary for finding in evidence.shown]
    newest = newest_end(summaries)
    return Overview(
        themes=tuple(_line(theme, findings, newest) for theme, findings in by_theme.items()),
        sentences=page_sentences(summaries),
        newest=newest,
    )


def _line(theme: Theme, findings: Sequence[Finding], newest: date | None) -> ThemeLine:
    shown = [finding for finding in findings if finding.series or finding.shares]
    return ThemeLine(
        theme=theme,
        measures=len(findings),
        with_figures=sum(not finding.is_empty for finding in shown),
        off_target=_tally((one for one in shown if one.rag in (Rag.RED, Rag.AMBER)), newest),
        signals=_tally((one for one in shown if one.has_signal), newest),
        missing=_tally((one for one in shown if one.is_missing), newest),
    )


def _tally(findings: Iterable[Finding], newest: date | None) -> Tally:
    ages = [is_older(finding.summary.ends_on, newest) for finding in findings]
    return Tally(current=ages.count(False), older=ages.count(True))
