"""Which indicators have any figure in a partnership."""

from trefoil.people.models import Partnership

from ..catalogue.loader import catalogue
from ..enums import SHOWN_STATES
from ..models import Figure
from .published import published_table, release_stamp, setting_of


def indicators_with_figures(partnership: Partnership) -> frozenset[str]:
    """The ids with a figure that was returned and handed in, or published for the area. At most four queries."""
    returned = set(
        Figure.objects.filter(partnership=partnership, is_current=True, agency_return__state__in=SHOWN_STATES)
        .values_list("indicator", flat=True)
        .distinct()
        .order_by()
    )
    stamp = release_stamp()
    setting = setting_of(partnership.area, stamp)
    keys = {one.id: one.published.key for one in catalogue() if one.published}
    table = published_table(keys.values(), setting.codes, stamp)
    code = partnership.area.code
    return frozenset(returned | {id_ for id_, key in keys.items() if table.get(key, {}).get(code)})
