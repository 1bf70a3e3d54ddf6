"""Settling how many children of each group live in the area."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..area_groups import GROUPS
from ..models import GroupChildren
from ..rules import check_may


@transaction.atomic
def set_group_children(
    *,
    partnership: Partnership,
    breakdown: str,
    children: Mapping[str, int],
    source: str,
    by: Person,
    now: datetime,
) -> None:
    """Replace the numbers of one breakdown; with no `children` the census holds again.

    Raises NotAllowedError when a group is missing or unknown, a number is negative, all are 0, or no source is named.
    """
    check_may(Permission.EXTRACT_LOAD, by, partnership, now)
    if children and (
        set(children) != set(GROUPS[breakdown]) or min(children.values()) < 0 or not any(children.values())
    ):
        raise NotAllowedError("give the number of children of every group")
    if children and not source.strip():
        raise NotAllowedError("say where the numbers come from")
    GroupChildren.objects.filter(partnership=partnership, breakdown=breakdown).delete()
    GroupChildren.objects.bulk_create(
        GroupChildren(
            partnership=partnership,
            breakdown=breakdown,
            group=group,
            children=children[group],
            source=source.strip()[:200],
            set_at=now,
            set_by=by,
        )
        for group in GROUPS[breakdown]
        if children
    )
    record(
        event=EventType.EXTRACT_SETTING_CHANGED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject="extracts",
        detail={"breakdown": breakdown, "children": sum(children.values())},
        reason=source.strip(),
    )
