"""Who read what: the audit trail of the partnership, of one record, and of the reader."""

from collections.abc import Iterable

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import trail_about, trail_visible_to
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.audit.operations import record
from trefoil.design.frame import Crumb

from ..forms import TrailForm
from ..subjects import subjects_of
from ..tables import Table, references_of, trail_table
from ..trail_filter import READS, actors_of, csv_lines
from ..words import counted
from .frame import page, within_partnership

PER_PAGE = 50


@within(Permission.READ_TRAIL)
@require_safe
@logs_read("trail")
def trail(request: PageRequest) -> HttpResponse:
    """The events of the partnership, newest first. Reading this page is an event too."""
    events = trail_visible_to(request.standing)
    form = TrailForm(request.GET or None, actors=actors_of(events))
    shown = _paged(request, form.as_filter().apply(events) if form.is_bound else events)
    number = shown.paginator.count
    return page(
        request,
        "trail",
        title="Who read what",
        lead=f"{counted(number, 'event')}, newest first. Nothing here can be changed or removed, "
        "and opening this page is on the trail too.",
        form=form,
        shown=shown,
        table=_table(shown, request),
        question=request.GET.urlencode(),
    )


@within(Permission.READ_TRAIL)
@require_safe
def trail_download(request: PageRequest) -> HttpResponseBase:
    """The same events as a CSV file. The download is on the trail before the first line is sent."""
    standing = request.standing
    events = trail_visible_to(standing)
    form = TrailForm(request.GET, actors=actors_of(events))
    asked = form.as_filter()
    with transaction.atomic():
        found = asked.apply(events)
        newest = found.values_list("sequence", flat=True).first() or 0
        record(
            event=EventType.EXPORTED,
            by=standing.person,
            now=timezone.now(),
            partnership=standing.partnership.slug,
            subject="trail",
            detail={"format": "csv", **asked.as_detail(), **_opened(standing)},
        )
    lines = csv_lines(found.filter(sequence__lte=newest).iterator(chunk_size=1000))
    name = f"{standing.partnership.slug}-trail-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _opened(standing: Standing) -> dict[str, bool]:
    return {"opened": True} if standing.only_opened(Permission.READ_TRAIL) else {}


@within(Permission.READ_TRAIL)
@require_safe
@logs_read("trail")
def trail_of_record(request: PageRequest, *, subject: str) -> HttpResponse:
    """Who read or downloaded one record."""
    events = trail_visible_to(request.standing).filter(subject=subject, event__in=READS)
    shown = _paged(request, events)
    about = subjects_of([subject], request.standing)[subject]
    return page(
        request,
        "trail_of_record",
        title=f"Who read: {about.words}",
        lead=f"Read or downloaded {counted(shown.paginator.count, 'time')}.",
        above=(Crumb("Who read what", within_partnership(request, "trail")),),
        about=about,
        shown=shown,
        table=_table(shown, request, of_record=True),
    )


@within(Permission.READ_FIGURES)
@require_safe
def trail_mine(request: PageRequest) -> HttpResponse:
    """What the trail holds about the reader: what they did, and who read their page."""
    shown = _paged(request, trail_about(request.standing))
    return page(
        request,
        "trail_mine",
        title="What the trail holds about you",
        lead="What you read and changed, when you signed in, and who looked at your page. Newest first.",
        shown=shown,
        table=_table(shown, request),
    )


def _paged(request: PageRequest, events: QuerySet[AuditEvent]) -> Page[AuditEvent]:
    return Paginator(events, PER_PAGE).get_page(request.GET.get("page"))


def _table(events: Iterable[AuditEvent], request: PageRequest, *, of_record: bool = False) -> Table:
    listed = list(events)
    subjects = subjects_of(references_of(listed), request.standing)
    return trail_table(listed, subjects, request.standing, of_record=of_record)
