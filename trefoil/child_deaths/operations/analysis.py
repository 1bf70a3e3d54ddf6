"""What the panel made of a death: its analysis, what was learnt, the plan, the practice review, and the end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.models import Recommendation
from trefoil.plan.operations.recommendations import add_recommendation
from trefoil.reviews.enums import IncidentKind
from trefoil.reviews.models import STANDS, Review, undoing
from trefoil.reviews.moving import check_not_before, moment_of
from trefoil.reviews.operations.incidents import Identity, record_incident
from trefoil.reviews.plan_sources import PLAN_SOURCE
from trefoil.reviews.rules import check_day, check_words

from ..enums import DeathState, Domain, Score
from ..hierarchy import category_of
from ..linking import check_no_review_yet
from ..models import (
    Analysis,
    Closing,
    Death,
    DeathRecommendation,
    DomainFactors,
    LearningPoint,
    PracticeReview,
)
from ..moving import PANEL, end_clocks, held, move, on_death
from ..queries import analysis_of
from ..rules import check_leads, check_move, check_open, deaths_visible_to, identities_visible_to


@dataclass(frozen=True)
class Factors:
    """One domain: how far its factors played a part, which they are, and what of them could be changed."""

    domain: Domain
    score: Score
    words: str = ""
    is_modifiable: bool = False
    change: str = ""


@transaction.atomic
def judge_death(
    *,
    death: Death,
    applying: Collection[int],
    factors: Sequence[Factors],
    words: str,
    judged_on: date,
    by: Person,
    now: datetime,
    reason: str = "",
) -> Analysis:
    """Write down the panel's analysis: every category that applies, and all four domains, each with its score.

    Of the categories the highest counts. Only what may have played a part can be modifiable. A change takes a reason,
    and the earlier analysis stays to read.
    """
    check_leads(by, death, now)
    own = held(death)
    if own.state != DeathState.WITH_PANEL:
        raise NotAllowedError("The panel judges a death that is before it.")
    try:
        category_of(applying)
    except ValueError as error:
        raise NotAllowedError("Choose at least one of the ten categories.") from error
    check_day(judged_on, timezone.localdate(now), "The day of the panel")
    reported = own.meetings.filter(STANDS).values_list("report_on", flat=True).get()
    check_not_before(judged_on, reported, "The panel cannot have judged before the report of the meeting came.")
    said = check_words(words, "Say how the panel came to this")
    rows = [_checked(one) for one in factors]
    if sorted(one.domain for one in rows) != sorted(Domain.values):
        raise NotAllowedError("Each of the four domains has its score, once.")
    standing = own.analyses.filter(STANDS)
    if standing.exists():
        standing.update(**undoing(by, now, check_words(reason, "Say why it is changed")))
    analysis = Analysis.objects.create(
        death=own, applying=sorted(set(applying)), words=said, judged_on=judged_on, written_at=now, written_by=by
    )
    for row in rows:
        row.analysis = analysis
        row.save()
    record(event=EventType.DEATH_JUDGED, by=by, now=now, **on_death(own))
    return analysis


def _checked(one: Factors) -> DomainFactors:
    domain, score = Domain(one.domain), Score(one.score)
    if one.is_modifiable and score != Score.MAY_HAVE:
        raise NotAllowedError(f"{domain.label}: only what may have played a part (2) can be modifiable.")
    needed = f"{domain.label}: say which factors may have played a part"
    change = f"{domain.label}: say what could be changed, here or nationally"
    return DomainFactors(
        domain=domain,
        score=score,
        words=check_words(one.words, needed) if score == Score.MAY_HAVE else one.words.strip(),
        is_modifiable=one.is_modifiable,
        change=check_words(one.change, change) if one.is_modifiable else "",
    )


@transaction.atomic
def add_learning(*, death: Death, words: str, by: Person, now: datetime) -> LearningPoint:
    """Something that was learnt. It stays with the review; what ought to change goes to the plan by `recommend`."""
    check_leads(by, death, now)
    own = held(death)
    if own.state == DeathState.WITHDRAWN:
        raise NotAllowedError("It was withdrawn.")
    said = check_words(words, "Say what was learnt")
    point = LearningPoint.objects.create(death=own, words=said, written_at=now, written_by=by)
    record(event=EventType.DEATH_LEARNING_ADDED, by=by, now=now, **on_death(own))
    return point


@transaction.atomic
def recommend(*, death: Death, words: str, by: Person, now: datetime) -> Recommendation:
    """Put a recommendation into the plan by the door that reviews use: its words alone, and no word of where from."""
    check_leads(by, death, now)
    own = held(death)
    if own.state not in {DeathState.DISCUSSED, DeathState.WITH_PANEL, DeathState.CLOSED}:
        raise NotAllowedError("Recommendations come out of the review meeting and the panel.")
    added = add_recommendation(
        partnership=own.partnership,
        words=words,
        source_kind=SourceKind.OTHER,
        source_reference=PLAN_SOURCE,
        made_on=timezone.localdate(now),
        by=by,
        now=now,
    )
    DeathRecommendation.objects.create(death=own, recommendation=added, added_at=now, added_by=by)
    record(event=EventType.DEATH_RECOMMENDATION_ADDED, by=by, now=now, **on_death(own))
    return added


@transaction.atomic
def begin_practice_review(
    *, death: Death, known_on: date, words: str, is_in_care: bool, by: Person, now: datetime
) -> Review:
    """Record the serious incident of which this death is part. Who the child was is carried over, still sealed.

    `known_on` is the day on which the authority learnt of it with abuse or neglect known or suspected. Whoever does
    this reads the whole of this review, may see who the child was, and runs reviews; they lead the new one.
    """
    standing, own = standing_of(by, death.partnership, now=now), held(death)
    today = timezone.localdate(now)
    visible = deaths_visible_to(standing, today=today)
    if not visible.filter(pk=own.pk).exists() or not standing.may(Permission.RUN_REVIEWS):
        raise NotAllowedError("Only who reads this and runs practice reviews may do that.")
    identity = identities_visible_to(standing, today=today).filter(death=own).first()
    if identity is None:
        raise NotAllowedError("You do not see who the child was here, so you cannot carry it over.")
    check_open(own)
    if PracticeReview.objects.filter(death=own).exists():
        raise NotAllowedError("A practice review belongs to this death already.")
    check_no_review_yet(standing, identity)
    review = record_incident(
        partnership=own.partnership,
        kind=IncidentKind.DEATH,
        happened_on=own.died_on,
        known_on=known_on,
        words=words,
        is_in_care=is_in_care,
        identity=Identity(
            child_name=identity.child_name,
            born_on=date.fromisoformat(identity.born_on) if identity.born_on else None,
            address=identity.address,
            family=identity.family,
            ethnicity=identity.ethnicity,
            numbers=identity.numbers,
        ),
        by=by,
        now=now,
    )
    PracticeReview.objects.create(death=own, review=review, begun_at=now, begun_by=by)
    record(event=EventType.PRACTICE_REVIEW_BEGUN, by=by, now=now, **on_death(own))
    return review


@transaction.atomic
def close_death(*, death: Death, sent_on: date, by: Person, now: datetime) -> None:
    """The analysis went to the national database: the review is closed, and the panel's time ends on that day."""
    check_leads(by, death, now)
    own = held(death)
    to, analysis = check_move("close_death", own), analysis_of(own)
    if analysis is None:
        raise NotAllowedError("The panel’s analysis is written first.")
    check_day(sent_on, timezone.localdate(now), "The day on which it was sent")
    check_not_before(sent_on, analysis.judged_on, "It cannot have been sent before the panel judged.")
    Closing.objects.create(death=own, sent_on=sent_on, written_at=now, written_by=by)
    end_clocks(own, PANEL, done_at=moment_of(sent_on, now), by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.DEATH_CLOSED, by=by, now=now, detail={"sent_on": sent_on.isoformat()}, **on_death(own))
    death.refresh_from_db()
