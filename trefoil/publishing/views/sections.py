"""A section: read with its figures, written, figures put in and taken out."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..blocks.choices import may_put_in
from ..blocks.showing import show
from ..content import read_block
from ..enums import BlockKind
from ..forms import BlockForm, SectionForm
from ..models import Block, Section
from ..operations.sections import add_block, remove_block, write_section
from ..patterns.reading import pattern_of
from ..prose import as_html, count_words
from ..rules import (
    blocks_visible_to,
    check_is_draft,
    check_not_frozen,
    comments_visible_to,
    contributions_visible_to,
    sections_visible_to,
)
from ..words import length_words
from .frame import asked, document_crumbs, page


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_section(request: PageRequest, *, pk: int) -> HttpResponse:
    """What is written, the figures as they are now, and what the law asks of this place."""
    section = _section(request, pk)
    document, today = section.document, timezone.localdate()
    pattern, standing = pattern_of(document.kind), request.standing
    found = pattern.section_of(section.key)
    blocks = blocks_visible_to(standing).filter(section=section).order_by("added_at", "pk")
    shown = [(one, read_block(show(one, document, today=today, draw=True))) for one in blocks]
    return page(
        request,
        "section",
        title=section.title,
        lead=found.ask if found else "",
        above=document_crumbs(request, document),
        section=section,
        document=document,
        length=length_words(count_words(section.prose)),
        html=SafeString(as_html(section.prose, level=1)),
        blocks=[(one, block, _mends(request, block.shown.mends)) for one, block in shown],
        items=[(one, one.id in section.answers) for one in pattern.items_of(section.key, document.law)],
        why_not=why_not(lambda: check_is_draft(document)),
        kinds=[(kind.value, kind.label) for kind in BlockKind if may_put_in(kind, standing)],
        parts=[(one, one.is_late(today)) for one in contributions_visible_to(standing).filter(section=section)],
        comments=list(comments_visible_to(standing).filter(section=section)),
        may_run=standing.may(Permission.RUN_PUBLISHING),
        may_comment=not why_not(lambda: check_not_frozen(document)),
        around=_around(request, section),
    )


def _mends(request: PageRequest, mends: tuple[str, ...]) -> str:
    """Where something can be put right, for who may go there."""
    if not mends:
        return ""
    name, *arguments = mends
    needed = {
        "publication": Permission.PREPARE_PUBLICATION,
        "budget_year": Permission.READ_BUDGET,
        "budget_years": Permission.READ_BUDGET,
        "meeting_list": Permission.READ_MEETINGS,
    }.get(name, Permission.READ_PLAN)
    return href(request, name, *arguments) if request.standing.may(needed) else ""


def _around(request: PageRequest, section: Section) -> list[tuple[str, Section]]:
    """The section before and the one after."""
    others = sections_visible_to(request.standing).filter(document=section.document)
    before = others.filter(number__lt=section.number).order_by("-number").first()
    after = others.filter(number__gt=section.number).order_by("number").first()
    return [(words, one) for words, one in (("Before", before), ("Next", after)) if one is not None]


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_section:{pk}")
def publishing_write(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Write a section."""
    section = _section(request, pk)
    document = section.document
    pattern = pattern_of(document.kind)
    found = pattern.section_of(section.key)
    initial = {"prose": section.prose, "answers": section.answers}
    form = SectionForm(sent(request), record=section, initial=initial, draft=request.draft)
    form.offer(pattern.items_of(section.key, document.law))
    ask = Ask(
        title=f"Write: {section.title}",
        lead=found.ask if found else "",
        button="Save this section",
        done="The section is saved.",
        back=href(request, "publishing_section", pk),
        why_not=why_not(lambda: check_is_draft(document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: write_section(
            section=section,
            prose=form.cleaned_data["prose"],
            answers=form.cleaned_data.get("answers", []),
            seen_version=form.cleaned_data["seen_version"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        above=section_crumbs(request, section),
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_block(request: PageRequest, *, pk: int, kind: str) -> HttpResponse:
    """Put figures into a section."""
    section = _section(request, pk)
    if kind not in BlockKind.values:
        raise Http404
    chosen = BlockKind(kind)
    form = BlockForm(sent(request))
    form.offer(chosen, request.standing)
    ask = Ask(
        title=f"Put in {chosen.label[:1].lower()}{chosen.label[1:]}",
        lead="Figures stand beneath the words of the section. They follow their records until the document is put to "
        "the partners.",
        button="Put it in",
        done="The figures stand in the section.",
        back=href(request, "publishing_section", pk),
        why_not=why_not(lambda: check_is_draft(section.document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: add_block(
            section=section, kind=chosen, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=section_crumbs(request, section),
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_block_remove(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take figures out of a section."""
    block: Block = found_or_refused(blocks_visible_to(request.standing), request, pk=pk)
    section = block.section
    shown = show(block, section.document, today=timezone.localdate(), draw=False)
    form = forms.Form(sent(request))
    ask = Ask(
        title="Take these figures out",
        lead="The records that they come from stay as they are. You can put them in again.",
        button="Take them out",
        button_kind="warning",
        done="The figures are taken out.",
        back=href(request, "publishing_section", section.pk),
        facts=[("Figures", shown.title), ("Section", section.title)],
        why_not=why_not(lambda: check_is_draft(section.document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: remove_block(block=block, by=request.standing.person, now=timezone.now()),
        above=section_crumbs(request, section),
    )


def _section(request: PageRequest, pk: int) -> Section:
    return found_or_refused(sections_visible_to(request.standing), request, pk=pk)


def section_crumbs(request: PageRequest, section: Section) -> tuple[Crumb, ...]:
    """The steps to a section's page."""
    steps = document_crumbs(request, section.document)
    return (*steps, Crumb(section.title, href(request, "publishing_section", section.pk)))
