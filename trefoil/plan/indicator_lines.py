"""How a priority's indicators stand, as lines of its page: read as the pages of figures read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.page_rows import latest_words
from trefoil.people.models import Partnership


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator: its newest figure with the period, how that changed, and whether that is more than noise."""

    id: str
    title: str
    latest: str
    period: str
    change: str
    signal: str


def indicator_lines(partnership: Partnership, ids: Sequence[str]) -> list[IndicatorLine]:
    """A line for each indicator that the catalogue still has, in the order given."""
    definitions = [found for one in ids if (found := catalogue().get(one)) is not None]
    if not definitions:
        return []
    return [
        IndicatorLine(
            id=finding.definition.id,
            title=finding.definition.title,
            latest=latest_words(finding) or "No figure",
            period=finding.latest.period_label if finding.latest else "",
            change=finding.change_words,
            signal=finding.chart.words if finding.latest else "",
        )
        for finding in gather(partnership, definitions).findings
    ]
