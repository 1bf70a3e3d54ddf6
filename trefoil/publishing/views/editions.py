"""A document as its readers read it: the draft with today's figures, the text put to the partners, a frozen edition."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.plan.views.frame import href

from ..content import content_of, is_as_frozen, lines_of, read, written
from ..enums import Found, PublicState
from ..models import Edition, PublicDocument
from ..queries import newest_offer
from ..rules import drafts_visible_to, editions_visible_to
from ..words import period_words
from .frame import document_crumbs, draft_of, page, state_tag


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_read(request: PageRequest, *, pk: int) -> HttpResponse:
    """The whole document before it is frozen: a draft as it would be now, else what was put to the partners."""
    document = draft_of(request, pk)
    offer = newest_offer(document)
    if document.is_draft or offer is None:
        content, note = _live(document), "This is a draft. Its figures are those of today."
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
        **_shown(content),
    )


def _live(document: PublicDocument) -> dict[str, Any]:
    sections = written(document, today=timezone.localdate(), draw=True)
    return content_of(document, sections, lines_of(document, sections))


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_edition(request: PageRequest, *, pk: int) -> HttpResponse:
    """A frozen edition, with its approvals, its hash, and whether it still is what was frozen."""
    edition: Edition = found_or_refused(editions_visible_to(request.standing), request, pk=pk)
    document, day = edition.document, timezone.localdate(edition.frozen_at)
    drafts = drafts_visible_to(request.standing)
    content = edition.offer.content
    return page(
        request,
        "whole",
        title=content["title"],
        lead=f"Edition {edition.number}, frozen on {day:%-d %B %Y}. {content['partnership']}.",
        above=document_crumbs(request, document) if drafts.filter(pk=document.pk).exists() else (),
        tag=("green", f"Edition {edition.number}"),
        edition=edition,
        approvals=[(one["agency"], _approved(one)) for one in edition.approvals],
        citation=_citation(edition, day),
        is_whole=is_as_frozen(edition),
        address=request.build_absolute_uri(href(request, "publishing_edition", edition.pk)),
        **_shown(content),
    )


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What the page of a whole document needs of its content."""
    starts_on, ends_on = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    return {
        "kind": content["kind"],
        "period": period_words(starts_on, ends_on),
        "law": content["law"],
        "sections": read(content),
        "left_out": [one for one in content["check"] if one["found"] == Found.OVERRULED.value],
        "items": sum(not one["key"].startswith("block:") for one in content["check"]),
        "present": sum(one["found"] == Found.PRESENT.value for one in content["check"]),
    }


def _approved(one: dict[str, str]) -> str:
    said = f"Approved on {date.fromisoformat(one['on']):%-d %B %Y}"
    return f"{said}, {one['reference']}" if one["reference"] else said


def _citation(edition: Edition, day: date) -> str:
    """How to cite it: whose, what, which edition, when, and the first characters of the hash."""
    content = edition.offer.content
    what = f"“{content['title']}”, edition {edition.number}, {day:%-d %B %Y}"
    return f"{content['partnership']}, {what}, {edition.digest[:12]}"
