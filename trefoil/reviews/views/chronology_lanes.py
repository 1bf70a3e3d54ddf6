"""The chronology as a picture: a lane for each agency, to scale in time, with the same entries as a table."""

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, logs_read, within

from ..chronology.lanes import Period, lanes_picture
from ..chronology.when import day_words
from ..queries_chronology import as_read, hides_names, merged
from ..queries_lanes import in_period, marks_of, periods_of
from .chronology_frame import PER_PAGE, way_to_merged
from .frame import found_review, page


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}")
def chronology_lanes(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """All of it, the weeks before the incident, or one year; drawn wide and narrow, and as a table."""
    review = found_review(request, reference)
    entries = merged(request.standing, review)
    periods = periods_of(review, entries)
    chosen = next((one for one in periods if one.name == request.GET.get("days")), periods[0] if periods else None)
    shown = in_period(entries, chosen.period) if chosen else entries.none()
    drawn = marks_of(review, shown)
    rows = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    redactor = hides_names(request.standing, review)
    return page(
        request,
        "chronology_lanes",
        title=f"Review {reference} by agency and time",
        lead=_lead(len(drawn), chosen.period) if chosen else "Nothing has been entered yet.",
        above=way_to_merged(request, review),
        review=review,
        periods=periods,
        chosen=chosen,
        shown=rows,
        rows=list(zip(range(rows.start_index(), rows.end_index() + 1), as_read(rows, redactor), strict=False)),
        hides=redactor is not None,
        # The picture escapes every name that it draws.
        wide=SafeString(lanes_picture(drawn, chosen.period, narrow=False)) if chosen else "",
        narrow=SafeString(lanes_picture(drawn, chosen.period, narrow=True)) if chosen else "",
    )


def _lead(count: int, period: Period) -> str:
    days = f"from {day_words(period.first)} to {day_words(period.last)}, drawn to scale"
    return f"{count:,} entr{'y' if count == 1 else 'ies'} {days}."
