"""Decisions: put to a meeting, each statutory partner's position taken, made or not made, withdrawn."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Partnership, Person

from ..enums import Authority, DecisionState, MeetingState, MinutesState, Stance
from ..models import AgendaItem, Decision, DeclaredInterest, Meeting, Minutes, PartnerPosition
from ..queries import day_of, members_at, quorum_now
from ..rules import check_reason, check_runs, may_run, partner_agencies_of, speakers_for, statutory_partners
from ..trail import on_decision


@transaction.atomic
def put_decision(
    *,
    meeting: Meeting,
    headline: str,
    words: str,
    by: Person,
    now: datetime,
    reasons: str = "",
    is_joint: bool = True,
    item: AgendaItem | None = None,
    follows: Decision | None = None,
) -> Decision:
    """Put a decision down. A joint one waits for the partners; one of the group is made at once, if it is quorate.

    `follows` is an earlier decision that was not made and is put again. Raises NotAllowedError with the reason why not.
    """
    check_runs(by, meeting.group, now=now)
    if meeting.state == MeetingState.CANCELLED:
        raise NotAllowedError("A cancelled meeting decides nothing.")
    if item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedError("That item is on the agenda of another meeting.")
    if follows is not None and follows.state != DecisionState.NOT_MADE:
        raise NotAllowedError("Only a decision that was not made can be put again.")
    _check_minutes_are_not_out(meeting)
    if not is_joint:
        _check_quorate(meeting, timezone.localdate(now))
    decision = Decision.objects.create(
        partnership=meeting.partnership,
        meeting=meeting,
        item=item,
        number=_next_number(meeting.partnership),
        headline=headline.strip(),
        words=words.strip(),
        reasons=reasons.strip(),
        is_joint=is_joint,
        follows=follows,
        put_at=now,
        put_by=by,
        state=DecisionState.OPEN if is_joint else DecisionState.MADE,
        settled_at=None if is_joint else now,
    )
    detail = {"number": decision.number, "joint": is_joint, "meeting": meeting.pk}
    record(event=EventType.DECISION_PUT, by=by, now=now, detail=detail, **on_decision(decision))
    return decision


def _check_minutes_are_not_out(meeting: Meeting) -> None:
    """What is put after them stands in no minutes that anybody reads or approves."""
    out = Minutes.objects.select_for_update().filter(meeting=meeting).exclude(state=MinutesState.DRAFT).first()
    if out is not None and out.state == MinutesState.APPROVED:
        raise NotAllowedError("The minutes of this meeting are approved. Put it to the next meeting.")
    if out is not None:
        raise NotAllowedError("The minutes of this meeting have been circulated without it. Open them again first.")


def _check_quorate(meeting: Meeting, today: date) -> None:
    """A quorum is of who is there: before its day there are only those who mean to come."""
    if today < day_of(meeting):
        raise NotAllowedError("The meeting has not begun yet, so the group cannot decide there.")
    quorate = meeting.quorate
    if quorate is None:
        quorate = quorum_now(meeting, meeting.attendance.all(), members_at(meeting)).met
    if not quorate:
        raise NotAllowedError("The meeting is not quorate. It can talk, but it cannot decide.")


def _next_number(partnership: Partnership) -> int:
    """Decisions are numbered through, one partnership at a time."""
    list(Partnership.objects.select_for_update().filter(pk=partnership.pk))
    last: int | None = Decision.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def take_position(
    *,
    decision: Decision,
    agency: Agency,
    stance: Stance,
    authority: Authority,
    by: Person,
    now: datetime,
    person: Person | None = None,
    reason: str = "",
    authority_words: str = "",
) -> PartnerPosition:
    """Say where a statutory partner stands. With the last one's position the decision is made, or it is not.

    `person` is who speaks: oneself, or, for whoever runs the meeting, the one who spoke there. It is made only when
    every statutory partner agrees; otherwise it is not made, and what each said is kept.
    """
    held = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("meeting__group", "partnership")
        .get(pk=decision.pk)
    )
    speaker = person or by
    _check_may_speak(held, agency, speaker, by=by, now=now)
    _check_says_why(stance, reason, authority, authority_words)
    PartnerPosition.objects.filter(decision=held, agency=agency, is_current=True).update(is_current=False)
    position = PartnerPosition.objects.create(
        decision=held,
        agency=agency,
        person=speaker,
        stance=stance,
        reason=reason.strip(),
        authority=authority,
        authority_words=authority_words.strip() if authority == Authority.DELEGATED else "",
        taken_at=now,
        taken_by=by,
    )
    detail = {"agency": agency.pk, "stance": stance.value, "spoken_by": speaker.pk}
    record(event=EventType.POSITION_TAKEN, by=by, now=now, detail=detail, **on_decision(held))
    _settle(held, by=by, now=now)
    decision.refresh_from_db()
    return position


def _check_may_speak(held: Decision, agency: Agency, speaker: Person, *, by: Person, now: datetime) -> None:
    today = timezone.localdate(now)
    if held.state != DecisionState.OPEN or not held.is_joint:
        raise NotAllowedError("No position is awaited on this decision.")
    if agency not in statutory_partners(held.partnership_id, today):
        raise NotAllowedError(f"{agency} is not a statutory partner here.")
    standing = standing_of(by, held.partnership, now=now)
    own = speaker.pk == by.pk and agency in partner_agencies_of(standing, today=today)
    notes = may_run(standing, held.meeting.group) and _speaks_for(speaker, agency, held, now=now)
    if not own and not notes:
        raise NotAllowedError(f"Only who holds the duty of safeguarding partner for {agency} takes its position.")
    interests = DeclaredInterest.objects.filter(meeting=held.meeting_id, person=speaker, withdrew=True)
    if interests.filter(item=None).exists() or (held.item_id and interests.filter(item=held.item_id).exists()):
        raise NotAllowedError(
            f"{speaker} declared an interest and left for this item. Somebody else speaks for {agency}."
        )


def _speaks_for(speaker: Person, agency: Agency, held: Decision, *, now: datetime) -> bool:
    """Whether whoever runs the meeting may put down a position as this person's."""
    return (speaker, agency) in speakers_for(held.partnership, timezone.localdate(now))


