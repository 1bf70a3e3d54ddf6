"""Yearly figures of child death reviews: years pooled, small numbers hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.clocks.views.clock_words import lines_of
from trefoil.design.frame import Crumb
from trefoil.indicators.suppression.published import PublishedTable
from trefoil.reviews.forms import ReasonForm

from ..enums import AgeGroup, EthnicGroup, Expected, Sex
from ..figures import CLOSED, IN_TIME, NOT_IN_TIME, NOTIFIED, Block, blocks_of_today, shown_of
from ..forms_review import ReportForm
from ..hierarchy import categories
from ..operations.reports import note_report, take_back_report
from ..queries import report_clocks_of, reports_of
from .frame import METHODS, form_page, href, page, sent, way

_YES_NO = ("yes", "no")
_TIMES = (IN_TIME, NOT_IN_TIME)
TABLES: tuple[tuple[str, str, str, Sequence[str]], ...] = (
    ("Deaths notified, by age", "Age", NOTIFIED, AgeGroup.labels),
    ("Deaths notified, by sex", "Sex", NOTIFIED, Sex.labels),
    ("Deaths notified, by ethnic group", "Ethnic group", NOTIFIED, EthnicGroup.labels),
    ("Deaths notified, expected or not", "Expected", NOTIFIED, Expected.labels),
    ("Deaths notified, with a joint agency response", "Joint agency response", NOTIFIED, _YES_NO),
    ("Reviews closed, by category", "Category", CLOSED, [str(one) for one in categories()]),
    ("Reviews closed, with modifiable factors", "Modifiable factors", CLOSED, _YES_NO),
    ("Reviews closed, with a key worker and support for the family on record", "Family support", CLOSED, _YES_NO),
    ("Notice within the time limit", "Notice", NOTIFIED, _TIMES),
    ("Review meeting within the time limit", "Review meeting", CLOSED, _TIMES),
    ("Panel within the time limit", "Panel", CLOSED, _TIMES),
)


@dataclass(frozen=True)
class Pooled:
    """A block of years on the page."""

    block: Block
    tables: list[tuple[str, list[tuple[str, str]]]]
    is_empty: bool
    notes: Sequence[str]


@within(Permission.KNOW_OF_DEATHS)
@require_safe
def death_figures(request: PageRequest) -> HttpResponse:
    """Each whole block of years. The years under way are not shown: their numbers are too small."""
    partnership = request.standing.partnership
    pools = [_pooled(one, shown_of(partnership, one)) for one in blocks_of_today()]
    return page(
        request,
        "figures",
        title="Child deaths: yearly figures",
        lead="Years are pooled by three, and small numbers are hidden, so that no child can be told.",
        above=way(request),
        pools=pools,
        reports=reports_of(partnership),
        next_report=lines_of(report_clocks_of(partnership), timezone.now()),
        runs=request.standing.may(Permission.RUN_DEATHS),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_report_new(request: PageRequest) -> HttpResponse:
    """The partners published a report."""
    form = ReportForm(sent(request), initial={"published_on": timezone.localdate()})
    return form_page(
        request,
        form=form,
        run=lambda: note_report(
            partnership=request.standing.partnership,
            by=request.standing.person,
            now=timezone.now(),
            **form.cleaned_data,
        ),
        done="It is on record. The time to the next report runs.",
        to=href(request, "death_figures"),
        button="Put it on record",
        title="A report of the child death review partners",
        lead="What they did and how well it worked. The law says when they think it right; a year is custom.",
        above=_way_to_figures(request),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_report_back(request: PageRequest, *, pk: int) -> HttpResponse:
    """A report was put on record in error."""
    reports = request.standing.partnership.death_reports.filter(undone_at__isnull=True)
    report, form = found_or_refused(reports, request, pk=pk), ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_back_report(
            report=report, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="It is taken back.",
        to=href(request, "death_figures"),
        button="Take it back",
        kind="warning",
        title="Take a report back",
        lead=f"“{report.title}”, {report.published_on:%-d %B %Y}. For what was put on record in error.",
        above=_way_to_figures(request),
    )


def _way_to_figures(request: PageRequest) -> tuple[Crumb, ...]:
    return (*way(request), Crumb("Yearly figures", href(request, "death_figures")))


def _pooled(block: Block, shown: PublishedTable) -> Pooled:
    is_empty = all(shown.cells[key].value == 0 for key in (NOTIFIED, CLOSED))
    return Pooled(block, list(_tables(shown)), is_empty, shown.notes)


def _tables(shown: PublishedTable) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for caption, name, whole, parts in TABLES:
        rows = [(_words(part), shown.cells[f"{name}: {part}"].text) for part in parts]
        rows.append(("All", shown.cells[whole].text))
        if share := shown.shares.get(name):
            rows.append((f"{_words(parts[0])}, in percent", share.text))
        yield caption, rows


def _words(part: str) -> str:
    return f"{part[:1].upper()}{part[1:]}"
