"""Pages of the risk register: the list with its picture, one risk, and a file of it."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.indicators.downloads.document import FileFormat
from trefoil.indicators.views.answers import answer_with_document

from ..enums_register import IMPACT_WORDS, LIKELIHOOD_WORDS
from ..files_register import risks_document
from ..heat import HeatMap, Placed, heat_map
from ..models import Risk
from ..queries_risks import RiskLine, overdue, risk_lines
from ..rules_register import risks_visible_to
from .frame import href as at
from .frame import page


@within(Permission.READ_RISKS)
@require_GET
def risk_list(request: PageRequest) -> HttpResponse:
    """The register: the picture, then every open risk, highest score first. `?closed=1` shows those that are closed."""
    closed = request.GET.get("closed") == "1"
    visible = risks_visible_to(request.standing)
    lines = risk_lines(request.standing, visible.filter(closed_at__isnull=not closed))
    today = timezone.localdate()
    return page(
        request,
        "register/risks",
        title="Closed risks" if closed else "Risk register",
        lead=_lead(lines, overdue(lines, today), closed=closed),
        above=(Crumb("Risk register", at(request, "risk_list")),) if closed else (),
        lines=lines,
        heat=None if closed or not lines else _heat(request, lines),
        closed=closed,
        today=today,
        closed_count=visible.filter(closed_at__isnull=False).count(),
        may_write=request.standing.may(Permission.WRITE_PLAN),
    )


def _lead(lines: list[RiskLine], late: int, *, closed: bool) -> str:
    if closed:
        return "Risks that were taken off the register, each with the reason."
    if not lines:
        return "What could stop the partnership from keeping children safe, and what stands against it."
    high = sum(line.band == "high" for line in lines)
    said = f"{_counted(len(lines), 'open risk')}, {high} of them high with the controls there are."
    return f"{said} {_counted(late, 'review')} overdue." if late else f"{said} Each was looked at in time."


def _counted(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else word + 's'}"


def _heat(request: PageRequest, lines: list[RiskLine]) -> HeatMap:
    return heat_map(
        Placed(
            line.risk.name,
            line.risk.title,
            at(request, "risk_detail", line.risk.pk),
            line.newest.likelihood_after,
            line.newest.impact_after,
        )
        for line in lines
    )


def risk_above(request: PageRequest, risk: Risk | None = None) -> tuple[Crumb, ...]:
    """The way to a page below the register, or below one risk."""
    register = Crumb("Risk register", at(request, "risk_list"))
    return (register, Crumb(risk.name, at(request, "risk_detail", risk.pk))) if risk else (register,)


@within(Permission.READ_RISKS)
@require_GET
def risk_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One risk: its three sentences, scores, controls, and every look at it."""
    visible = risks_visible_to(request.standing)
    risk = found_or_refused(visible, request, pk=pk)
    (line,) = risk_lines(request.standing, visible.filter(pk=risk.pk))
    today = timezone.localdate()
    return page(
        request,
        "register/risk",
        title=f"{risk.name}: {risk.title}",
        lead=_risk_lead(line, late=risk.is_review_overdue_on(today)),
        above=risk_above(request),
        line=line,
        risk=line.risk,
        newest=line.newest,
        history=line.reviews[::-1],
        words={
            "likelihood": LIKELIHOOD_WORDS[line.newest.likelihood],
            "impact": IMPACT_WORDS[line.newest.impact],
            "likelihood_after": LIKELIHOOD_WORDS[line.newest.likelihood_after],
            "impact_after": IMPACT_WORDS[line.newest.impact_after],
        },
        late=risk.is_review_overdue_on(today),
        may_write=request.standing.may(Permission.WRITE_PLAN),
    )


def _risk_lead(line: RiskLine, *, late: bool) -> str:
    if line.risk.is_closed:
        return "This risk is closed."
    scores = f"It scores {line.newest.score_after} of 25 with its controls, {line.newest.score} without."
    return f"{scores} Its review is overdue." if late else scores


@within(Permission.READ_RISKS)
@require_GET
def risk_file(request: PageRequest, file_format: str) -> HttpResponse:
    """The open risks as a workbook or CSV."""
    if file_format not in list(FileFormat):
        raise Http404
    document = risks_document(request.standing.partnership, risk_lines(request.standing), now=timezone.now())
    return answer_with_document(request, "risks", document, FileFormat(file_format))
