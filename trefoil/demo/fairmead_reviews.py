"""Fairmead's serious incidents: one just recorded, one not notified, one under way with a late part, one that ended in
learning, and one with a local review of which the department was never told.

Every child, story and date is invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trefoil.people.models import Person
from trefoil.reviews.editions import criteria
from trefoil.reviews.enums import (
    Abuse,
    Answer,
    IncidentKind,
    LetterSubject,
    NextStepKind,
    Place,
    ReaderRole,
    Recipient,
    ReplyKind,
)
from trefoil.reviews.models import AgencyRequest, Review, SentLetter
from trefoil.reviews.operations.agencies import ask_agency, hand_in_part
from trefoil.reviews.operations.commissions import Terms, commission_review
from trefoil.reviews.operations.incidents import Identity, record_incident
from trefoil.reviews.operations.letters import note_letter, note_reply
from trefoil.reviews.operations.notifying import Test, decide_whether_to_notify, note_notification
from trefoil.reviews.operations.rapid import (
    answer_criterion,
    decide_next_step,
    recommend,
    send_rapid_review,
    take_review_position,
    write_section,
)
from trefoil.reviews.operations.readers import ask_for_access, put_on

from .borough import Borough, read_toml


@dataclass(frozen=True)
class Telling:
    """The borough, the demo's day and the file of words."""

    borough: Borough
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        return timezone.localdate(self.ago(days))

    @property
    def manager(self) -> Person:
        return self.borough.people["manager"]

    @property
    def partners(self) -> list[Person]:
        return [self.borough.people[name] for name in ("council_partner", "health_partner", "police_partner")]


def invent_reviews(borough: Borough, *, now: datetime) -> tuple[Review, Review]:
    """Build the five. The local review and the one that ended in learning. Call it after the plan."""
    telling, words = Telling(borough, now), read_toml("fairmead_reviews.toml")
    _recorded(telling, words["new"], 2)
    _not_notified(telling, words["other"], 45)
    _under_way(telling, words["under_way"], words["parts"])
    learnt = _learnt_from(telling, words["learnt"])
    return _commissioned(telling, words["local"]), learnt


def _recorded(telling: Telling, words: dict[str, str], days: int, *, kind: IncidentKind = IncidentKind.HARM) -> Review:
    known, then = telling.day(days), telling.ago(days)
    born = telling.day(days + int(words["days_old"]))
    return record_incident(
        partnership=telling.borough.partnership,
        kind=kind,
        happened_on=known - timedelta(days=1),
        known_on=known,
        words=words["story"],
        identity=Identity(child_name=words["child"], born_on=born, family=words["family"], ethnicity=words["said"]),
        by=telling.manager,
        now=then,
    )


def _decided(telling: Telling, review: Review, days: int, words: dict[str, str], test: Test) -> None:
    decide_whether_to_notify(
        review=review,
        is_to_notify=test.is_met,
        test=test,
        reasons=words["reasons"],
        decided_on=telling.day(days),
        deciders="Marigold Ashenbrook-Vane, with the health and police partners",
        by=telling.manager,
        now=telling.ago(days),
    )


def _not_notified(telling: Telling, words: dict[str, str], days: int) -> None:
    review = _recorded(telling, words, days)
    _decided(telling, review, days - 2, words, Test(Abuse.NEITHER, is_grave=True, place=Place.HERE))


def _notified(telling: Telling, words: dict[str, str], days: int) -> Review:
    review = _recorded(telling, words, days)
    _decided(telling, review, days - 1, words, Test(Abuse.SUSPECTED, is_grave=True, place=Place.HERE))
    note_notification(
        review=review,
        sent_on=telling.day(days - 3),
        panel_reference=f"P-{review.happened_on:%y%m}-EX",
        by=telling.manager,
        now=telling.ago(days - 3),
    )
    return review


def _asked(telling: Telling, review: Review, agency: str, person: str, *, begin: int, due: int) -> AgencyRequest:
    return ask_agency(
        review=review,
        agency=telling.borough.agencies[agency],
        person=telling.borough.people[person],
        due_on=telling.day(due),
        reads_until=min(telling.day(-60), telling.day(begin - 360)),
        by=telling.manager,
        now=telling.ago(begin),
    )


def _handed_in(telling: Telling, request: AgencyRequest, words: dict[str, str], days: int) -> None:
    hand_in_part(request=request, author=str(request.person), by=request.person, now=telling.ago(days), **words)


