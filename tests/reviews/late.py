"""A local review of an invented child on its way to publication, built through the operations."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from tests.reviews.made import TEXT, Partners, agreed, chosen, notified, partners, written
from tests.world import World
from trefoil.people.models import Person
from trefoil.reviews.enums import LetterSubject, NextStepKind, Recipient
from trefoil.reviews.enums_local import (
    FamilyRole,
    FamilyStep,
    HowPublished,
    LearningMethod,
    ProcessEffect,
    ProcessKind,
    Theme,
)
from trefoil.reviews.models import (
    FamilyMember,
    ImpactAssessment,
    ParallelProcess,
    Publication,
    ReportDraft,
    Review,
    ReviewRecommendation,
)
from trefoil.reviews.operations.commissions import Terms, commission_review
from trefoil.reviews.operations.family import name_family_member, note_family_word
from trefoil.reviews.operations.learning import begin_learning
from trefoil.reviews.operations.letters import note_letter
from trefoil.reviews.operations.processes import Process, note_process
from trefoil.reviews.operations.publication import Impact, assess_impact, publish_review, take_publishing_position
from trefoil.reviews.operations.rapid import decide_next_step, recommend, send_rapid_review
from trefoil.reviews.operations.report import receive_draft, write_finding
from trefoil.reviews.rules import speakers_of

TITLE = "Learning about children who are hurt at home"
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def local(world: World, now: datetime, **named: Any) -> Review:
    """A local review, decided and sent on the day of the moment, with a reviewer."""
    review = chosen(world, now, **named)
    send_rapid_review(review=review, sent_on=timezone.localdate(now), by=review.recorded_by, now=now)
    terms = Terms(TEXT, "Systems review", "An independent reviewer", TEXT)
    commission_review(review=review, terms=terms, agreed_on=timezone.localdate(now), by=review.recorded_by, now=now)
    return review


def learning(world: World, now: datetime) -> Review:
    """Learning in another way was decided, and the rapid review sent."""
    review, kind = notified(world, now), NextStepKind.OTHER_LEARNING
    written(review, now)
    agreed(review, partners(world, now), now, kind)
    day = timezone.localdate(now)
    decide_next_step(review=review, kind=kind, reasons=TEXT, decided_on=day, by=review.recorded_by, now=now)
    send_rapid_review(review=review, sent_on=day, by=review.recorded_by, now=now)
    return review


def planned(review: Review, now: datetime, **named: Any) -> None:
    """An audit, due in two months."""
    due_on = timezone.localdate(now) + timedelta(days=60)
    given = {"method": LearningMethod.AUDIT, "words": TEXT, "due_on": due_on, **named}
    begin_learning(review=review, by=review.recorded_by, now=now, **given)


def a_process(review: Review, now: datetime, **named: Any) -> ParallelProcess:
    """A trial that delays publication from the day of the moment."""
    day = timezone.localdate(now)
    replaces = named.pop("replaces", None)
    given = {
        "kind": ProcessKind.CRIMINAL,
        "words": "Two adults are charged; the trial is listed.",
        "began_on": day,
        "effect": ProcessEffect.PUBLICATION,
        "effect_from": day,
        **named,
    }
    return note_process(review=review, process=Process(**given), replaces=replaces, by=review.recorded_by, now=now)


def a_member(review: Review, now: datetime, role: FamilyRole = FamilyRole.MOTHER) -> FamilyMember:
    """One of the family."""
    return name_family_member(review=review, role=role, called="", contact="", by=review.recorded_by, now=now)


def passed(member: FamilyMember, kind: FamilyStep, now: datetime, **named: Any) -> None:
    """Something passed with them on the day of the moment."""
    given = {"happened_on": timezone.localdate(now), "words": TEXT, **named}
    note_family_word(member=member, kind=kind, by=member.review.recorded_by, now=now, **given)


def a_draft(review: Review, now: datetime, *, is_final: bool = True, text: str = "", **named: Any) -> ReportDraft:
    """A draft in full, and one without names where it is final."""
    full = (BytesIO(f"In full. {text}{review.drafts.count()}".encode()), "Wren Tumblethwaite.txt")
    redacted = (BytesIO(f"Without names. {review.drafts.count()}".encode()), "redacted.txt") if is_final else None
    given = {"received_on": timezone.localdate(now), "words": "", "full": full, "redacted": redacted, **named}
    return receive_draft(review=review, is_final=is_final, by=review.recorded_by, now=now, **given)


def a_finding(review: Review, now: datetime, theme: Theme = Theme.VOICE, words: str = TEXT) -> None:
    write_finding(review=review, theme=theme, words=words, by=review.recorded_by, now=now)


def recommended(review: Review, now: datetime, words: str = "Agree when a visit is missed.") -> ReviewRecommendation:
    """A recommendation in the plan, and its link to the review."""
    made = recommend(review=review, words=words, by=review.recorded_by, now=now)
    return ReviewRecommendation.objects.get(recommendation=made)


def impact(review: Review, now: datetime, how: HowPublished = HowPublished.WHOLE) -> ImpactAssessment:
    """What publishing would mean, weighed on the day of the moment."""
    weighed = Impact(TEXT, TEXT, how, TEXT, "The partners")
    return assess_impact(
        review=review, impact=weighed, assessed_on=timezone.localdate(now), by=review.recorded_by, now=now
    )


def positions(review: Review, now: datetime, how: HowPublished = HowPublished.WHOLE) -> list[Person]:
    """Every statutory partner holds the same right; who leads notes what they said."""
    speakers = speakers_of(review, timezone.localdate(now))
    for person in speakers:
        assert person.agency is not None
        take_publishing_position(
            review=review, agency=person.agency, person=person, stance=how, by=review.recorded_by, now=now
        )
    return speakers


def sent_to_all(review: Review, now: datetime, sent_on: date, subject: LetterSubject = LetterSubject.REPORT) -> None:
    """The same letter to all three."""
    for to in Recipient:
        note_letter(review=review, to=to, subject=subject, sent_on=sent_on, words=TEXT, by=review.recorded_by, now=now)


def ready(review: Review, now: datetime, how: HowPublished = HowPublished.WHOLE) -> None:
    """All that publication needs but its days."""
    a_draft(review, now)
    impact(review, now, how)
    positions(review, now, how)


def published(
    review: Review, now: datetime, published_on: date, how: HowPublished = HowPublished.WHOLE, title: str = TITLE
) -> Publication:
    return publish_review(
        review=review,
        how=how,
        published_on=published_on,
        title=title,
        address="https://example.org/report",
        by=review.recorded_by,
        now=now,
    )


__all__ = ["PDF", "TITLE", "Partners"]
