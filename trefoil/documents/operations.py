"""Attach a document, add a version, withdraw it. The row and its file are there together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Group, Partnership, Person

from . import storage
from .content import FileKind, RefusedFileError, inspect_file, plain_name
from .enums import Marking
from .models import Document, DocumentVersion
from .rules import SHORTEST_REASON, attaching, check_marking, documents_visible_to, may_withdraw
from .sealing import store_sealed
from .subjects import document_subject, whole_of

# Why a file of a sealed record was withdrawn could tell what it held, and this room's rows are not sealed.
NO_REASON_HERE = "Withdrawn by who may attach to this record. The reason is not kept here: it could tell what it held."


@transaction.atomic
def attach(
    *,
    partnership: Partnership,
    subject: str,
    title: str,
    marking: Marking,
    file: IO[bytes],
    name: str,
    by: Person,
    now: datetime,
    group: Group | None = None,
    agency: Agency | None = None,
) -> Document:
    """Attach a file to a record as a new document. `file` can be read and sought; `name` is what it is called.

    Raises NotAllowedError, in words for the screen, when the person may not or the file is not taken.
    """
    standing = attaching(by, partnership, subject, now=now)
    check_marking(marking, group, standing)
    sealed_as = _sealed_as(standing, subject)
    called = sealed_as or title.strip()
    if not called:
        raise NotAllowedError("give the document a title")
    plain, kind = _inspected(file, name)
    with _stored(file, sealed_as) as stored:
        document = Document.objects.create(
            partnership=partnership,
            subject=subject,
            title=called,
            marking=marking,
            group=group,
            agency=agency,
            attached_at=now,
            attached_by=by,
        )
        _version(document, 1, stored, _name(sealed_as, 1, plain, kind), kind, by=by, now=now)
        _record(EventType.DOCUMENT_ATTACHED, document, by=by, now=now, sha256=stored.sha256, about=subject)
    return document


@transaction.atomic
def add_version(*, document: Document, file: IO[bytes], name: str, by: Person, now: datetime) -> DocumentVersion:
    """A newer file of the same document. Raises NotAllowedError when it is the newest already, or one came between."""
    standing = attaching(by, document.partnership, document.subject, now=now)
    if not documents_visible_to(standing).filter(pk=document.pk, withdrawn_at=None).exists():
        raise NotAllowedError("this document is withdrawn, or is not yours to change")
    newest = document.versions.first()
    plain, kind = _inspected(file, name)
    sealed_as = _sealed_as(standing, document.subject)
    with _stored(file, sealed_as) as stored:
        if newest is not None and newest.sha256 == stored.sha256:
            raise NotAllowedError(f"this very file is version {newest.number} already")
        number = newest.number + 1 if newest else 1
        called = _name(sealed_as, number, plain, kind)
        version = _version(document, number, stored, called, kind, by=by, now=now)
        _record(EventType.DOCUMENT_VERSION_ADDED, document, by=by, now=now, sha256=stored.sha256, version=number)
    return version


@transaction.atomic
def withdraw(*, document: Document, reason: str, by: Person, now: datetime) -> None:
    """Withdraw a document. It stays in the list with the reason; its file stays for those who read all papers."""
    standing = standing_of(by, document.partnership, now=now)
    if not may_withdraw(standing, document, document_subject(standing, document.subject)):
        raise NotAllowedError("only who attached it, or who may attach to this record, can withdraw it")
    why = reason.strip()
    if len(why) < SHORTEST_REASON:
        raise NotAllowedError(f"say why, in at least {SHORTEST_REASON} characters")
    if _sealed_as(standing, document.subject):
        why = NO_REASON_HERE
    standing_yet = Document.objects.filter(pk=document.pk, withdrawn_at=None)
    if not standing_yet.update(withdrawn_at=now, withdrawn_by=by, withdrawn_why=why):
        raise NotAllowedError("it is withdrawn already")
    document.refresh_from_db()
    _record(EventType.DOCUMENT_WITHDRAWN, document, by=by, now=now, reason=why)


@transaction.atomic
def file_under(*, document: Document, subject: str, by: Person, now: datetime) -> None:
    """File a document under a part of its record, such as an item of an agenda, or under the record as a whole.

    Raises NotAllowedError for a part that is not the record's or is closed, and when somebody was quicker.
    """
    whole, record = whole_of(standing_of(by, document.partnership, now=now), document.subject)
    attaching(by, document.partnership, whole, now=now)
    open_parts = {part.reference for part in record.parts if part.is_open} if record else set()
    if subject != whole and subject not in open_parts:
        raise NotAllowedError("it can be filed only under a part of the record that it belongs to")
    was = document.subject
    if subject == was:
        raise NotAllowedError("it is filed there already")
    if not Document.objects.filter(pk=document.pk, subject=was, withdrawn_at=None).update(subject=subject):
        raise NotAllowedError("somebody else has filed or withdrawn it in the meantime")
    document.refresh_from_db()
    _record(EventType.DOCUMENT_FILED, document, by=by, now=now, was=was, about=subject)


def _inspected(file: IO[bytes], name: str) -> tuple[str, FileKind]:
    """The plain name and the kind. What is refused becomes the operation's own refusal."""
    try:
        plain = plain_name(name)
        return plain, inspect_file(file, plain)
    except RefusedFileError as refused:
        raise NotAllowedError(str(refused)) from refused


def _sealed_as(standing: Standing, subject: str) -> str:
    """What files of this record are called when they are sealed; nothing where they are not."""
    record = document_subject(standing, subject)
    return record.sealed_as if record else ""


def _name(sealed_as: str, number: int, plain: str, kind: FileKind) -> str:
    return f"{sealed_as}, version {number}.{kind.value}" if sealed_as else plain


@dataclass(frozen=True)
class _Kept:
    """A stored file as its row tells of it. `size` is what was sent in, sealed or not."""

    key: UUID
    size: int
    sha256: str
    is_sealed: bool


@contextmanager
def _stored(file: IO[bytes], sealed_as: str) -> Iterator[_Kept]:
    """The file in its place, for as long as its row is written; gone again when that fails."""
    try:
        if sealed_as:
            lying, size = store_sealed(file)
        else:
            lying = storage.store(file)
            size = lying.size
        stored = _Kept(lying.key, size, lying.sha256, bool(sealed_as))
    except RefusedFileError as refused:
        raise NotAllowedError(str(refused)) from refused
    kept = False
    try:
        yield stored
        kept = True
    finally:
        if not kept:
            storage.remove(stored.key)


def _version(
    document: Document, number: int, stored: _Kept, name: str, kind: FileKind, *, by: Person, now: datetime
) -> DocumentVersion:
    try:
        with transaction.atomic():
            return DocumentVersion.objects.create(
                document=document,
                number=number,
                key=stored.key,
                name=name,
                kind=kind,
                size=stored.size,
                sha256=stored.sha256,
                is_sealed=stored.is_sealed,
                added_at=now,
                added_by=by,
            )
    except IntegrityError as quicker:
        raise NotAllowedError("somebody else has added a version in the meantime; look at it first") from quicker


def _record(
    event: EventType, document: Document, *, by: Person, now: datetime, reason: str = "", **detail: str | int
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"marking": document.marking, **detail},
        reason=reason,
    )
