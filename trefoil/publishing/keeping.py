"""A section's words kept each time they are saved. Called by operations, with the document's row held."""

from collections.abc import Sequence
from datetime import datetime

from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Person

from .models import Section, SectionVersion


def keep_words(
    section: Section,
    prose: str,
    answers: Sequence[str],
    seen_version: int,
    *,
    by: Person,
    now: datetime,
    from_number: int | None = None,
) -> None:
    """Save the words if nobody else did, and keep them as a version.

    Words that were written before versions were kept become a version first.
    """
    before = Section.objects.get(pk=section.pk)
    if before.prose and before.changed_at and before.changed_by_id and not before.versions.exists():
        SectionVersion.objects.create(
            section=before,
            number=before.version,
            prose=before.prose,
            answers=before.answers,
            saved_at=before.changed_at,
            saved_by_id=before.changed_by_id,
        )
    save_if_unchanged(section, seen_version=seen_version, by=by, now=now, prose=prose, answers=list(answers))
    SectionVersion.objects.create(
        section=section,
        number=section.version,
        prose=prose,
        answers=list(answers),
        from_number=from_number,
        saved_at=now,
        saved_by=by,
    )
