"""The rows behind a figure: only with a reason, which is on the trail before a row is shown."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import refuse, within
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import PeriodError, parse_period

from ..enums import ExtractState
from ..figures_file import BREAKDOWNS
from ..forms import ReasonForm
from ..operations.reading import read_rows
from ..rows import MOST_ROWS, Asked, NoSuchRowsError, ShownRows
from ..storing import stored_folder
from ..teams import team_names
from .extract_page import ExtractRequest, about_extract, page


@within(Permission.EXTRACT_ROWS)
@require_http_methods(["GET", "HEAD", "POST"])
@about_extract
def extract_rows(request: ExtractRequest, indicator: str, period: str, **_parts: object) -> HttpResponse:
    """Ask why, then show the rows once. Asking again needs a reason again."""
    held, standing = request.extract, request.standing
    if held.state != ExtractState.STORED:
        refuse(request, standing.person, standing.partnership.slug, Permission.EXTRACT_ROWS, pk=held.pk)
    asked = _asked(request, indicator, period)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Why do you need to see the rows?",
        hint="Your reason is on the trail, with your name, each time.",
    )
    shown: ShownRows | None = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            shown = read_rows(extract=held, asked=asked, reason=reason, by=standing.person, now=timezone.now())
        except NotAllowedError as error:
            form.add_error("reason", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        except NoSuchRowsError as wrong:
            raise Http404 from wrong
    response = page(
        request,
        "rows",
        title="The rows behind a figure",
        lead=_lead(request, asked),
        form=form,
        asked=asked,
        shown=shown,
        most=MOST_ROWS,
    )
    response["Cache-Control"] = "no-store"
    return response


def _asked(request: ExtractRequest, indicator: str, period: str) -> Asked:
    """What the address asks for. Something that no figure is worked out for is 404."""
    definition, by = catalogue().get(indicator), request.GET.get("by", "")
    if definition is None or definition.extract is None or by not in {"", *BREAKDOWNS}:
        raise Http404
    try:
        found = parse_period(period)
    except PeriodError as wrong:
        raise Http404 from wrong
    return Asked(definition, found, by, request.GET.get("group", "")[:200] if by else "")


def _lead(request: ExtractRequest, asked: Asked) -> str:
    words = f"{asked.definition.title}, {asked.period.label}"
    if not asked.breakdown:
        return words
    names = team_names(stored_folder(request.extract)) if asked.breakdown == "team" else {}
    return f"{words}, {BREAKDOWNS[asked.breakdown].lower()}: {names.get(asked.group, asked.group)}"
