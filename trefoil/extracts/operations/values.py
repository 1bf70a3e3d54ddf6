"""The value map: a person says what a spelling means, that it means nothing known, or takes that back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..enums import Decision
from ..intake.shapes import known_code_lists
from ..models import MappedValue
from ..rules import check_may


@transaction.atomic
def decide_values(*, values: Sequence[MappedValue], code: str, by: Person, now: datetime, why: str = "") -> int:
    """Give several spellings of one list the same code; an empty `code` says that nobody knows. How many.

    Raises NotAllowedError for a code that the list does not have.
    """
    if not values:
        raise NotAllowedError("choose at least one value")
    partnership, code_list = values[0].partnership, values[0].code_list
    check_may(Permission.EXTRACT_LOAD, by, partnership, now)
    if {(one.partnership_id, one.code_list) for one in values} != {(partnership.pk, code_list)}:
        raise NotAllowedError("decide the values of one list at a time")
    if code and code not in {one.code for one in known_code_lists()[code_list].codes}:
        raise NotAllowedError(f"“{code}” is not a code of this list")
    changed = MappedValue.objects.filter(pk__in=[one.pk for one in values]).update(
        decision=Decision.CODE if code else Decision.NOT_KNOWN,
        code=code,
        why=why.strip()[:300],
        decided_at=now,
        decided_by=by,
    )
    _record(partnership, code_list, [one.pk for one in values], code or "not known", by=by, now=now, why=why)
    return changed


@transaction.atomic
def undo_decision(*, value: MappedValue, by: Person, now: datetime) -> None:
    """Let a value wait again. What was stored under its meaning stays as it was; the next extract asks anew."""
    check_may(Permission.EXTRACT_LOAD, by, value.partnership, now)
    changed = MappedValue.objects.filter(pk=value.pk).exclude(decision=Decision.WAITING)
    if not changed.update(decision=Decision.WAITING, code="", why="", decided_at=None, decided_by=None):
        raise NotAllowedError("this value waits already")
    _record(value.partnership, value.code_list, [value.pk], "waits again", by=by, now=now)


def _record(
    partnership: Partnership,
    code_list: str,
    keys: list[int],
    meaning: str,
    *,
    by: Person,
    now: datetime,
    why: str = "",
) -> None:
    record(
        event=EventType.VALUE_DECIDED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"value_map:{code_list}",
        detail={"values": keys[:100], "how_many": len(keys), "meaning": meaning},
        reason=why.strip(),
    )
