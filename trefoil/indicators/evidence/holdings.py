"""Which indicators have any figure in a partnership."""

from trefoil.people.models import Partnership

from ..catalogue.loader import catalogue
from .gathering import gather


def indicators_with_figures(partnership: Partnership) -> frozenset[str]:
    """The ids with a figure to show: returned and handed in, published for the area, or worked out from these.

    The same measures that the first page of figures counts, from the same evidence.
    """
    evidence = gather(partnership, tuple(catalogue()))
    return frozenset(
        finding.definition.id
        for finding in evidence.findings
        if (finding.series or finding.shares) and not finding.is_empty
    )
