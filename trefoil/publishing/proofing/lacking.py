"""What a document of its kind lacks beside what the law asks: priorities of the year, panels, an owner."""

from collections.abc import Iterator, Sequence

from trefoil.plan.models import Priority

from ..enums import BlockKind, PublicKind
from ..models import PublicDocument, Section
from ..patterns.reading import pattern_of
from ..queries import care_of
from .fault import Fault, Whole
from .results import empty_sections, too_long

PRIORITIES = "priorities"


def lacking(document: PublicDocument, sections: Sequence[Section], whole: Whole) -> Iterator[Fault]:
    """What the pattern of the kind wants and is not there. At most two queries."""
    pattern = pattern_of(document.kind)
    most = {one.pk: found.most_words for one in sections if (found := pattern.section_of(one.key))}
    yield from too_long(whole, most)
    if pattern.whole:
        yield from empty_sections(whole, {one.pk: one.title for one in sections})
    if pattern.has_care and sections and care_of(document) is None:
        cure = "Name them on the page of the document."
        yield Fault("care", sections[0].pk, "Nobody owns it, and no day of review is set.", cure, blocks=True)
    if document.kind == PublicKind.YEARLY_REPORT:
        yield from _priorities_left_out(document, sections)


def _priorities_left_out(document: PublicDocument, sections: Sequence[Section]) -> Iterator[Fault]:
    """Priorities of the year that the report is about and that stand nowhere in it."""
    place = next((one for one in sections if one.key == PRIORITIES), None)
    shown = {block.shows for one in sections for block in one.blocks.all() if block.kind == BlockKind.PRIORITY}
    held = Priority.objects.filter(
        partnership=document.partnership_id,
        withdrawn_at__isnull=True,
        year__starts_on__gte=document.starts_on,
        year__starts_on__lt=document.ends_on,
    )
    for one in held.order_by("number") if place else ():
        if place and str(one.pk) not in shown:
            words = f"“{one.title}”, a priority of the year, stands nowhere in the report."
            yield Fault("priority", place.pk, words, "Put it in: each priority with its impact.", blocks=False)
