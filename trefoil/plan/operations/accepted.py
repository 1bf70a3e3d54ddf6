"""What the X-ray found and may stay as it is for a while: accepting it with a reason, and showing it again."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..models import AcceptedFinding
from ..rules import check_may_write_plan, checked_words

LONGEST = timedelta(days=366)


@transaction.atomic
def accept_finding(
    *, partnership: Partnership, key: str, words: str, reason: str, until: date, by: Person, now: datetime
) -> AcceptedFinding:
    """Show a finding no more before `until`, at most a year ahead. `key` and `words` are the finding's own."""
    check_may_write_plan(standing_of(by, partnership, now=now))
    said = checked_words(reason, "say why it may stay as it is")
    today = timezone.localdate(now)
    if not today <= until <= today + LONGEST:
        raise NotAllowedError("choose a day from today up to a year ahead: it is then asked again")
    _end_run_out(partnership, key, today, by=by, now=now)
    try:
        with transaction.atomic():
            accepted = AcceptedFinding.objects.create(
                partnership=partnership,
                key=key,
                words=words[:300],
                reason=said,
                until=until,
                accepted_at=now,
                accepted_by=by,
            )
    except IntegrityError as error:
        raise NotAllowedError("it has been accepted already") from error
    _record(EventType.FINDING_ACCEPTED, accepted, by=by, now=now, reason=said)
    return accepted


@transaction.atomic
def show_finding_again(*, accepted: AcceptedFinding, by: Person, now: datetime) -> None:
    """Take an acceptance back: the finding is shown again while it is still so."""
    check_may_write_plan(standing_of(by, accepted.partnership, now=now))
    held = AcceptedFinding.objects.filter(pk=accepted.pk, ended_at__isnull=True)
    if not held.update(ended_at=now, ended_by=by):
        raise NotAllowedError("it is shown again already")
    accepted.refresh_from_db()
    _record(EventType.FINDING_SHOWN_AGAIN, accepted, by=by, now=now)


def _end_run_out(partnership: Partnership, key: str, today: date, *, by: Person, now: datetime) -> None:
    """One that ran out is ended by whoever accepts the finding anew."""
    run_out = AcceptedFinding.objects.filter(partnership=partnership, key=key, ended_at__isnull=True, until__lt=today)
    run_out.update(ended_at=now, ended_by=by)


def _record(event: EventType, accepted: AcceptedFinding, *, by: Person, now: datetime, reason: str = "") -> None:
    subject = accepted.key.split("/")[1]
    record(
        event=event,
        by=by,
        now=now,
        partnership=accepted.partnership.slug,
        subject=subject,
        detail={"finding": accepted.key, "until": accepted.until.isoformat()},
        reason=reason[:500],
    )
