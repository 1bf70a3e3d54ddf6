"""What a crash can leave, a file that no row names; and what nothing should cause, a row whose file has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from . import storage
from .models import DocumentVersion

# A file is written a moment before its row. One this old without a row was left by a process that ended.
GRACE = timedelta(hours=1)


@dataclass(frozen=True)
class Swept:
    """How many files no row named, and the versions whose file is missing or changed."""

    removed: int
    missing: tuple[DocumentVersion, ...]
    changed: tuple[DocumentVersion, ...]


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
