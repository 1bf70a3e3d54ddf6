"""What the pages of documents ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from trefoil.access.rules import Standing

from .models import Document, DocumentVersion
from .rules import documents_visible_to, versions_visible_to


@dataclass(frozen=True)
class Listed:
    """A document with its versions, newest first, and whether the reader may open their files."""

    document: Document
    versions: Sequence[DocumentVersion]
    opens: bool

    @property
    def newest(self) -> DocumentVersion:
        return self.versions[0]


def documents_about(standing: Standing, subject: str) -> list[Listed]:
    """The documents of one record that the reader may see, those that stand before those withdrawn. Three queries."""
    held = documents_visible_to(standing).about(subject).prefetch_related("versions__added_by")
    opened = set(versions_visible_to(standing).filter(document__subject=subject).values_list("document", flat=True))
    listed = [Listed(one, list(one.versions.all()), one.pk in opened) for one in held]
    return sorted(listed, key=lambda one: one.document.is_withdrawn)
