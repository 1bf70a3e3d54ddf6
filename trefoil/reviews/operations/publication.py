"""What publishing would mean, what each partner holds, and publication itself with its days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.operations import explain_breach
from trefoil.clocks.reckoning.calendar import add_working_days
from trefoil.clocks.reckoning.status import Status
from trefoil.clocks.reckoning.words import day_words, weekday_words
from trefoil.people.models import Agency, Person
from trefoil.plan.enums import SourceKind

from ..enums import LetterSubject, Recipient
from ..enums_local import HowPublished
from ..models import STANDS, ImpactAssessment, Publication, PublicationPlan, PublishingPosition, Review, undoing
from ..moving import (
    AVAILABLE,
    BEFORE,
    LOCAL,
    begin_clock,
    check_not_before,
    drop_clocks,
    end_clocks,
    held,
    keep_before_clock,
    move,
    on_review,
    open_clocks,
)
from ..names import named_in
from ..plan_sources import tell_source
from ..queries_report import DAYS_BEFORE, letters_on_report
from ..rules import check_day, check_leads, check_move, check_speaks, check_words, statutory_partners_of
from ..rules_local import check_between, led_local

LAW = "Working Together, on local reviews; SI 2018/789"
WHERE_REASONS_STAND = "The reason stands with the review, for its readers."


@dataclass(frozen=True)
class Impact:
    """What publishing would mean, in words, what follows, and who weighed it."""

    on_child: str
    on_family: str
    conclusion: HowPublished
    reasons: str
    assessors: str


@transaction.atomic
def assess_impact(*, review: Review, impact: Impact, assessed_on: date, by: Person, now: datetime) -> ImpactAssessment:
    """Write down what publishing would mean for the child and the family. A later one stands instead of the earlier."""
    own, today, step = led_local(review, by, now)
    _check_unpublished(own)
    check_between(assessed_on, step.decided_on, today, "The day", "It cannot have been before the review was decided.")
    if not impact.assessors.strip():
        raise NotAllowedError("Say who weighed it.")
    given = {
        "on_child": check_words(impact.on_child, "Say what it would mean for the child, or for their memory"),
        "on_family": check_words(impact.on_family, "Say what it would mean for the family, brothers and sisters too"),
        "reasons": check_words(impact.reasons, "Say why"),
        "conclusion": HowPublished(impact.conclusion),
        "assessors": impact.assessors.strip(),
    }
    own.impact_assessments.filter(STANDS).update(**undoing(by, now, "It was assessed anew."))
    made = ImpactAssessment.objects.create(review=own, assessed_on=assessed_on, written_at=now, written_by=by, **given)
    record(event=EventType.REVIEW_IMPACT_ASSESSED, by=by, now=now, **on_review(own))
    return made


def _check_unpublished(review: Review) -> None:
    if review.publications.filter(STANDS).exists():
        raise NotAllowedError("It is published already.")


@transaction.atomic
def take_publishing_position(
    *, review: Review, agency: Agency, person: Person, stance: HowPublished, by: Person, now: datetime, reason: str = ""
) -> PublishingPosition:
    """How a statutory partner holds that it is published. They say so, or who leads notes what they said."""
    own = held(review)
    _check_unpublished(own)
    if agency not in statutory_partners_of(own, timezone.localdate(now)):
        raise NotAllowedError(f"{agency} is not a statutory partner of this review.")
    check_speaks(own, agency, person, by=by, now=now)
    if not own.impact_assessments.filter(STANDS).exists():
        raise NotAllowedError("What publishing would mean for the child and the family is assessed first.")
    own.publishing_positions.filter(agency=agency, is_current=True).update(is_current=False)
    made = PublishingPosition.objects.create(
        review=own,
        agency=agency,
        person=person,
        stance=HowPublished(stance),
        reason=reason.strip(),
        taken_at=now,
        taken_by=by,
    )
    detail = {"agency": agency.pk}
    record(event=EventType.REVIEW_PUBLISHING_POSITION_TAKEN, by=by, now=now, detail=detail, **on_review(own))
    return made


@transaction.atomic
def plan_publication(*, review: Review, planned_on: date, by: Person, now: datetime) -> PublicationPlan:
    """Set the day of publication, or another one. The report is owed to all three seven working days before it."""
    own, today, _step = led_local(review, by, now)
    _check_unpublished(own)
    if planned_on < today:
        raise NotAllowedError("The day of publication lies today or in the future.")
    own.publication_plans.filter(STANDS).update(**undoing(by, now, "Another day was set."))
    made = PublicationPlan.objects.create(review=own, planned_on=planned_on, written_at=now, written_by=by)
    drop_clocks(own, BEFORE, reason="Another day of publication was set.", by=by, now=now)
    begin_clock(own, BEFORE, planned_on, by=by, now=now)
    keep_before_clock(own, by=by, now=now)
    detail = {"planned_on": planned_on.isoformat()}
    record(event=EventType.REVIEW_PUBLICATION_PLANNED, by=by, now=now, detail=detail, **on_review(own))
    return made


@transaction.atomic
def publish_review(
    *, review: Review, how: HowPublished, published_on: date, title: str, address: str, by: Person, now: datetime
) -> Publication:
    """It was published. Its recommendations in the plan say from then on where they came from.

    Raises NotAllowedError with the rule: without a final report, an assessment of what publishing means, every
    statutory partner's agreement, the reasons to the panel where not all is published, and seven working days.
    """
    own, today, step = led_local(review, by, now)
    to, called = check_move("publish_review", own), title.strip()
    check_between(published_on, step.decided_on, today, "The day", "It cannot have been before the review was decided.")
    if not called:
        raise NotAllowedError("Say under which title it is published. Everybody may read it.")
    if named_in(own.partnership, {0: called}):
        raise NotAllowedError("The title names a child. Choose one that everybody may read.")
    _check_ready(own, HowPublished(how), today)
    _check_days(own, published_on)
    made = Publication.objects.create(
        review=own,
        how=HowPublished(how),
        published_on=published_on,
        title=called,
        address=address.strip(),
        written_at=now,
        written_by=by,
    )
    end_clocks(own, LOCAL, done_on=published_on, by=by, now=now)
    begin_clock(own, AVAILABLE, published_on, by=by, now=now)
    tell_source(own, SourceKind.LCSPR, called, by=by, now=now)
    move(own, to, by=by, now=now)
    detail = {"how": made.how, "published_on": published_on.isoformat()}
    record(event=EventType.REVIEW_PUBLISHED, by=by, now=now, detail=detail, **on_review(own))
    review.refresh_from_db()
    return made


def _check_ready(review: Review, how: HowPublished, today: date) -> None:
    if not review.drafts.filter(STANDS, is_final=True).exists():
        raise NotAllowedError("The final report is not on record yet.")
    impact = review.impact_assessments.filter(STANDS).first()
    if impact is None:
        raise NotAllowedError(f"What publishing would mean for the child and the family is assessed first ({LAW}).")
    if impact.conclusion != how:
        raise NotAllowedError(f"The assessment came to another conclusion: {impact.get_conclusion_display().lower()}.")
    stances = {one.agency_id: one.stance for one in review.publishing_positions.filter(is_current=True)}
    partners = statutory_partners_of(review, today)
    if silent := [str(one) for one in partners if one.pk not in stances]:
        raise NotAllowedError(
            f"Every statutory partner takes a position on it first. Still silent: {', '.join(silent)}."
        )
    if apart := [str(one) for one in partners if stances[one.pk] != how]:
        raise NotAllowedError(f"Not all partners hold this right. Talk it out first with: {', '.join(apart)}.")
    withheld = review.letters.filter(STANDS, subject=LetterSubject.WITHHELD, to=Recipient.PANEL)
    if how != HowPublished.WHOLE and not withheld.exists():
        raise NotAllowedError(f"The reasons why not all of it is published go to the national panel first ({LAW}).")


def _check_days(review: Review, published_on: date) -> None:
    sent = letters_on_report(review)
    if missing := [one.label for one in Recipient if one not in sent]:
        raise NotAllowedError(
            f"The report goes to all three before it is published. Not sent to: {', '.join(missing)}."
        )
    last = max(sent.values())
    if last > add_working_days(published_on, -DAYS_BEFORE):
        first = add_working_days(last, DAYS_BEFORE)
        raise NotAllowedError(
            f"All three have the report {DAYS_BEFORE} working days before it is published ({LAW}, rule {BEFORE}). It "
            f"went on {day_words(last)}, so it is published on {weekday_words(first)} at the earliest."
        )


@transaction.atomic
def take_down(*, review: Review, taken_down_on: date, reason: str, by: Person, now: datetime) -> None:
    """What was published can be read no more. Within the first year that breaks a rule, and the clock says so."""
    check_leads(by, review, now)
    own, why = held(review), check_words(reason, "Say why it was taken down")
    publication = own.publications.filter(STANDS, taken_down_at__isnull=True).first()
    if publication is None:
        raise NotAllowedError("Nothing is published that could be taken down.")
    check_day(taken_down_on, timezone.localdate(now), "The day on which it was taken down")
    check_not_before(taken_down_on, publication.published_on, "It cannot have been before it was published.")
    publication.taken_down_on, publication.taken_down_reason = taken_down_on, why
    publication.taken_down_at, publication.taken_down_by = now, by
    publication.save(update_fields=["taken_down_on", "taken_down_reason", "taken_down_at", "taken_down_by"])
    for clock in open_clocks(own, AVAILABLE):
        end_clocks(own, AVAILABLE, done_on=taken_down_on, by=by, now=now)
        clock.refresh_from_db()
        if clock.status_at(now) is Status.TOO_EARLY:
            explain_breach(clock=clock, reason=WHERE_REASONS_STAND, by=by, now=now)
    detail = {"taken_down_on": taken_down_on.isoformat()}
    record(event=EventType.REVIEW_TAKEN_DOWN, by=by, now=now, detail=detail, **on_review(own))
