"""The only writer of drafts.

Keeping and emptying one is not on the trail: it is nobody's business but the writer's, and it happens every few
seconds. What the form does when it is sent is on the trail, and so is the deletion of drafts that nobody came back to.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.field_encryption import seal_text
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from .models import LONGEST_KEY, Draft
from .queries import size_of

KEPT_FOR = timedelta(days=90)
MOST_CHARACTERS = 100_000
MOST_DRAFTS = 100
KEY = re.compile(r"[a-z][a-z_]*(:[a-z0-9_-]+){1,4}")


@transaction.atomic
def keep_draft(
    *, partnership: Partnership, key: str, fields: Mapping[str, list[str]], by: Person, now: datetime
) -> Draft:
    """Keep what `by` has typed so far, sealed, in place of what was kept of this form before.

    Raises NotAllowedError for a key that is none, for more than 100,000 characters, and past a hundred drafts.
    """
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise NotAllowedError("There is no form of this name.")
    if size_of(fields) > MOST_CHARACTERS:
        raise NotAllowedError("This is too long to be kept as a draft.")
    own = Draft.objects.filter(person=by, partnership=partnership)
    if own.exclude(key=key).count() >= MOST_DRAFTS:
        raise NotAllowedError(f"You have {MOST_DRAFTS} drafts already. Send or empty some first.")
    sealed = {"sealed_fields": seal_text(json.dumps(fields)), "saved_at": now}
    return Draft.objects.update_or_create(person=by, partnership=partnership, key=key, defaults=sealed)[0]


@transaction.atomic
def empty_draft(*, partnership: Partnership, key: str, by: Person, now: datetime) -> bool:  # noqa: ARG001 every operation takes the moment
    """Delete the writer's own draft of one form, because it was sent or is not wanted. Whether there was one."""
    return Draft.objects.filter(person=by, partnership=partnership, key=key).delete()[0] > 0


@transaction.atomic
def delete_old_drafts(*, by: Person | None, now: datetime) -> int:
    """Delete every draft that was last kept more than 90 days ago; how many."""
    number = Draft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]
    if number:
        record(event=EventType.DRAFTS_EXPIRED, by=by, now=now, subject="drafts", detail={"number": number})
    return number