def _under_way(telling: Telling, words: dict[str, str], parts: dict[str, dict[str, str]]) -> None:
    """Two parts are in, one is late, one is not due yet; a partner is on it, the scrutineer asks to be."""
    review = _notified(telling, words, 20)
    _handed_in(telling, _asked(telling, review, "icb", "health_lead", begin=16, due=6), parts["health"], 8)
    _asked(telling, review, "police", "police_lead", begin=16, due=6)
    _handed_in(telling, _asked(telling, review, "council", "council_lead", begin=16, due=6), parts["council"], 7)
    _asked(telling, review, "schools", "schools_lead", begin=5, due=-3)
    for person in telling.partners:
        put_on(
            review=review,
            person=person,
            role=ReaderRole.PANEL,
            ends_on=telling.day(-90),
            reason="They decide the next step.",
            sees_identity=True,
            by=telling.manager,
            now=telling.ago(15),
        )
    write_section(review=review, code="facts", words=words["facts"], by=telling.manager, now=telling.ago(4))
    write_section(review=review, code="safety", words=words["safety"], by=telling.manager, now=telling.ago(4))
    scrutineer = telling.borough.people["scrutineer"]
    why = "I look at every rapid review before the partners decide what follows."
    ask_for_access(review=review, reason=why, by=scrutineer, now=telling.ago(1))


def sent_to_panel(telling: Telling, words: dict[str, dict[str, Any]], days: int, kind: NextStepKind) -> Review:
    """A rapid review that came through to the panel, recorded so many days ago."""
    review, now = _notified(telling, words["told"], days), telling.ago(days - 17)
    request = _asked(telling, review, "icb", "health_lead", begin=days - 5, due=days - 13)
    _handed_in(telling, request, words["part"], days - 11)
    for code, said in words["sections"].items():
        write_section(review=review, code=code, words=said, by=telling.manager, now=now)
    for one in criteria():
        answer, said = words["criteria"][one.code]
        answer_criterion(review=review, code=one.code, answer=Answer(answer), words=said, by=telling.manager, now=now)
    for person in telling.partners:
        assert person.agency is not None
        take_review_position(
            review=review, agency=person.agency, person=person, stance=kind, by=telling.manager, now=now
        )
    day, reasons = timezone.localdate(now), words["told"]["next"]
    decide_next_step(review=review, kind=kind, reasons=reasons, decided_on=day, by=telling.manager, now=now)
    recommend(review=review, words=words["told"]["recommendation"], by=telling.manager, now=now)
    send_rapid_review(review=review, sent_on=telling.day(days - 19), by=telling.manager, now=telling.ago(days - 19))
    return review


def _replied(telling: Telling, letter: SentLetter, kind: ReplyKind, words: str, days: int) -> None:
    came_on, now = telling.day(days), telling.ago(days)
    note_reply(letter=letter, kind=kind, came_on=came_on, words=words, by=telling.manager, now=now)


def _learnt_from(telling: Telling, words: dict[str, dict[str, Any]]) -> Review:
    """A baby with injuries, for whom learning without a full review was decided; the panel agrees."""
    review = sent_to_panel(telling, words, 75, NextStepKind.OTHER_LEARNING)
    _replied(telling, review.letters.get(), ReplyKind.AGREES, words["letters"]["panel"], 44)
    return review


def _commissioned(telling: Telling, words: dict[str, dict[str, Any]]) -> Review:
    """A local review: the panel asked for more, Ofsted noted it, the department was never told; a reviewer is named."""
    review, said = sent_to_panel(telling, words, 140, NextStepKind.LOCAL_REVIEW), words["letters"]
    _replied(telling, review.letters.get(), ReplyKind.ASKS, said["panel"], 110)
    for to, days in ((Recipient.PANEL, 108), (Recipient.OFSTED, 108)):
        letter = note_letter(
            review=review,
            to=to,
            subject=LetterSubject.DECISION,
            sent_on=telling.day(days),
            words=said["decision"],
            by=telling.manager,
            now=telling.ago(days),
        )
    _replied(telling, letter, ReplyKind.NOTED, said["ofsted"], 101)
    agreed = words["commission"]
    commission_review(
        review=review,
        terms=Terms(agreed["terms"], agreed["method"], agreed["reviewer"], agreed["conflict"], cost=Decimal(14500)),
        agreed_on=telling.day(90),
        by=telling.manager,
        now=telling.ago(90),
    )
    return review
