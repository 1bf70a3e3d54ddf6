"""What runs beside a review: other processes and what they hold up, and why the review is published later."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.operations import explain_breach
from trefoil.clocks.reckoning.status import Status
from trefoil.people.models import Person

from ..enums_local import ProcessEffect, ProcessKind
from ..models import STANDS, DelayReason, ParallelProcess, Review, undoing
from ..moving import LOCAL, check_not_before, on_review, open_clocks
from ..rules import check_day, check_words
from ..rules_local import led, led_local

WHERE_REASONS_STAND = "The reasons for the delay stand with the review, for its readers."


@dataclass(frozen=True)
class Process:
    """Another process. `contact`: who to ask there; `words`: where it stands; what it holds up, and when."""

    kind: ProcessKind
    words: str
    began_on: date
    contact: str = ""
    ended_on: date | None = None
    effect: ProcessEffect = ProcessEffect.NONE
    effect_from: date | None = None
    effect_until: date | None = None


@transaction.atomic
def note_process(
    *, review: Review, process: Process, by: Person, now: datetime, replaces: ParallelProcess | None = None
) -> ParallelProcess:
    """Put another process on record, or what is new of one: then the row before it stays to read."""
    own, today = led(review, by, now)
    given = asdict(process) | {"words": check_words(process.words, "Say what it is and where it stands")}
    given |= {"contact": process.contact.strip(), "kind": ProcessKind(process.kind)}
    _check_days(process, today)
    if replaces is not None:
        _undo_before(own, replaces, by, now)
    made = ParallelProcess.objects.create(review=own, replaces=replaces, written_at=now, written_by=by, **given)
    if replaces is not None:
        DelayReason.objects.filter(process=replaces).update(process=made)
    detail = {"kind": made.kind, "effect": made.effect}
    record(event=EventType.REVIEW_PROCESS_NOTED, by=by, now=now, detail=detail, **on_review(own))
    return made


def _check_days(process: Process, today: date) -> None:
    check_day(process.began_on, today, "The day on which it began")
    if process.ended_on is not None:
        check_day(process.ended_on, today, "The day on which it ended")
        check_not_before(process.ended_on, process.began_on, "It cannot have ended before it began.")
    holds = process.effect != ProcessEffect.NONE
    if holds and process.effect_from is None:
        raise NotAllowedError("Say from which day it delays the review.")
    if not holds and (process.effect_from or process.effect_until):
        raise NotAllowedError("It holds nothing up, so there are no days of a delay. Leave them empty.")
    if process.effect_from is not None:
        check_not_before(process.effect_from, process.began_on, "It cannot delay the review before it began.")
        if process.effect_until is not None:
            check_not_before(process.effect_until, process.effect_from, "The delay cannot end before it begins.")


def _undo_before(review: Review, before: ParallelProcess, by: Person, now: datetime) -> None:
    standing = review.processes.filter(STANDS, pk=before.pk)
    if not standing.update(**undoing(by, now, "There is something new of it.")):
        raise NotAllowedError("Something newer is on record of it already. Look at that first.")


@transaction.atomic
def give_delay_reason(
    *,
    review: Review,
    words: str,
    expected_on: date,
    by: Person,
    now: datetime,
    process: ParallelProcess | None = None,
) -> DelayReason:
    """Say why the review takes longer than six months, and when it is expected. The panel and the Secretary of State
    are told by letter; which of them was not is shown on the page.

    Raises NotAllowedError where no local review runs, for a day that lies behind, for a process that delays nothing.
    """
    own, today, _step = led_local(review, by, now)
    said = check_words(words, "Say why it takes longer")
    if own.publications.filter(STANDS).exists():
        raise NotAllowedError("It is published. Nothing is late any more.")
    if expected_on <= today:
        raise NotAllowedError("The day on which it is expected lies in the future.")
    if process is not None and (process.effect == ProcessEffect.NONE or process.undone_at is not None):
        raise NotAllowedError("That process holds nothing up. Say first what it delays and from when.")
    made = DelayReason.objects.create(
        review=own,
        process=process,
        words=said,
        expected_on=expected_on,
        given_on=today,
        written_at=now,
        written_by=by,
    )
    for clock in open_clocks(own, LOCAL):
        if clock.explained_at is None and clock.status_at(now) is Status.LATE:
            explain_breach(clock=clock, reason=WHERE_REASONS_STAND, by=by, now=now)
    detail = {"expected_on": expected_on.isoformat()}
    record(event=EventType.REVIEW_DELAY_EXPLAINED, by=by, now=now, detail=detail, **on_review(own))
    return made
