"""The rapid review: its sections, the criteria, each partner's position, the next step, and sending it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.models import Recommendation
from trefoil.plan.operations.recommendations import add_recommendation

from ..editions import REGULATION, criteria
from ..enums import Answer, LetterSubject, NextStepKind, Recipient, ReviewState
from ..models import CriterionAnswer, NextStep, Position, Review, ReviewRecommendation, SectionText, SentLetter
from ..moving import LOCAL, RAPID, begin_clock, check_not_before, end_clocks, held, keep_decision_clock, move, on_review
from ..plan_sources import PLAN_SOURCE
from ..queries import current_answers, current_positions, edition_of, missing_sections, sent_on_of
from ..rules import check_day, check_leads, check_move, check_speaks, check_words, statutory_partners_of


@transaction.atomic
def write_section(*, review: Review, code: str, words: str, by: Person, now: datetime) -> SectionText:
    """Write one section of the rapid review. Earlier words of it stay."""
    check_leads(by, review, now)
    own = held(review)
    _check_under_way(own)
    if code not in {section.code for section in edition_of(own).sections}:
        raise NotAllowedError("The edition in force asks for no such section.")
    said = check_words(words, "Write what this section is for")
    text = SectionText.objects.create(review=own, code=code, words=said, written_at=now, written_by=by)
    record(event=EventType.REVIEW_SECTION_WRITTEN, by=by, now=now, detail={"section": code}, **on_review(own))
    return text


def _check_under_way(review: Review) -> None:
    if review.state != ReviewState.RAPID:
        raise NotAllowedError(
            f"It stands at “{review.get_state_display()}”. This is written while the rapid review is under way."
        )


@transaction.atomic
def answer_criterion(
    *, review: Review, code: str, answer: Answer, words: str, by: Person, now: datetime
) -> CriterionAnswer:
    """Answer one of the eight criteria, with why. Answering again leaves the earlier answer on record."""
    check_leads(by, review, now)
    own = held(review)
    _check_under_way(own)
    if code not in {criterion.code for criterion in criteria()}:
        raise NotAllowedError(f"There is no such criterion in {REGULATION}.")
    said = check_words(words, f"Say why, for {code}")
    row = CriterionAnswer.objects.create(
        review=own, code=code, answer=Answer(answer), words=said, answered_at=now, answered_by=by
    )
    record(event=EventType.REVIEW_CRITERION_ANSWERED, by=by, now=now, detail={"criterion": code}, **on_review(own))
    return row


@transaction.atomic
def take_review_position(
    *, review: Review, agency: Agency, person: Person, stance: NextStepKind, by: Person, now: datetime, reason: str = ""
) -> Position:
    """What a statutory partner holds right. Its own safeguarding partner says so, or who leads notes what they said."""
    own, today = held(review), timezone.localdate(now)
    _check_under_way(own)
    if agency not in statutory_partners_of(own, today):
        raise NotAllowedError(f"{agency} is not a statutory partner here.")
    check_speaks(own, agency, person, by=by, now=now)
    Position.objects.filter(review=own, agency=agency, is_current=True).update(is_current=False)
    position = Position.objects.create(
        review=own,
        agency=agency,
        person=person,
        stance=NextStepKind(stance),
        reason=reason.strip(),
        taken_at=now,
        taken_by=by,
    )
    record(event=EventType.REVIEW_POSITION_TAKEN, by=by, now=now, detail={"agency": agency.pk}, **on_review(own))
    return position


@transaction.atomic
def decide_next_step(
    *,
    review: Review,
    kind: NextStepKind,
    reasons: str,
    decided_on: date,
    by: Person,
    now: datetime,
    suggests_national: bool = False,
) -> NextStep:
    """What follows. Every section is written, all eight criteria answered, and every partner holds the same right."""
    check_leads(by, review, now)
    own = held(review)
    to, why = check_move("decide_next_step", own), check_words(reasons, "Say why")
    check_day(decided_on, timezone.localdate(now), "The day of the decision")
    check_not_before(decided_on, sent_on_of(own), "It cannot have been decided before the incident was notified.")
    if gaps := [section.title for section in missing_sections(own)]:
        raise NotAllowedError(f"The rapid review does not say yet: {'; '.join(gaps)}.")
    answers = current_answers(own)
    if open_ones := [one.code for one in criteria() if one.code not in answers]:
        raise NotAllowedError(f"Each criterion is answered first ({REGULATION}). Still open: {', '.join(open_ones)}.")
    _check_agreed(own, NextStepKind(kind), timezone.localdate(now))
    step = NextStep.objects.create(
        review=own,
        kind=NextStepKind(kind),
        suggests_national=suggests_national,
        reasons=why,
        decided_on=decided_on,
        written_at=now,
        written_by=by,
    )
    keep_decision_clock(own, by=by, now=now)
    if step.kind == NextStepKind.LOCAL_REVIEW:
        begin_clock(own, LOCAL, decided_on, by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.REVIEW_NEXT_STEP_DECIDED, by=by, now=now, **on_review(own))
    review.refresh_from_db()
    return step


def _check_agreed(review: Review, kind: NextStepKind, today: date) -> None:
    """The partners have an equal share of the duty, so a step that one of them does not hold right is not decided."""
    stances = {one.agency_id: one for one in current_positions(review)}
    partners = statutory_partners_of(review, today)
    if silent := [str(agency) for agency in partners if agency.pk not in stances]:
        raise NotAllowedError(f"Every statutory partner takes a position first. Still silent: {', '.join(silent)}.")
    apart = [str(agency) for agency in partners if stances[agency.pk].stance != kind]
    if apart:
        raise NotAllowedError(
            f"{', '.join(apart)} {'holds' if len(apart) == 1 else 'hold'} another step right, so this one is not "
            "decided. Talk it out, and let each take its position again."
        )


@transaction.atomic
def send_rapid_review(*, review: Review, sent_on: date, by: Person, now: datetime) -> None:
    """It went to the national panel. Its time ends on that day, and a letter stands for the replies to come."""
    check_leads(by, review, now)
    own = held(review)
    to = check_move("send_rapid_review", own)
    check_day(sent_on, timezone.localdate(now), "The day on which it was sent")
    decided_on = own.next_steps.filter(undone_at__isnull=True).values_list("decided_on", flat=True).get()
    check_not_before(sent_on, decided_on, "It cannot have been sent before the next step was decided.")
    end_clocks(own, RAPID, done_on=sent_on, by=by, now=now)
    SentLetter.objects.create(
        review=own,
        to=Recipient.PANEL,
        subject=LetterSubject.RAPID_REVIEW,
        sent_on=sent_on,
        written_at=now,
        written_by=by,
    )
    move(own, to, by=by, now=now)
    record(event=EventType.RAPID_REVIEW_SENT, by=by, now=now, detail={"sent_on": sent_on.isoformat()}, **on_review(own))
    review.refresh_from_db()


@transaction.atomic
def recommend(*, review: Review, words: str, by: Person, now: datetime) -> Recommendation:
    """Put a recommendation into the plan, where everybody reads its words. Which review it came from stays here."""
    check_leads(by, review, now)
    own = held(review)
    if own.state not in {ReviewState.RAPID, ReviewState.DECIDED, ReviewState.SENT}:
        raise NotAllowedError("Recommendations come out of the rapid review, and of what follows it until it ends.")
    added = add_recommendation(
        partnership=own.partnership,
        words=words,
        source_kind=SourceKind.OTHER,
        source_reference=PLAN_SOURCE,
        made_on=timezone.localdate(now),
        by=by,
        now=now,
    )
    ReviewRecommendation.objects.create(review=own, recommendation=added, added_at=now, added_by=by)
    record(event=EventType.REVIEW_RECOMMENDATION_ADDED, by=by, now=now, **on_review(own))
    return added
