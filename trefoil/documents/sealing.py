"""Files of records for named readers: sealed where they lie, opened when they are sent, and put under a new key."""

from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from trefoil.access.field_encryption import open_bytes, seal_bytes
from trefoil.access.sealed_field import PURPOSE

from . import storage
from .content import RefusedFileError
from .models import DocumentVersion


def store_sealed(file: IO[bytes]) -> tuple[storage.Stored, int]:
    """The file, sealed, in its place; and how long it was before. Raises RefusedFileError for one that is too long."""
    file.seek(0)
    data = file.read(settings.DOCUMENT_MAX_BYTES + 1)
    if len(data) > settings.DOCUMENT_MAX_BYTES:
        raise RefusedFileError(storage.too_long_words())
    return _sealed(data), len(data)


def opened(version: DocumentVersion) -> bytes:
    """What a sealed version holds. Raises LostKeyError."""
    return open_bytes(storage.place(version.key).read_bytes(), PURPOSE)


@transaction.atomic
def seal_files_again() -> int:
    """Put every sealed file under the newest key. How many. Part of `trefoil seal_again`.

    Each goes into a new place; the old one goes when all are written. Raises LostKeyError and leaves all as they were.
    """
    versions = list(DocumentVersion.objects.select_for_update().filter(is_sealed=True).order_by("pk"))
    written, before = [], [one.key for one in versions]
    is_whole = False
    try:
        for version in versions:
            stored = _sealed(opened(version))
            written.append(stored.key)
            version.key, version.sha256 = stored.key, stored.sha256
            version.save(update_fields=["key", "sha256"])
        is_whole = True
    finally:
        if not is_whole:
            for key in written:
                storage.remove(key)
    transaction.on_commit(partial(_remove, before))
    return len(versions)


def _remove(keys: Iterable[UUID]) -> None:
    for key in keys:
        storage.remove(key)


def _sealed(data: bytes) -> storage.Stored:
    """A sealed file is a third longer than what it holds."""
    return storage.store(BytesIO(seal_bytes(data, PURPOSE)), most=2 * settings.DOCUMENT_MAX_BYTES)
