"""How long extracts stay, and taking away those that have stayed long enough."""

from datetime import date, datetime

from django.utils import timezone

from trefoil.people.models import Person

from .enums import ExtractState
from .models import Extract
from .operations.deletion import delete_extract
from .rules import months_kept
from .storing import withdraw

EXPIRED = "Its retention period has ended."


def kept_until(extract: Extract, months: int) -> date:
    """The last day on which it may be kept: so many months after it was received; the last of a shorter month."""
    received = timezone.localdate(extract.received_at)
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    for day in (received.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month + 1}")


def delete_now(extract: Extract, *, reason: str, by: Person | None, now: datetime) -> None:
    """Delete an extract and its folder. The status is written first: a folder that is left is taken at the next run."""
    delete_extract(extract=extract, reason=reason, by=by, now=now)
    withdraw(extract)


def delete_expired(*, now: datetime, dry_run: bool = False) -> list[Extract]:
    """Delete what is past its day, and every folder that an interrupted deletion left. What was due."""
    ended = Extract.objects.exclude(state=ExtractState.DELETED).select_related("partnership__area")
    months = {one.partnership_id: 0 for one in ended}
    months = {partnership.pk: months_kept(partnership) for partnership in {one.partnership for one in ended}}
    today = timezone.localdate(now)
    due = [one for one in ended if not one.is_in_work and kept_until(one, months[one.partnership_id]) < today]
    if dry_run:
        return due
    for extract in due:
        delete_now(extract, reason=EXPIRED, by=None, now=now)
    for extract in Extract.objects.filter(state=ExtractState.DELETED).select_related("partnership__area"):
        withdraw(extract)
    return due
