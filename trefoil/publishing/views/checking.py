"""The check of a document against the edition of the law, and a line of it set aside."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..checking import Line, check_words
from ..content import lines_of, written
from ..forms import OverruleForm
from ..models import PublicDocument
from ..operations.sections import overrule_line
from ..patterns.reading import LAW
from ..rules import check_is_draft
from ..words import FOUND_TAGS
from .frame import asked, document_crumbs, draft_of, page


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_check(request: PageRequest, *, pk: int) -> HttpResponse:
    """What the edition asks for: present, and where, or missing; and figures that something is wrong with."""
    document = draft_of(request, pk)
    lines = _lines(document)
    may_overrule = request.standing.may(Permission.RUN_PUBLISHING) and document.is_draft
    return page(
        request,
        "check",
        title=f"Check: {document.title}",
        lead=check_words(lines, document.law),
        above=document_crumbs(request, document),
        document=document,
        law=LAW.get(document.law, ""),
        lines=[(one, FOUND_TAGS[one.found], one.found.label) for one in lines],
        may_overrule=may_overrule,
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_overrule(request: PageRequest, *, pk: int, line: str) -> HttpResponse:
    """Set aside what is missing, with a reason that stays."""
    document = draft_of(request, pk)
    found = next((one for one in _lines(document) if one.key == line), None)
    form = OverruleForm(sent(request))
    ask = Ask(
        title="Leave something out",
        lead="The document can go to the partners without it. Your reason stays, and stands in the edition.",
        button="Leave it out",
        done="It is set aside, with your reason.",
        back=href(request, "publishing_check", pk),
        facts=[("What is asked for", found.words), ("What is missing", found.why)] if found else (),
        why_not=_why_not(document, found),
    )
    return asked(
        request,
        ask,
        form,
        lambda: overrule_line(
            document=document, line=line, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=document_crumbs(request, document),
    )


def _why_not(document: PublicDocument, found: Line | None) -> str:
    if found is None or not found.is_missing:
        return "Nothing is missing there, or it has been set aside already."
    return why_not(lambda: check_is_draft(document))


def _lines(document: PublicDocument) -> tuple[Line, ...]:
    return lines_of(document, written(document, today=timezone.localdate()))
