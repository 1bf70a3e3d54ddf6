"""Sections of a document's own: added, renamed, put elsewhere, removed."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.forms.fields import give
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..forms import OwnSectionForm, PlaceForm
from ..models import PublicDocument, Section
from ..operations.own_sections import add_own_section, place_own_section, remove_own_section
from ..prose import count_words
from ..rules import check_has_own_sections, check_is_draft, check_is_own, sections_visible_to
from ..words import length_words
from .frame import asked, document_crumbs, draft_of
from .sections import section_crumbs


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:section")
def publishing_own_section(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Add a section that the document's kind does not have."""
    document = draft_of(request, pk)
    sections = sections_visible_to(request.standing).filter(document=document)
    form = OwnSectionForm(sent(request), initial={"after": sections.last()}, draft=request.draft)
    give(form, after=sections)
    ask = Ask(
        title="Add a section of its own",
        lead="For what this document says beside what its kind has. The law’s items stay with the other sections.",
        button="Add it",
        done="The section is added. Nothing is written in it yet.",
        back=href(request, "publishing_document", pk),
        why_not=why_not(lambda: check_is_draft(document)) or why_not(lambda: check_has_own_sections(document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: add_own_section(document=document, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=document_crumbs(request, document),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_section:{pk}:place")
def publishing_place(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Rename a section of the document's own, or put it elsewhere."""
    section = _section(request, pk)
    others = sections_visible_to(request.standing).filter(document=section.document).exclude(pk=pk)
    before = others.filter(number__lt=section.number).last()
    initial = {"title": section.title, "after": before.pk if before else ""}
    form = PlaceForm(sent(request), record=section, initial=initial, draft=request.draft)
    give(form, after=others)
    ask = Ask(
        title=f"Heading and place: {section.title}",
        lead="Its words and figures stay as they are.",
        button="Save",
        done="Its heading and place are saved.",
        back=href(request, "publishing_section", pk),
        why_not=_why_not(section),
    )
    return asked(
        request,
        ask,
        form,
        lambda: place_own_section(section=section, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=section_crumbs(request, section),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_section_remove(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take a section of the document's own out of it."""
    section = _section(request, pk)
    form = forms.Form(sent(request))
    ask = Ask(
        title="Remove this section",
        lead="It stands in the document no more. Its words stay on record; they cannot be put back here.",
        button="Remove it",
        button_kind="warning",
        done="The section is removed.",
        back=href(request, "publishing_document", section.document_id),
        facts=[("Section", section.title), ("Written", length_words(count_words(section.prose)))],
        why_not=_why_not(section),
    )
    return asked(
        request,
        ask,
        form,
        lambda: remove_own_section(section=section, by=request.standing.person, now=timezone.now()),
        above=section_crumbs(request, section),
    )


def _section(request: PageRequest, pk: int) -> Section:
    return found_or_refused(sections_visible_to(request.standing), request, pk=pk)


def _why_not(section: Section) -> str:
    document: PublicDocument = section.document
    return why_not(lambda: check_is_own(section)) or why_not(lambda: check_is_draft(document))
