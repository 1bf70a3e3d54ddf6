"""Reviews of an invented child, built through the operations, and the people around them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.world import BEGINNING, World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person
from trefoil.people.operations import create_person, give_duty
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
)
from trefoil.reviews.models import AgencyRequest, Reader, Review, SentLetter
from trefoil.reviews.operations.agencies import ask_agency, hand_in_part
from trefoil.reviews.operations.incidents import Identity, record_incident
from trefoil.reviews.operations.letters import note_letter
from trefoil.reviews.operations.notifying import Test, decide_whether_to_notify, note_notification
from trefoil.reviews.operations.rapid import (
    answer_criterion,
    decide_next_step,
    take_review_position,
    write_section,
)
from trefoil.reviews.operations.readers import put_on
from trefoil.reviews.queries import edition_of

# Words that stand nowhere else: whatever page holds one of them has given the child away.
CHILD, STORY = "Wren Tumblethwaite", "A fall from the painted balcony"
MET = Test(Abuse.SUSPECTED, is_grave=True, place=Place.HERE)
TEXT = "This is long enough to mean something."
PART = {"involvement": "Seen twice in the clinic.", "practice": "A visit was missed.", "safety": "A plan was made."}


def who(**named: Any) -> Identity:
    """The invented child."""
    return Identity(**{"child_name": CHILD, "born_on": date(2025, 1, 10), "family": "A brother of four.", **named})


def recorded(world: World, now: datetime, *, by: Person | None = None, **named: Any) -> Review:
    """A serious incident of 12 November 2026, known the next day, led by the manager."""
    given: dict[str, Any] = {
        "kind": IncidentKind.HARM,
        "happened_on": date(2026, 11, 12),
        "known_on": date(2026, 11, 13),
        "words": f"{STORY} broke an arm.",
        "identity": who(),
        **named,
    }
    return record_incident(partnership=world.fairmead, by=by or world.manager, now=now, **given)


def decided(review: Review, now: datetime, *, to_notify: bool = True, test: Test = MET, **named: Any) -> Review:
    """Decided on the day it was known."""
    given = {"decided_on": review.known_on, "deciders": "The director, with both partners", "reasons": TEXT, **named}
    decide_whether_to_notify(review=review, is_to_notify=to_notify, test=test, by=review.recorded_by, now=now, **given)
    return review


def notified(world: World, now: datetime, *, sent_on: date = date(2026, 11, 17), **named: Any) -> Review:
    """A rapid review under way."""
    review = decided(recorded(world, now, **named), now)
    note_notification(review=review, sent_on=sent_on, panel_reference="P-1", by=review.recorded_by, now=now)
    return review


def reading(review: Review, person: Person, now: datetime, **named: Any) -> Reader:
    """Somebody who reads the whole of it for a month."""
    given = {"role": ReaderRole.PANEL, "ends_on": now.date() + timedelta(days=30), "reason": TEXT, **named}
    return put_on(review=review, person=person, by=review.recorded_by, now=now, **given)


def asked(review: Review, agency: Agency, person: Person, now: datetime, **named: Any) -> AgencyRequest:
    """An agency asked for its part within a week."""
    given = {"due_on": now.date() + timedelta(days=7), **named}
    return ask_agency(review=review, agency=agency, person=person, by=review.recorded_by, now=now, **given)


def handed_in(request: AgencyRequest, now: datetime, *, by: Person | None = None, **named: Any) -> None:
    hand_in_part(request=request, author="A nurse", by=by or request.person, now=now, **{**PART, **named})


@dataclass(frozen=True)
class Partners:
    """Who speaks for each statutory partner."""

    council: Person
    police: Person
    health: Person

    def all(self) -> list[Person]:
        return [self.council, self.police, self.health]


def partners(world: World, now: datetime) -> Partners:
    """A safeguarding partner in each of the three."""
    return Partners(
        *(_partner(world, agency, now) for agency in (world.social_care, world.police, world.health)),
    )


def _partner(world: World, agency: Agency, now: datetime) -> Person:
    name = f"Partner of {agency.pk}"
    known = Person.objects.filter(name=name).first()
    return known or somebody(world, name, DutyKind.SAFEGUARDING_PARTNER, now, agency=agency)


def somebody(
    world: World, name: str, kind: DutyKind, now: datetime, *, agency: Agency | None = None, for_agency: bool = False
) -> Person:
    """One more person with one duty in Fairmead."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = create_person(email=email, name=name, agency=agency, by=None, now=now, is_invented=True)
    give_duty(
        person=person,
        partnership=world.fairmead,
        kind=kind,
        agency=agency if for_agency else None,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    return person


def written(review: Review, now: datetime) -> None:
    """Every section and every criterion."""
    for section in edition_of(review).sections:
        write_section(review=review, code=section.code, words=TEXT, by=review.recorded_by, now=now)
    for one in criteria():
        answer_criterion(review=review, code=one.code, answer=Answer.YES, words=TEXT, by=review.recorded_by, now=now)


def agreed(review: Review, speakers: Partners, now: datetime, stance: NextStepKind = NextStepKind.LOCAL_REVIEW) -> None:
    """Each partner holds the same right; who leads notes what they said."""
    for person in speakers.all():
        assert person.agency is not None
        take_review_position(
            review=review, agency=person.agency, person=person, stance=stance, by=review.recorded_by, now=now
        )


def a_letter(review: Review, now: datetime, **named: Any) -> SentLetter:
    """A letter to Ofsted, sent on the day of the moment."""
    given = {"to": Recipient.OFSTED, "subject": LetterSubject.OTHER, "sent_on": timezone.localdate(now), "words": TEXT}
    return note_letter(review=review, by=review.recorded_by, now=now, **(given | named))


def chosen(world: World, now: datetime, **named: Any) -> Review:
    """A local review was decided, on the day of the moment."""
    review, kind = notified(world, now, **named), NextStepKind.LOCAL_REVIEW
    written(review, now)
    agreed(review, partners(world, now), now, kind)
    decided_on = timezone.localdate(now)
    decide_next_step(review=review, kind=kind, reasons=TEXT, decided_on=decided_on, by=review.recorded_by, now=now)
    return review