def _check_says_why(stance: Stance, reason: str, authority: Authority, authority_words: str) -> None:
    if stance == Stance.DISAGREE:
        check_reason(reason)
    if authority == Authority.DELEGATED and not authority_words.strip():
        raise NotAllowedError("Say who delegated this, and when.")


def _settle(held: Decision, *, by: Person, now: datetime) -> None:
    """With every partner's position in, the decision is made or not made."""
    stances = dict(held.positions.filter(is_current=True).values_list("agency_id", "stance"))
    partners = {agency.pk for agency in statutory_partners(held.partnership_id, timezone.localdate(now))}
    if not partners <= stances.keys():
        return
    agreed = all(stances[pk] == Stance.AGREE for pk in partners)
    state = DecisionState.MADE if agreed else DecisionState.NOT_MADE
    Decision.objects.filter(pk=held.pk).update(state=state, settled_at=now)
    record(event=EventType.DECISION_SETTLED, by=by, now=now, detail={"state": state.value}, **on_decision(held))


@transaction.atomic
def withdraw_decision(*, decision: Decision, reason: str, by: Person, now: datetime) -> None:
    """Take back a decision that still waits for positions, with a reason. It stays on record."""
    check_runs(by, decision.meeting.group, now=now)
    why = check_reason(reason)
    withdrawn = Decision.objects.filter(pk=decision.pk, state=DecisionState.OPEN).update(
        state=DecisionState.WITHDRAWN, settled_at=now, withdrawn_reason=why[:300]
    )
    if not withdrawn:
        raise NotAllowedError("This decision does not wait for positions any more, so it stands as it is.")
    record(event=EventType.DECISION_WITHDRAWN, by=by, now=now, reason=why, **on_decision(decision))
    decision.refresh_from_db()
