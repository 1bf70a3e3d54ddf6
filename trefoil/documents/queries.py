"""What the pages of documents ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.access.rules import Standing

from .models import Document, DocumentVersion
from .rules import documents_visible_to, versions_visible_to
from .subjects import Part


@dataclass(frozen=True)
class Listed:
    """A document with its versions, newest first, and whether the reader may open their files.

    `part` is what of the record it is filed under; None for one that belongs to the record as a whole.
    """

    document: Document
    versions: Sequence[DocumentVersion]
    opens: bool
    part: Part | None = None

    @property
    def newest(self) -> DocumentVersion:
        return self.versions[0]


def documents_about(standing: Standing, subject: str, parts: Sequence[Part] = ()) -> list[Listed]:
    """The documents of one record and of its parts that the reader may see. Three queries.

    Those that stand come before those withdrawn, and within that in the order of the parts, the record's own last.
    """
    known = {part.reference: part for part in parts}
    subjects = [subject, *known]
    held = documents_visible_to(standing).filter(subject__in=subjects).prefetch_related("versions__added_by")
    opened = set(
        versions_visible_to(standing).filter(document__subject__in=subjects).values_list("document", flat=True)
    )
    places = {reference: place for place, reference in enumerate(known)}
    listed = [Listed(one, list(one.versions.all()), one.pk in opened, known.get(one.subject)) for one in held]
    return sorted(listed, key=lambda one: (one.document.is_withdrawn, places.get(one.document.subject, len(places))))
