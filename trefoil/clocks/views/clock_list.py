"""The list of clocks, late first, and the same as a file."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.indicators.intake.export import to_csv
from trefoil.indicators.views.answers import answer_with_file

from ..enums import STATUS_WORDS, Status
from ..forms import ClockFilter
from ..models import OPEN, Clock
from ..queries import status_column
from ..rules import clocks_visible_to, may_manage
from .clock_words import Line, full_words, lines_of
from .frame import href, page

PER_PAGE = 25
# Statuses whose number stands at the head of the list: what is open.
COUNTED = (Status.LATE, Status.DUE_SOON, Status.RUNNING, Status.PAUSED, Status.UNDATED, Status.FREE)
HEADINGS = (
    "Clock",
    "What it is about",
    "Time limit",
    "Edition",
    "Held to",
    "Set locally",
    "Status",
    "Started",
    "Due",
    "Done",
    "Agency",
    "Person",
    "Explained",
    "Record",
)


@within(Permission.READ_CLOCKS)
@require_safe
def clock_list(request: PageRequest) -> HttpResponse:
    """The clocks that the reader may see; a GET form narrows them down."""
    now, clocks = timezone.now(), clocks_visible_to(request.standing)
    search = ClockFilter(request.GET, clocks=clocks, today=timezone.localdate(now))
    shown = Paginator(_in_order(search.among(clocks, now)), PER_PAGE).get_page(request.GET.get("page"))
    counts = open_counts(search.beside_status(clocks), now)
    return page(
        request,
        "list",
        title="Clocks",
        lead=lead_of(counts),
        search=search,
        shown=shown,
        lines=lines_of(shown, now),
        count=shown.paginator.count,
        counts=_links(request, counts),
        may_manage=may_manage(request.standing),
        file_query=request.GET.urlencode(),
    )


def _in_order(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """What is due first stands first; what has no date comes last."""
    return clocks.order_by(F("due_at").asc(nulls_last=True), "pk")


def open_counts(clocks: QuerySet[Clock], now: datetime) -> dict[Status, int]:
    """How many open clocks there are of each status. One query over what is open alone."""
    rows = (
        clocks.filter(OPEN).order_by().annotate(status=status_column(now)).values_list("status").annotate(Count("pk"))
    )
    found = {Status(status): number for status, number in rows}
    return {status: found.get(status, 0) for status in COUNTED}


def lead_of(counts: dict[Status, int]) -> str:
    """What matters, in a sentence."""
    if not any(counts.values()):
        return "No time limit is running."
    late, soon = counts[Status.LATE], counts[Status.DUE_SOON]
    first = f"{late:,} {'is' if late == 1 else 'are'} late" if late else "Nothing is late"
    return f"{first}; {soon:,} more {'is' if soon == 1 else 'are'} due soon. What is due first stands first."


def _links(request: PageRequest, counts: dict[Status, int]) -> list[tuple[str, str, int, str]]:
    """Colour, word, number and address of each status that has any."""
    found = []
    for status, number in counts.items():
        asked = request.GET.copy()
        asked.pop("page", None)
        asked["status"] = status.value
        colour, word = STATUS_WORDS[status]
        found.append((colour, word, number, f"{href(request, 'clock_list')}?{asked.urlencode()}"))
    return [one for one in found if one[2]]


@within(Permission.READ_CLOCKS)
@require_safe
def clock_export(request: PageRequest) -> HttpResponse:
    """The same clocks as a CSV file, all of them; the download is on the trail."""
    now, clocks = timezone.now(), clocks_visible_to(request.standing)
    search = ClockFilter(request.GET, clocks=clocks, today=timezone.localdate(now))
    lines = lines_of(_in_order(search.among(clocks, now)), now)
    content = to_csv([HEADINGS, *(_row(line) for line in lines)])
    return answer_with_file(
        request,
        page="clocks",
        name=f"{request.standing.partnership.slug}-clocks-{timezone.localdate(now):%Y-%m-%d}.csv",
        content=content,
        content_type="text/csv; charset=utf-8",
        rows=len(lines),
    )


def _row(line: Line) -> tuple[str, ...]:
    clock = line.clock
    return (
        clock.reference,
        clock.label,
        line.rule_name,
        clock.edition,
        clock.limit_words,
        "yes" if clock.local_limit_id else "",
        line.word,
        full_words(clock.started_at),
        line.due,
        full_words(clock.stopped_at) if clock.stopped_at else "",
        str(clock.agency or ""),
        str(clock.person or ""),
        "yes" if clock.explained_at else "",
        clock.subject,
    )
