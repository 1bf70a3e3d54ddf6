"""Reading what runs beside a review: other processes, the family, practitioners, requests, delays."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from .enums import LetterSubject, Recipient
from .enums_local import FamilyStep, ProcessEffect, RequestStep
from .models import (
    STANDS,
    DelayReason,
    FamilyMember,
    FamilyWord,
    ParallelProcess,
    PractitionerEvent,
    Review,
    WrittenRequest,
    WrittenRequestStep,
)

# Who is told why a review is late: Working Together names the panel and the Secretary of State.
TOLD_OF_DELAY = (Recipient.PANEL, Recipient.DEPARTMENT)


@dataclass(frozen=True)
class ProcessLine:
    """Another process, and whether it holds something up today."""

    process: ParallelProcess
    today: date

    @property
    def holds(self) -> bool:
        one = self.process
        if one.effect == ProcessEffect.NONE or one.effect_from is None:
            return False
        return one.effect_from <= self.today and (one.effect_until is None or one.effect_until >= self.today)

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.process.ended_on is not None:
            return "grey", "Ended"
        return ("orange", "Holds it up") if self.holds else ("blue", "Runs")


def processes_of(review: Review, today: date) -> list[ProcessLine]:
    """What runs beside it, as it stands. One query."""
    return [ProcessLine(one, today) for one in review.processes.filter(STANDS)]


@dataclass(frozen=True)
class FamilyLine:
    """One of the family with what passed, oldest first."""

    member: FamilyMember
    words: list[FamilyWord]

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word: the last answer counts."""
        kinds = [one.kind for one in self.words]
        answers = [one for one in kinds if one in {FamilyStep.TAKES_PART, FamilyStep.DECLINES}]
        if answers:
            return ("green", "Takes part") if answers[-1] == FamilyStep.TAKES_PART else ("grey", "Declined")
        if FamilyStep.SAID in kinds:
            return "green", "Has spoken"
        return ("blue", "Offered") if FamilyStep.OFFERED in kinds else ("orange", "Not offered yet")


def family_of(review: Review) -> list[FamilyLine]:
    """Two queries."""
    members = list(review.family_members.filter(STANDS))
    passed: dict[int, list[FamilyWord]] = defaultdict(list)
    for one in FamilyWord.objects.filter(STANDS, member__in=members).select_related("written_by"):
        passed[one.member_id].append(one)
    return [FamilyLine(one, passed[one.pk]) for one in members]


def practitioner_events_of(review: Review) -> list[PractitionerEvent]:
    """With who was invited. Two queries."""
    return list(review.practitioner_events.filter(STANDS).prefetch_related("invitations__agency"))


@dataclass(frozen=True)
class RequestLine:
    """A written request with what became of it."""

    request: WrittenRequest
    steps: list[WrittenRequestStep]
    today: date

    @property
    def is_open(self) -> bool:
        return not any(one.kind == RequestStep.ANSWERED for one in self.steps)

    @property
    def is_late(self) -> bool:
        return self.is_open and self.request.due_on < self.today

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        last = self.steps[-1].kind if self.steps else ""
        if not self.is_open:
            return "green", "Answered"
        if last in {RequestStep.COURT, RequestStep.REFUSED, RequestStep.PARTLY}:
            return "red", RequestStep(last).label
        return ("red", "Late") if self.is_late else ("blue", "Awaited")


def written_requests_of(review: Review, today: date) -> list[RequestLine]:
    """Two queries."""
    requests = list(review.written_requests.filter(STANDS).select_related("asked_for", "agency"))
    return request_lines(requests, today)


def request_lines(requests: Iterable[WrittenRequest], today: date) -> list[RequestLine]:
    """Each with what became of it. One query."""
    rows = list(requests)
    steps: dict[int, list[WrittenRequestStep]] = defaultdict(list)
    for one in WrittenRequestStep.objects.filter(STANDS, request__in=rows):
        steps[one.request_id].append(one)
    return [RequestLine(one, steps[one.pk], today) for one in rows]


def delays_of(review: Review) -> list[DelayReason]:
    """Why it takes longer, oldest first. One query."""
    return list(review.delays.filter(STANDS).select_related("process"))


def untold_of_delay(review: Review, delays: list[DelayReason]) -> list[str]:
    """Who has not been told of the last reason, by the words for them. One query where there is a reason."""
    if not delays:
        return []
    letters = review.letters.filter(STANDS, subject=LetterSubject.DELAY, sent_on__gte=delays[-1].given_on)
    told: Mapping[str, date] = dict(letters.values_list("to", "sent_on"))
    return [one.label for one in TOLD_OF_DELAY if one not in told]


def family_words_of(review: Review) -> QuerySet[FamilyWord]:
    """All that passed with the family, taken back or not."""
    return FamilyWord.objects.filter(member__review=review)


def request_steps_of(review: Review) -> QuerySet[WrittenRequestStep]:
    """All that came of written requests, taken back or not."""
    return WrittenRequestStep.objects.filter(request__review=review)
