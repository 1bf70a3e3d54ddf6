"""What a crash can leave, a file that no row names; and what nothing should cause, a row whose file has changed."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from . import storage
from .models import DocumentVersion

logger = logging.getLogger("trefoil.documents")


# A file is written a moment before its row. One this old without a row was left by a process that ended.
GRACE = timedelta(hours=1)


@dataclass(frozen=True)
class Swept:
    """How many files no row named, and the versions whose file is missing or changed."""

    removed: int
    missing: tuple[DocumentVersion, ...]
    changed: tuple[DocumentVersion, ...]


def round_of_documents() -> str:
    """For the worker, once a day: what was removed, and how many are not as they were. Which, the command says."""
    swept = sweep(now=timezone.now())
    wrong = len(swept.missing) + len(swept.changed)
    if wrong:
        files = "1 file of a document is" if wrong == 1 else f"{wrong:,} files of documents are"
        logger.error("%s missing or changed: `trefoil sweep_documents` says which", files)
    files = "file" if swept.removed == 1 else "files"
    return f"{swept.removed:,} {files} that no document names removed" if swept.removed else ""


def sweep(*, now: datetime) -> Swept:
    """Remove files that no version names and that are older than an hour; check every other one."""
    held = {version.key.hex: version for version in DocumentVersion.objects.select_related("document")}
    orphans = [path for path in storage.lying(now - GRACE) if path.name not in held]
    for path in orphans:
        path.unlink(missing_ok=True)
    prints = {name: storage.fingerprint(UUID(name)) for name in held}
    return Swept(
        removed=len(orphans),
        missing=tuple(version for name, version in held.items() if prints[name] is None),
        changed=tuple(version for name, version in held.items() if prints[name] not in {None, version.sha256}),
    )
