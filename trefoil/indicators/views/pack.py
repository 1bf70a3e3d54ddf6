"""The pack: every theme, the exceptions and the definitions as one document."""

from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..catalogue.loader import catalogue
from ..downloads.about import sources_of
from ..evidence.answering import answerers_of
from ..evidence.exceptions import exceptions_in
from ..evidence.gathering import gather
from ..evidence.waiting import returns_waiting
from ..pdf.as_at import evidence_as_at
from ..pdf.contents import PackRequest, pack_contents
from ..pdf.writing import write_pdf
from ..periods import Period, PeriodError, parse_period
from .answers import answer_with_file


@within(Permission.READ_FIGURES)
@require_GET
def pack_pdf(request: PageRequest) -> HttpResponse:
    """The document. Made in some seconds the first time; the same figures are then given at once."""
    standing, today = request.standing, timezone.localdate()
    period = _period(request.GET.get("period", ""))
    evidence = gather(standing.partnership, tuple(catalogue()))
    if period:
        evidence = evidence_as_at(evidence, period)
    answerers = answerers_of(standing.partnership, today=today, with_names=standing.may(Permission.READ_PEOPLE))
    waiting = [] if period else returns_waiting(standing, today=today)
    asked = PackRequest(
        partnership=standing.partnership,
        evidence=evidence,
        exceptions=exceptions_in(evidence, waiting, answerers, today=period.end if period else today),
        period=period,
        today=today,
        sources=[str(words) for _, words in sources_of(evidence.shown, standing.partnership)],
    )
    contents = pack_contents(asked, cache=caches["charts"])
    ending = f"-{period.code.replace('/', '-')}" if period else ""
    return answer_with_file(
        request,
        page="pack",
        name=f"{standing.partnership.slug}-pack{ending}-{today:%Y-%m-%d}.pdf",
        content=write_pdf(contents, on=today, cache=caches["charts"]),
        content_type="application/pdf",
        rows=len(contents["definitions"]),
    )


def _period(text: str) -> Period | None:
    """The period asked for; words that are none give the latest figures."""
    try:
        return parse_period(text)
    except PeriodError:
        return None
