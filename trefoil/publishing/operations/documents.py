"""A document begun and its facts changed."""

from datetime import date, datetime

from django.db import transaction

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Partnership, Person

from ..due import limit_moved, limit_runs
from ..enums import PublicKind
from ..locking import locked
from ..models import PublicDocument, Section
from ..patterns.reading import pattern_of
from ..rules import check_is_draft, check_may_run

SHORTEST_TITLE = 5


@transaction.atomic
def begin_document(
    *,
    partnership: Partnership,
    kind: PublicKind,
    title: str,
    starts_on: date,
    ends_on: date,
    law: str,
    by: Person,
    now: datetime,
) -> PublicDocument:
    """Begin a document with the empty sections of its pattern. `law` is the edition it is written under, if any."""
    check_may_run(standing_of(by, partnership, now=now))
    _check_facts(PublicKind(kind), title, starts_on, ends_on, law)
    _check_title(partnership, title, but=None)
    with unless_just_entered("a document of this title"):
        begun = PublicDocument.objects.create(
            partnership=partnership,
            kind=kind,
            law=law,
            title=title.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            begun_at=now,
            begun_by=by,
            **stamp(by, now),
        )
    pattern = pattern_of(kind)
    Section.objects.bulk_create(
        Section(document=begun, key=one.key, number=number, title=one.title, **stamp(by, now))
        for number, one in enumerate(pattern.section, start=1)
    )
    detail = {"kind": PublicKind(kind).value, "law": law, "pattern_reviewed_on": pattern.reviewed_on}
    record(
        event=EventType.PUBLIC_DOCUMENT_BEGUN,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=begun.reference,
        detail=detail,
    )
    limit_runs(begun, by=by, now=now)
    return begun


@transaction.atomic
def change_document(
    *,
    document: PublicDocument,
    title: str,
    starts_on: date,
    ends_on: date,
    law: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change a draft's title, period or the edition of the law that it is checked against."""
    check_may_run(standing_of(by, document.partnership, now=now))
    check_is_draft(locked(document))
    _check_facts(PublicKind(document.kind), title, starts_on, ends_on, law)
    _check_title(document.partnership, title, but=document)
    facts = {"title": title.strip(), "starts_on": starts_on, "ends_on": ends_on, "law": law}
    with unless_just_entered("a document of this title"):
        save_if_unchanged(document, seen_version=seen_version, by=by, now=now, **facts)
    record(
        event=EventType.PUBLIC_DOCUMENT_CHANGED,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"law": law},
    )
    limit_moved(document, by=by, now=now)


def _check_facts(kind: PublicKind, title: str, starts_on: date, ends_on: date, law: str) -> None:
    if len(title.strip()) < SHORTEST_TITLE:
        raise NotAllowedError("give the document a title")
    if ends_on <= starts_on:
        raise NotAllowedError("the period that a document is about ends after it starts")
    laws = pattern_of(kind).laws
    if law not in (laws or ("",)):
        asked = "choose the edition of the law that it is written under"
        raise NotAllowedError(asked if laws else "no edition of the law asks for it: leave the edition out")


def _check_title(partnership: Partnership, title: str, *, but: PublicDocument | None) -> None:
    same = PublicDocument.objects.filter(partnership=partnership, title=title.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise NotAllowedError("there is a document of this title already")
