"""Reading a review: what stands of it, what is missing, who owes what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.documents.models import Document
from trefoil.people.models import Agency

from .editions import Criterion, Edition, Section, criteria
from .enums import LetterSubject, Recipient
from .models import STANDS, AgencyRequest, CriterionAnswer, NextStep, Part, Position, Review, SectionText


def sent_on_of(review: Review) -> date:
    """The day of the notification; the day it was known where none stands."""
    sent: date | None = review.notifications.filter(STANDS).values_list("sent_on", flat=True).first()
    return sent or review.known_on


def edition_of(review: Review) -> Edition:
    """The edition that the rapid review answers."""
    return review.edition(sent_on_of(review))


def current_sections(review: Review) -> Mapping[str, SectionText]:
    """The last words of each section, by code. One query."""
    return {one.code: one for one in review.sections.select_related("written_by")}


def missing_sections(review: Review) -> list[Section]:
    """What the edition asks for and nobody has written."""
    written = current_sections(review)
    return [section for section in edition_of(review).sections if section.code not in written]


def current_answers(review: Review) -> Mapping[str, CriterionAnswer]:
    """The last answer to each criterion, by code. One query."""
    return {one.code: one for one in review.answers.select_related("answered_by")}


def answered_criteria(review: Review) -> list[tuple[Criterion, CriterionAnswer | None]]:
    """All eight, each with its answer or nothing."""
    answers = current_answers(review)
    return [(one, answers.get(one.code)) for one in criteria()]


def current_positions(review: Review) -> list[Position]:
    """What each partner holds right now."""
    return list(review.positions.filter(is_current=True).select_related("agency", "person"))


def positions_of(review: Review, partners: Iterable[Agency]) -> list[tuple[Agency, Position | None]]:
    """Each statutory partner with its position or nothing."""
    taken = {one.agency_id: one for one in current_positions(review)}
    return [(agency, taken.get(agency.pk)) for agency in partners]


@dataclass(frozen=True)
class Owed:
    """One agency's part: whether it came, and when."""

    request: AgencyRequest
    part: Part | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.part is None and self.request.due_on < self.today

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.part is not None:
            return "green", "Handed in"
        return ("red", "Late") if self.is_late else ("blue", "Asked")


def owed_parts(requests: Iterable[AgencyRequest], today: date) -> list[Owed]:
    """Each request with the last part that came for it. One query beside the requests."""
    asked = list(requests)
    last = {part.request_id: part for part in Part.objects.filter(request__in=asked).order_by("number")}
    return [Owed(one, last.get(one.pk), today) for one in asked]


def involved_agencies(review: Review) -> list[Agency]:
    """Those that are asked for their part, or handed one in before it was asked no more."""
    asked = Q(withdrawn_at__isnull=True) | Q(parts__isnull=False)
    return list(Agency.objects.filter(pk__in=review.agency_requests.filter(asked).values("agency")).order_by("name"))


def told_of(review: Review, step: NextStep) -> Mapping[str, date]:
    """Who was told of a decision, and on which day first. Letters from before it told of another. One query."""
    letters = review.letters.filter(STANDS, subject=LetterSubject.DECISION, sent_on__gte=step.decided_on)
    # The last to be put into a dictionary stays: the earliest.
    return dict(letters.order_by("-sent_on").values_list("to", "sent_on"))


def untold(review: Review, step: NextStep) -> list[str]:
    """Who has not been told of a decision yet, by the words for them. One query."""
    told = told_of(review, step)
    return [one.label for one in Recipient if one not in told]


def clocks_of(reviews: Iterable[Review]) -> Mapping[str, list[Clock]]:
    """The clocks of each review by its subject, in order of their dates. One query."""
    found: dict[str, list[Clock]] = {}
    subjects = [review.subject for review in reviews]
    for clock in Clock.objects.about_any(subjects).order_by("due_at", "pk"):
        found.setdefault(clock.subject, []).append(clock)
    return found


def trail_of(review: Review) -> list[AuditEvent]:
    """What was read and done of a review, newest first, in whichever of its partnerships: for who leads it."""
    papers = Document.objects.filter(subject__in=[review.subject, f"review_full:{review.reference}"])
    subjects = [review.subject, f"{review.subject}/identity", *(one.reference for one in papers)]
    return list(AuditEvent.objects.filter(subject__in=subjects)[:200])
