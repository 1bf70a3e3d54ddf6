"""A document as its readers read it: the draft with today's figures, the text put to the partners, a frozen edition."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.indicators.views.answers import answer_with_file
from trefoil.plan.views.frame import href

from ..content import is_as_frozen, read
from ..enums import EditionState, Found, PublicKind, PublicState
from ..models import Edition
from ..outputs.making import (
    CONTENT_TYPES,
    FileKind,
    approval_row,
    citation,
    file_name,
    live_content,
    paper_of_draft,
    paper_of_edition,
    written_as,
)
from ..outputs.tree import Paper
from ..queries import care_of, newest_offer, standing_of_edition
from ..rules import drafts_visible_to, editions_visible_to, may_review
from ..words import EDITION_TAGS, period_words, public_words
from .frame import document_crumbs, draft_of, page, state_tag


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_read(request: PageRequest, *, pk: int) -> HttpResponse:
    """The whole document before it is frozen: a draft as it would be now, else what was put to the partners."""
    document = draft_of(request, pk)
    offer = newest_offer(document)
    if document.is_draft or offer is None:
        content = live_content(document, today=timezone.localdate())
        note = "This is a draft. Its figures are those of today."
    else:
        day = timezone.localdate(offer.offered_at)
        content, note = offer.content, f"Words and figures are as they were put to the partners on {day:%-d %B %Y}."
    if document.state == PublicState.FROZEN:
        note = f"{note} The frozen edition has a page of its own."
    return page(
        request,
        "whole",
        title=document.title,
        lead=note,
        above=document_crumbs(request, document),
        tag=state_tag(document),
        files=_files(request, "publishing_file", pk),
        **_shown(content),
    )


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_edition(request: PageRequest, *, pk: int) -> HttpResponse:
    """A frozen edition, with its approvals, its hash, and whether it still is what was frozen."""
    edition: Edition = found_or_refused(editions_visible_to(request.standing), request, pk=pk)
    document, day = edition.document, timezone.localdate(edition.frozen_at)
    drafts = drafts_visible_to(request.standing)
    content, public = edition.offer.content, standing_of_edition(edition, timezone.now())
    care = care_of(document)
    said = public_words(EditionState(public.stands), public.published_on, None, 0)
    return page(
        request,
        "whole",
        title=content["title"],
        lead=f"Edition {edition.number}, frozen on {day:%-d %B %Y}. {said} {content['partnership']}.",
        above=document_crumbs(request, document) if drafts.filter(pk=document.pk).exists() else (),
        tag=(EDITION_TAGS[public.stands], f"Edition {edition.number}, {EditionState(public.stands).label.lower()}"),
        is_down=public.stands == EditionState.TAKEN_DOWN,
        edition=edition,
        care=care,
        is_mine=care is not None and may_review(request.standing, care),
        today=timezone.localdate(),
        approvals=[approval_row(one) for one in edition.approvals],
        citation=citation(edition),
        is_whole=is_as_frozen(edition),
        files=_files(request, "publishing_edition_file", pk),
        address=request.build_absolute_uri(href(request, "publishing_edition", edition.pk)),
        **_shown(content),
    )


def _files(request: PageRequest, name: str, pk: int) -> list[tuple[str, str]]:
    """Where the document can be had as a file: what it is, and the address."""
    return [(kind.label, href(request, name, pk, kind.value)) for kind in FileKind]


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What the page of a whole document needs of its content."""
    starts_on, ends_on = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    return {
        "kind": content["kind"],
        "panels": content["kind"] == PublicKind.LEARNING_BRIEFING.label,
        "period": period_words(starts_on, ends_on),
        "law": content["law"],
        "sections": read(content),
        "left_out": [one for one in content["check"] if one["found"] == Found.OVERRULED.value],
        "items": sum(":" not in one["key"] for one in content["check"]),
        "present": sum(one["found"] == Found.PRESENT.value for one in content["check"]),
    }


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_file(request: PageRequest, *, pk: int, file_format: str) -> HttpResponse:
    """What `publishing_read` shows, as a file with the mark of a draft on every page."""
    document = draft_of(request, pk)
    return _file(request, paper_of_draft(document, now=timezone.now()), file_format)


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_edition_file(request: PageRequest, *, pk: int, file_format: str) -> HttpResponse:
    """A frozen edition as a file."""
    edition: Edition = found_or_refused(editions_visible_to(request.standing), request, pk=pk)
    return _file(request, paper_of_edition(edition), file_format)


def _file(request: PageRequest, paper: Paper, file_format: str) -> HttpResponse:
    if file_format not in FileKind.values:
        raise Http404
    kind = FileKind(file_format)
    return answer_with_file(
        request,
        page="publishing",
        name=file_name(paper, kind),
        content=written_as(paper, kind),
        content_type=CONTENT_TYPES[kind],
        rows=len(paper.sections),
    )
