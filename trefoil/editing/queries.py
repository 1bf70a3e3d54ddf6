"""Reading drafts: their writer's own, and nobody else's."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from trefoil.access.field_encryption import LostKeyError, open_text
from trefoil.access.rules import Standing

from .models import Draft

# A form's own plumbing, which is no word of the writer's.
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class DraftWords:
    """The draft of one form: its key, and what was kept with when; `fields` and `saved_at` are None without one."""

    key: str
    fields: dict[str, list[str]] | None = None
    saved_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        return self.fields is not None

    def as_sent(self) -> QueryDict:
        """The fields as a form would have sent them."""
        sent = QueryDict(mutable=True)
        for name, values in (self.fields or {}).items():
            sent.setlist(name, values)
        return sent


def draft_of(standing: Standing, key: str) -> DraftWords:
    """The reader's own draft under this key in this partnership. One query.

    A draft that was sealed with a key which is gone is as good as none: it can only be written anew.
    """
    held = Draft.objects.filter(person=standing.person, partnership=standing.partnership, key=key).first()
    if held is None:
        return DraftWords(key)
    try:
        fields = json.loads(open_text(held.sealed_fields))
    except LostKeyError:
        return DraftWords(key)
    return DraftWords(key, fields, held.saved_at)


def fields_of(sent: QueryDict) -> dict[str, list[str]]:
    """What is worth keeping of a form that was posted. Empty when nothing was typed into it."""
    fields = {name: values for name, values in sent.lists() if name not in NOT_KEPT}
    return fields if any(value.strip() for values in fields.values() for value in values) else {}


def size_of(fields: Mapping[str, list[str]]) -> int:
    """Characters that a draft takes, names of fields included."""
    return sum(len(name) + len(value) for name, values in fields.items() for value in values)
