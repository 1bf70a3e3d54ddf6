"""A file leaves the system: who took what is on the trail before the first byte goes."""

from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person


@transaction.atomic
def note_download(
    *,
    partnership: Partnership,
    page: str,
    file_name: str,
    rows: int,
    sha256: str,
    by: Person,
    now: datetime,
    opened: bool = False,
) -> None:
    """Put a download on the trail: the page, the file's name, how many rows, and the digest of its bytes.

    `opened`: there are rows in it that emergency access alone let the person see.
    """
    if not standing_of(by, partnership, now=now).may(Permission.READ_FIGURES):
        raise NotAllowedError("your duties do not include reading this partnership's figures")
    record(
        event=EventType.EXPORTED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"page:{page}"[:120],
        detail={"file": file_name, "rows": rows, "sha256": sha256, **({"opened": True} if opened else {})},
    )
