"""The check of a document against the edition of the law, and a line of it set aside."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..checking import Line, check_words
from ..content import lines_of, looked_of, own_hosts, written
from ..forms import OverruleForm
from ..models import PublicDocument, TriedLink
from ..operations.links import note_trials
from ..operations.sections import overrule_line
from ..patterns.reading import LAW
from ..proofing.fault import Whole
from ..proofing.links import why_dead
from ..proofing.reading_age import measured
from ..rules import check_is_draft
from ..trying import MOST_LINKS, on_the_web, try_links
from ..words import FOUND_TAGS, LINK_TAGS
from .frame import asked, document_crumbs, draft_of, page


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_check(request: PageRequest, *, pk: int) -> HttpResponse:
    """What the edition asks for: present, and where, or missing; and figures that something is wrong with."""
    document = draft_of(request, pk)
    sections = written(document, today=timezone.localdate())
    lines = lines_of(document, sections, eyes=request.standing)
    may_overrule = request.standing.may(Permission.RUN_PUBLISHING) and document.is_draft
    return page(
        request,
        "check",
        title=f"Check: {document.title}",
        lead=check_words(lines, document.law),
        above=document_crumbs(request, document),
        document=document,
        law=LAW.get(document.law, ""),
        asked=[_tagged(one) for one in lines if one.is_asked],
        found=[_tagged(one) for one in lines if not one.is_asked],
        may_overrule=may_overrule,
        links=_links(document, looked_of(document, sections)),
        may_try=document.is_draft,
        reading=measured("\n".join(one.looked.text for one in sections)),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_overrule(request: PageRequest, *, pk: int, line: str) -> HttpResponse:
    """Set aside what is missing, with a reason that stays."""
    document = draft_of(request, pk)
    found = next((one for one in _lines(request, document) if one.key == line), None)
    form = OverruleForm(sent(request))
    ask = Ask(
        title="Set something aside",
        lead="The document can go to the partners as it is. Your reason stays, and stands in the edition.",
        button="Set it aside",
        done="It is set aside, with your reason.",
        back=href(request, "publishing_check", pk),
        facts=_facts(found) if found else (),
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
    if found is None or not found.is_open:
        return "There is nothing to set aside there, or it has been set aside already."
    return why_not(lambda: check_is_draft(document))


def _lines(request: PageRequest, document: PublicDocument) -> tuple[Line, ...]:
    return lines_of(document, written(document, today=timezone.localdate()), eyes=request.standing)


def _tagged(line: Line) -> tuple[Line, str, str]:
    return line, FOUND_TAGS[line.found], line.found.label


def _facts(found: Line) -> list[tuple[str, str]]:
    facts = [("What is asked for", found.words), ("What is missing" if found.is_asked else "What was found", found.why)]
    return [*facts, ("How to mend it", found.cure)] if found.cure else facts


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_links(request: PageRequest, *, pk: int) -> HttpResponse:
    """Try the links out: the server opens each, as a reader would."""
    document = draft_of(request, pk)
    hrefs = _to_try(looked_of(document, written(document, today=timezone.localdate())))
    form = forms.Form(sent(request))
    ask = Ask(
        title="Try the links out",
        lead="Trefoil opens each address on the web once, from this server. It takes twenty seconds at most.",
        button="Try them",
        done="The links are tried.",
        back=href(request, "publishing_check", pk),
        facts=[("Addresses", str(len(hrefs)))],
        why_not=why_not(lambda: check_is_draft(document)) or ("" if hrefs else "No link in it leads to the web."),
    )
    return asked(
        request,
        ask,
        form,
        lambda: note_trials(document=document, trials=try_links(hrefs), by=request.standing.person, now=timezone.now()),
        above=document_crumbs(request, document),
    )


def _to_try(whole: Whole) -> tuple[str, ...]:
    """The addresses on the web that stand in a document, each once, but for those known to lead nowhere."""
    found = dict.fromkeys(link for one in whole for link in one.links)
    own = own_hosts()
    return tuple(one for one in found if on_the_web(one) and not why_dead(one, own))[:MOST_LINKS]


def _links(document: PublicDocument, whole: Whole) -> list[tuple[str, TriedLink | None, str]]:
    """Each of them with what came of it the last time; None for one that nobody has tried."""
    known = {one.href: one for one in document.tried_links.select_related("tried_by")}
    tried = [(one, known.get(one)) for one in _to_try(whole)]
    return [(address, one, LINK_TAGS[one.found] if one else "") for address, one in tried]
