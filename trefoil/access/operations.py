"""Opening and closing emergency access (the only writer of those rows), and closing accounts nobody uses."""

from datetime import datetime, timedelta

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import Actor, record
from trefoil.people.models import Partnership, Person
from trefoil.people.operations import close_account

from .enums import Permission
from .errors import NotAllowedError
from .models import BrokenGlass
from .queries import dormant_accounts, standing_of

SHORTEST_DORMANCY = 30

LONGEST_OPENING = timedelta(hours=4)
SHORTEST_REASON = 20

# What an emergency may open. Never the power to change something: only to see.
CAN_BE_OPENED = (Permission.READ_ALL_RETURNS, Permission.READ_TRAIL)


@transaction.atomic
def break_glass(
    *,
    partnership: Partnership,
    permission: Permission,
    reason: str,
    lasting: timedelta,
    by: Person,
    now: datetime,
) -> BrokenGlass:
    """Open `permission` to `by` for `lasting` (at most four hours). Raises NotAllowedError with the reason why not."""
    standing = standing_of(by, partnership, now=now)
    if not standing.may(Permission.BREAK_GLASS):
        raise NotAllowedError("your duties do not include emergency access")
    if permission not in CAN_BE_OPENED:
        raise NotAllowedError("emergency access opens reading alone, never changing")
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"say why in at least {SHORTEST_REASON} characters; others will read it")
    if not timedelta(0) < lasting <= LONGEST_OPENING:
        raise NotAllowedError("emergency access lasts four hours at most")
    opening = BrokenGlass.objects.create(
        person=by,
        partnership=partnership,
        permission=permission.value,
        reason=reason.strip(),
        opened_at=now,
        ends_at=now + lasting,
    )
    record(
        event=EventType.ACCESS_BROKEN_OPEN,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"opening:{opening.pk}",
        detail={"opened": permission.value, "until": opening.ends_at.isoformat()},
        reason=opening.reason,
    )
    return opening


@transaction.atomic
def close_opening(*, opening: BrokenGlass, by: Person, now: datetime) -> None:
    """End emergency access before its time: by the person, or by anybody whose duties let them read the trail.

    An opened trail does not count: emergency access reads, and ending somebody's access is more than reading.
    """
    own = opening.person_id == by.pk
    if not own and Permission.READ_TRAIL not in standing_of(by, opening.partnership, now=now).permissions:
        raise NotAllowedError("only the person, or somebody whose duties include the trail, can end this")
    if not _close(opening, by, now):
        raise NotAllowedError("this emergency access has already ended")


@transaction.atomic
def close_openings_without_duty(*, person: Person, partnership: Partnership, by: Person, now: datetime) -> int:
    """After a duty has ended: close what the person has open here, unless another duty includes it. How many."""
    if Permission.BREAK_GLASS in standing_of(person, partnership, now=now).permissions:
        return 0
    running = BrokenGlass.objects.open_at(now).filter(person=person, partnership=partnership)
    return sum(_close(opening, by, now) for opening in running.select_related("partnership"))


def _close(opening: BrokenGlass, by: Person, now: datetime) -> bool:
    """Whether it was open still; then it is closed, and the trail says by whom."""
    closed = BrokenGlass.objects.open_at(now).filter(pk=opening.pk).update(closed_at=now, closed_by=by)
    if not closed:
        return False
    record(
        event=EventType.ACCESS_CLOSED,
        by=by,
        now=now,
        partnership=opening.partnership.slug,
        subject=f"opening:{opening.pk}",
    )
    return True


@transaction.atomic
def close_dormant_accounts(*, days: int, by: Actor | None, now: datetime) -> list[Person]:
    """Close every open account that nobody has signed in with for `days` days; those closed, by name.

    An account that was never used counts from the day it was made. Raises ValueError for fewer than 30 days.
    """
    if days < SHORTEST_DORMANCY:
        raise ValueError(f"an account is not dormant before {SHORTEST_DORMANCY} days")
    dormant = list(dormant_accounts(since=now - timedelta(days=days)))
    for person in dormant:
        close_account(person=person, by=by, now=now, reason=f"not used for {days} days")
    return dormant
