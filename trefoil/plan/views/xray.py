"""The X-ray's page: what looks finished and is not, each with its reason and a link to mend it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.indicators.downloads.document import FileFormat
from trefoil.indicators.views.answers import answer_with_document

from ..files_register import xray_document
from ..forms.register import AcceptForm
from ..models import AcceptedFinding
from ..operations.accepted import accept_finding, show_finding_again
from ..queries_xray import Xray, xray_of
from ..rules_register import acceptances_visible_to
from ..words import counted, sentence
from ..xray.vocabulary import WORDS, Check, Finding, Words
from .frame import href, page, sent
from .mending import Mend, mend_of
from .register_page import Asking, answered
from .risk_forms import METHODS

# Of each check; the rest is a link away.
SHOWN, PER_PAGE = 25, 100
USUAL_ACCEPTANCE = timedelta(days=182)
# Kind of reference: the page on which it is mended.
_PAGES = {
    "action": "action_detail",
    "recommendation": "recommendation_detail",
    "priority": "priority_detail",
    "measure": "measure_detail",
    "risk": "risk_detail",
}
_KINDS = {
    "action": "Action",
    "recommendation": "Recommendation",
    "priority": "Priority",
    "measure": "Measure",
    "risk": "Risk",
}


@dataclass(frozen=True)
class Shown:
    """A finding for the page: where it is mended, what it is laid beside, and its acceptance, if any."""

    finding: Finding
    kind: str
    href: str
    beside_href: str = ""
    accepted: AcceptedFinding | None = None
    mend: Mend | None = None


@dataclass(frozen=True)
class Section:
    """One check: its words, how much it found, and what of that is shown."""

    check: Check
    words: Words
    number: int
    findings: tuple[Shown, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.findings)


@within(Permission.READ_PLAN)
@require_GET
def xray(request: PageRequest) -> HttpResponse:
    """Counts by check, then the findings of each, or with `?check=` of one page by page; below, what was accepted."""
    seen = xray_of(request.standing, today=timezone.localdate())
    chosen = next((check for check in Check if check.value == request.GET.get("check")), None)
    of_check = [one for one in seen.found if one.check is chosen]
    shown = Paginator(of_check, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "register/xray",
        title="X-ray of the plan",
        lead=_lead(seen),
        sections=[_section(request, chosen, shown, len(of_check))] if of_check and chosen else _sections(request, seen),
        shown=shown,
        is_one=bool(of_check),
        accepted=[] if of_check else [_shown(request, one, held) for one, held in seen.accepted],
        quiet=[WORDS[check].name for check in Check if all(one.check is not check for one in seen.found)],
        may_write=request.standing.may(Permission.WRITE_PLAN),
    )


def _lead(seen: Xray) -> str:
    if not seen.found:
        return "Nothing in the plan looks finished that is not."
    records = len({one.subject for one in seen.found})
    return (
        f"{counted(len(seen.found), 'finding')} about {counted(records, 'record')}: what looks finished and is not, "
        "what nobody owns, and what was asked for before."
    )


def _sections(request: PageRequest, seen: Xray) -> list[Section]:
    found: dict[Check, list[Finding]] = defaultdict(list)
    for one in seen.found:
        found[one.check].append(one)
    return [_section(request, check, found[check][:SHOWN], len(found[check])) for check in Check if found[check]]


def _section(request: PageRequest, check: Check, findings: Iterable[Finding], number: int) -> Section:
    return Section(check, WORDS[check], number, tuple(_shown(request, one) for one in findings))


def _shown(request: PageRequest, finding: Finding, accepted: AcceptedFinding | None = None) -> Shown:
    kind = finding.subject.partition(":")[0]
    beside = _page_of(request, finding.beside) if finding.beside else ""
    here = _page_of(request, finding.subject)
    return Shown(finding, _KINDS[kind], here, beside, accepted, mend_of(request, finding))


def _page_of(request: PageRequest, reference: str) -> str:
    kind, _, key = reference.partition(":")
    return href(request, _PAGES[kind], int(key))


@within(Permission.WRITE_PLAN)
@METHODS
def xray_accept(request: PageRequest) -> HttpResponse:
    """Say why a finding may stay as it is. `?key=` names it; one that is not found any more leads back."""
    key = request.GET.get("key", "")
    seen = xray_of(request.standing, today=timezone.localdate())
    finding = next((one for one in seen.found if one.key == key), None)
    if finding is None:
        return redirect(href(request, "xray"))
    form = AcceptForm(sent(request), initial={"until": timezone.localdate() + USUAL_ACCEPTANCE})

    def carry_out() -> str:
        accept_finding(
            partnership=request.standing.partnership,
            key=finding.key,
            words=f"{WORDS[finding.check].name}: {finding.title}",
            reason=form.cleaned_data["reason"],
            until=form.cleaned_data["until"],
            by=request.standing.person,
            now=timezone.now(),
        )
        return href(request, "xray")

    above = (Crumb("X-ray", href(request, "xray")),)
    facts = [("What was found", WORDS[finding.check].name), ("Where", finding.title), ("Why", finding.reason)]
    lead = "It is not shown before the day you choose. Who accepted it, and why, stays on the page and on the trail."
    asking = Asking("Accept a finding", lead, "Accept it", above, facts=facts)
    return answered(request, form, asking, carry_out, said="It is accepted, and shown again after that day.")


@within(Permission.WRITE_PLAN)
@require_POST
def xray_show_again(request: PageRequest, pk: int) -> HttpResponse:
    """Take an acceptance back."""
    accepted = found_or_refused(acceptances_visible_to(request.standing), request, pk=pk)
    try:
        show_finding_again(accepted=accepted, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, sentence(str(error)))
    else:
        messages.success(request, "It is shown again.")
    return redirect(href(request, "xray"))


@within(Permission.READ_PLAN)
@require_GET
def xray_file(request: PageRequest, file_format: str) -> HttpResponse:
    """The findings as a workbook or CSV."""
    if file_format not in list(FileFormat):
        raise Http404
    seen = xray_of(request.standing, today=timezone.localdate())
    document = xray_document(request.standing.partnership, seen.found, now=timezone.now())
    return answer_with_document(request, "x-ray", document, FileFormat(file_format))
