"""How long extracts stay, and taking away those that have stayed long enough."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Person

from . import spool
from .enums import ExtractState
from .models import Extract
from .operations.deletion import delete_extract
from .rules import months_kept, raw_until
from .storing import withdraw

EXPIRED = "Its retention period has ended."
FORGOTTEN_AFTER = timedelta(hours=6)


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


def sweep_raw_files(*, now: datetime) -> int:
    """Remove from the spool what has no reason to be there. How many folders.

    That is: files of extracts that have ended, or waited longer than they may, and of requests that broke off before
    they became an extract. A worker does so when it starts and after each check, and the daily command does too.
    """
    # One query, so that no extract moves from one answer to the other between two.
    known = {one.folder: one for one in Extract.objects.all()}
    gone = [name for name in spool.folders() if _has_no_reason(known.get(name), name, now)]
    for name in gone:
        spool.remove(name)
    return len(gone)


def _has_no_reason(extract: Extract | None, name: str, now: datetime) -> bool:
    if extract is None:
        return spool.changed(name) < (now - FORGOTTEN_AFTER).timestamp()
    return not extract.is_in_work and (not extract.keeps_raw_file or raw_until(extract) <= now)


def delete_now(extract: Extract, *, reason: str, by: Person | None, now: datetime) -> None:
    """Delete an extract and its folder. The status is written first: a folder that is left is taken at the next run."""
    delete_extract(extract=extract, reason=reason, by=by, now=now)
    withdraw(extract)
    spool.remove(extract.folder)


def delete_expired(*, now: datetime, dry_run: bool = False) -> list[Extract]:
    """Delete what is past its day, and every folder that an interrupted deletion left. What was due."""
    ended = Extract.objects.exclude(state=ExtractState.DELETED).select_related("partnership__area")
    months = {one.partnership_id: 0 for one in ended}
    months = {partnership.pk: months_kept(partnership) for partnership in {one.partnership for one in ended}}
    today = timezone.localdate(now)
    due = [one for one in ended if not one.is_in_work and kept_until(one, months[one.partnership_id]) < today]
    if dry_run:
        return due
    gone = [extract for extract in due if _deleted(extract, now)]
    for extract in Extract.objects.filter(state=ExtractState.DELETED).select_related("partnership__area"):
        withdraw(extract)
    sweep_raw_files(now=now)
    return gone


def _deleted(extract: Extract, now: datetime) -> bool:
    """False where another worker was quicker."""
    try:
        delete_now(extract, reason=EXPIRED, by=None, now=now)
    except NotAllowedError:
        return False
    return True


def round_of_expired() -> str:
    """For the worker, once a day: what was done, in words. Which extract it was stands on the trail."""
    number = len(delete_expired(now=timezone.now()))
    return f"{number:,} {'extract' if number == 1 else 'extracts'} deleted at the end of the retention period" * (
        number > 0
    )
