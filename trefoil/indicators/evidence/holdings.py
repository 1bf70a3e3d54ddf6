"""Which indicators have any figure in a partnership."""

from trefoil.people.models import Partnership

from ..catalogue.loader import catalogue
from ..models import Figure
from .published import national_of


def indicators_with_figures(partnership: Partnership) -> frozenset[str]:
    """The ids with a figure that was returned and handed in, or published for the area.

    Two queries, and three more before this process has read the pack.
    """
    returned = set(
        Figure.objects.shown().filter(partnership=partnership).values_list("indicator", flat=True).distinct().order_by()
    )
    measured = [one for one in catalogue() if one.published]
    national = national_of(partnership.area, {one.published.key for one in measured if one.published})
    return frozenset(returned | {one.id for one in measured if national.series(one)})
