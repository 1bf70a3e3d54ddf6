"""The list of documents, one document's page, and the forms of its facts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..checking import check_words
from ..content import Written, lines_of, written
from ..enums import PublicState
from ..forms import BeginForm, FactsForm
from ..models import PublicDocument, Section
from ..operations.documents import begin_document, change_document
from ..patterns.reading import LAW, pattern_of
from ..prose import count_words
from ..queries import care_of, newest_offer, partner_lines, waits_of, with_standing
from ..rules import (
    can_move,
    check_has_own_sections,
    check_is_draft,
    documents_visible_to,
    editions_visible_to,
    may_answer,
)
from ..states import MOVES
from ..words import length_words, period_words
from .frame import asked, document_crumbs, draft_of, page, state_tag


@dataclass(frozen=True)
class ListLine:
    """A document of the list, with its newest edition."""

    document: PublicDocument
    tag: tuple[str, str]
    period: str
    edition: Any


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_list(request: PageRequest) -> HttpResponse:
    """Every document that the reader may open, the newest period first."""
    standing = request.standing
    editions = with_standing(editions_visible_to(standing), timezone.now())
    newest = {one.document_id: one for one in editions.order_by("number").defer("offer__content")}
    lines = [
        ListLine(one, state_tag(one), period_words(one.starts_on, one.ends_on), newest.get(one.pk))
        for one in documents_visible_to(standing)
    ]
    return page(
        request,
        "documents",
        title="Reports and arrangements",
        lead=_list_words(lines),
        lines=lines,
        may_begin=standing.may(Permission.RUN_PUBLISHING),
        may_write=standing.may(Permission.WRITE_PUBLISHING),
    )


def _list_words(lines: list[ListLine]) -> str:
    """What matters of the list: what waits for whom."""
    if not lines:
        return "What the partnership publishes is written here, from its own records."
    counts = [(state, sum(one.document.state == state for one in lines)) for state in PublicState]
    said = [f"{number} {state.label[:1].lower()}{state.label[1:]}" for state, number in counts if number]
    return f"{len(lines)} document{'' if len(lines) == 1 else 's'}: {', '.join(said)}."


@dataclass(frozen=True)
class SectionLine:
    """A section of the document's page: how much is written, and how much of what is asked it answers."""

    section: Section
    length: str
    figures: int
    asked: int
    answered: int
    waits: str = ""


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_document(request: PageRequest, *, pk: int) -> HttpResponse:
    """One document: its sections, the check, the partners, what happened to it."""
    standing, today = request.standing, timezone.localdate()
    document = draft_of(request, pk)
    sections = written(document, today=today)
    lines = lines_of(document, sections, eyes=standing)
    offer = newest_offer(document)
    waits = waits_of(document, today)
    with_answers = offer is not None and document.state != PublicState.DRAFT
    return page(
        request,
        "document",
        title=document.title,
        lead=_document_words(document, check_words(lines, document.law)),
        document=document,
        tag=state_tag(document),
        period=period_words(document.starts_on, document.ends_on),
        law=LAW.get(document.law, ""),
        sections=[_section_line(document, one, waits.get(one.section.pk, "")) for one in sections],
        missing=sum(one.holds_back for one in lines),
        asks=bool(lines),
        offer=offer if with_answers else None,
        partners=partner_lines(offer, today) if offer and with_answers else (),
        editions=list(with_standing(document.editions.defer("approvals"), timezone.now())),
        history=list(document.moves.select_related("moved_by")),
        care=care_of(document),
        has_care=pattern_of(document.kind).has_care,
        today=today,
        may_run=standing.may(Permission.RUN_PUBLISHING),
        may_change=not why_not(lambda: check_is_draft(document)) and standing.may(Permission.RUN_PUBLISHING),
        may_add_section=standing.may(Permission.RUN_PUBLISHING)
        and not why_not(lambda: check_is_draft(document))
        and not why_not(lambda: check_has_own_sections(document)),
        may_answer=document.state == PublicState.WITH_PARTNERS and may_answer(standing),
        moves={name: can_move(name, document, standing) for name in MOVES},
    )


def _document_words(document: PublicDocument, check: str) -> str:
    return {
        PublicState.DRAFT: check,
        PublicState.WITH_PARTNERS: "The statutory partners are reading it. Nothing in it can be changed meanwhile.",
        PublicState.APPROVED: "Every statutory partner has approved it. It can be frozen as an edition.",
        PublicState.FROZEN: "It is frozen: words, figures and approvals stay as they are.",
    }[PublicState(document.state)]


def _section_line(document: PublicDocument, one: Written, waits: str) -> SectionLine:
    items = {item.id for item in pattern_of(document.kind).items_of(one.section.key, document.law)}
    return SectionLine(
        section=one.section,
        length=length_words(count_words(one.section.prose)),
        figures=len(one.blocks),
        asked=len(items),
        answered=len(items & set(one.section.answers)),
        waits=waits,
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:new")
def publishing_new(request: DraftRequest) -> HttpResponse:
    """Begin a document."""
    standing = request.standing
    form = BeginForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Begin a document",
        lead="It starts as a draft with the sections of its kind. Several people can write in it.",
        button="Begin it",
        done="The document is begun, as a draft.",
        back=href(request, "publishing_list"),
    )
    return asked(
        request,
        ask,
        form,
        lambda: begin_document(
            partnership=standing.partnership, by=standing.person, now=timezone.now(), **form.cleaned_data
        ),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}")
def publishing_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change the title, the period or the edition of the law."""
    document = draft_of(request, pk)
    initial = {name: getattr(document, name) for name in ("title", "starts_on", "ends_on", "law")}
    form = FactsForm(sent(request), record=document, initial=initial, draft=request.draft)
    ask = Ask(
        title="Change the facts of this document",
        lead="With another edition of the law, the check asks other things.",
        button="Save",
        done="The facts are changed.",
        back=href(request, "publishing_document", pk),
        why_not=why_not(lambda: check_is_draft(document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_document(document=document, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=document_crumbs(request, document),
    )
