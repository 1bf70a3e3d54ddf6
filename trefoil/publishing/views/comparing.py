"""An edition beside the last one: sections, words and figures that changed."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..differences import SectionChange, edition_changes
from ..models import Edition
from ..queries import edition_before
from ..rules import editions_visible_to
from ..words import period_words
from .after import edition_crumbs, edition_of
from .frame import page


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_compare(request: PageRequest, *, pk: int) -> HttpResponse:
    """What is different from the last edition of this document, or from the last document of its kind."""
    edition = edition_of(request, pk)
    before = edition_before(edition, editions_visible_to(request.standing))
    changes = edition_changes(before.offer.content, edition.offer.content) if before else ()
    return page(
        request,
        "compare",
        title=f"What changed: {edition.offer.content['title']}",
        lead=_lead(changes) if before else "",
        above=edition_crumbs(request, edition),
        edition=edition,
        before=before,
        of_before=_named(before) if before else "",
        of_after=_named(edition),
        changes=[one for one in changes if one.differs],
        same=[one.title for one in changes if not one.differs],
    )


def _named(edition: Edition) -> str:
    """`Yearly report, edition 1, 1 April 2025 to 31 March 2026`, of what the edition itself says."""
    content, document = edition.offer.content, edition.document
    period = period_words(document.starts_on, document.ends_on)
    return f"{content['title']}, edition {edition.number}, {period}"


def _lead(changes: tuple[SectionChange, ...]) -> str:
    """How much changed, in a sentence."""
    counted = [
        ("added", sum(one.did == "added" for one in changes)),
        ("taken out", sum(one.did == "removed" for one in changes)),
        ("changed", sum(one.did == "same" and one.differs for one in changes)),
    ]
    said = [f"{number} {what}" for what, number in counted if number]
    figures = sum(block.differs for one in changes for block in one.blocks)
    if not said:
        return "No word and no figure changed."
    whole = f"Of {len(changes)} sections: {', '.join(said)}."
    return f"{whole} {figures} set{'' if figures == 1 else 's'} of figures changed." if figures else whole
