"""The joint agency response, decided and carried out; and the child death review meeting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.reviews.moving import check_not_before, moment_of
from trefoil.reviews.rules import check_day, check_words

from ..hierarchy import criteria
from ..models import Death, ResponseDecision, ResponseStep, ReviewMeeting
from ..moving import (
    MEETING,
    PANEL,
    RESPONSE,
    begin_clock,
    end_clocks,
    held,
    keep_response_clock,
    move,
    on_death,
    step_codes,
)
from ..queries import response_of
from ..rules import check_leads, check_move, check_open


@transaction.atomic
def decide_response(
    *,
    death: Death,
    met: Collection[str],
    is_needed: bool,
    reasons: str,
    decided_on: date,
    deciders: str,
    by: Person,
    now: datetime,
) -> ResponseDecision:
    """Whether health, police and social care respond together, who decided and why. `met`: the criteria that are met.

    No response although a criterion is met is refused. A response although none is met is allowed, with its reasons.
    """
    check_leads(by, death, now)
    own = held(death)
    to, why, who = check_move("decide_response", own), check_words(reasons, "Say why"), deciders.strip()
    if not set(met) <= {one.code for one in criteria()}:
        raise NotAllowedError("There is no such criterion.")
    if met and not is_needed:
        raise NotAllowedError(
            f"{', '.join(sorted(met))} {'is' if len(met) == 1 else 'are'} met, so there is a joint agency response. If "
            "a criterion is not met, answer it so."
        )
    if not who:
        raise NotAllowedError("Say who decided.")
    check_day(decided_on, timezone.localdate(now), "The day of the decision")
    check_not_before(decided_on, own.died_on, "It cannot have been decided before the death.")
    decision = ResponseDecision.objects.create(
        death=own,
        met=sorted(met),
        is_needed=is_needed,
        reasons=why,
        decided_on=decided_on,
        deciders=who,
        written_at=now,
        written_by=by,
    )
    if is_needed:
        begin_clock(own, RESPONSE, own.known_at, by=by, now=now)
        keep_response_clock(own, by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.JOINT_RESPONSE_DECIDED, by=by, now=now, **on_death(own))
    death.refresh_from_db()
    return decision


@transaction.atomic
def write_step(*, death: Death, code: str, done_on: date, words: str, by: Person, now: datetime) -> ResponseStep:
    """One step of the response was taken. Writing it again leaves the earlier words on record."""
    check_leads(by, death, now)
    own = held(death)
    check_open(own)
    decision = response_of(own)
    if decision is None or not decision.is_needed:
        raise NotAllowedError("There is no joint agency response, so it has no steps.")
    if code not in step_codes():
        raise NotAllowedError("There is no such step.")
    check_day(done_on, timezone.localdate(now), "The day on which it was done")
    check_not_before(done_on, own.died_on, "It cannot have been done before the death.")
    said = check_words(words, "Say what was done")
    step = ResponseStep.objects.create(death=own, code=code, done_on=done_on, words=said, written_at=now, written_by=by)
    keep_response_clock(own, by=by, now=now)
    record(event=EventType.JOINT_RESPONSE_STEP, by=by, now=now, detail={"step": code}, **on_death(own))
    return step


@dataclass(frozen=True)
class Discussed:
    """What the review meeting leaves. `report_on`: the day on which its draft analysis came to the panel's officer."""

    held_on: date
    report_on: date
    provider: str
    words: str
    family: str


@transaction.atomic
def hold_meeting(*, death: Death, meeting: Discussed, by: Person, now: datetime) -> ReviewMeeting:
    """The child death review meeting was held and its report came. The panel's time runs from the report."""
    check_leads(by, death, now)
    own = held(death)
    to, today = check_move("hold_meeting", own), timezone.localdate(now)
    check_day(meeting.report_on, today, "The day on which the report came")
    check_not_before(meeting.held_on, own.died_on, "The meeting cannot have been held before the death.")
    check_not_before(meeting.report_on, meeting.held_on, "The report cannot have come before the meeting was held.")
    if not meeting.provider.strip():
        raise NotAllowedError("Say which hospital, trust or practice held it.")
    made = ReviewMeeting.objects.create(
        death=own,
        held_on=meeting.held_on,
        report_on=meeting.report_on,
        provider=meeting.provider.strip(),
        words=check_words(meeting.words, "Say what the meeting found"),
        family=check_words(meeting.family, "Say what the family asked and were told, or that they did not want to"),
        written_at=now,
        written_by=by,
    )
    reported = moment_of(meeting.report_on, now)
    end_clocks(own, MEETING, done_at=reported, by=by, now=now)
    begin_clock(own, PANEL, reported, by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.DEATH_MEETING_HELD, by=by, now=now, **on_death(own))
    death.refresh_from_db()
    return made
