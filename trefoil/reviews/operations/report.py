"""The report: drafts received, findings, agencies' responses to recommendations."""

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document, DocumentVersion
from trefoil.documents.operations import add_version, attach
from trefoil.people.models import Agency, Person

from ..checking_files import check_names_nobody
from ..enums import ReviewState
from ..enums_local import AgencyAnswer, Theme
from ..models import STANDS, AgencyResponse, Finding, ReportDraft, Review, ReviewRecommendation
from ..moving import held, on_review
from ..rules import agencies_of, check_day, check_words, is_lead_at, reads
from ..rules_local import check_between, led, led_local

File = tuple[IO[bytes], str]
"""What can be read and sought, and what it is called."""


@transaction.atomic
def receive_draft(
    *,
    review: Review,
    received_on: date,
    is_final: bool,
    words: str,
    full: File,
    by: Person,
    now: datetime,
    redacted: File | None = None,
    is_read_through: bool = False,
) -> ReportDraft:
    """A draft came from the reviewer. The full one and the one without names are documents of their own, both sealed.

    A final draft comes with both: what is read by who was not given who the child is must be there before it is sent.
    The one without names is looked through, and refused while it names the child or a word of the list; pictures and
    scanned pages are taken once whoever leads says that they read it all (`is_read_through`).
    """
    own, today, step = led_local(review, by, now)
    check_between(received_on, step.decided_on, today, "The day", "It cannot have come before the review was decided.")
    if not own.commissions.filter(STANDS).exists():
        raise NotAllowedError("Nobody is asked to review yet. Put the commission on record first.")
    if is_final and redacted is None:
        raise NotAllowedError("The final report comes in full and with what names the child left out. Send both.")
    unread = check_names_nobody(own, *redacted, is_read_through=is_read_through) if redacted else []
    number = (own.drafts.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = ReportDraft.objects.create(
        review=own,
        number=number,
        is_final=is_final,
        received_on=received_on,
        words=words.strip(),
        full=_kept(own, f"review_full:{own.reference}", full, by, now),
        redacted=_kept(own, own.subject, redacted, by, now) if redacted else None,
        written_at=now,
        written_by=by,
    )
    detail = {"number": number, "final": is_final, "redacted": redacted is not None, "read_by_eye": len(unread)}
    record(event=EventType.REVIEW_DRAFT_RECEIVED, by=by, now=now, detail=detail, **on_review(own))
    return draft


def _kept(review: Review, subject: str, file: File, by: Person, now: datetime) -> DocumentVersion:
    """The file as a new version of the review's document of this kind, or as its first."""
    content, name = file
    held_before = Document.objects.filter(partnership=review.partnership, subject=subject, withdrawn_at=None).first()
    if held_before is not None:
        return add_version(document=held_before, file=content, name=name, by=by, now=now)
    document = attach(
        partnership=review.partnership,
        subject=subject,
        title="",
        marking=Marking.OFFICIAL_SENSITIVE,
        file=content,
        name=name,
        by=by,
        now=now,
    )
    return document.versions.get()


@transaction.atomic
def write_finding(*, review: Review, theme: Theme, words: str, by: Person, now: datetime) -> Finding:
    """What was found, under a theme. The learning library shows it to the review's readers; once published, to all."""
    own, _today = led(review, by, now)
    if own.state == ReviewState.RAPID:
        raise NotAllowedError("Findings are written once the partners have decided what follows the rapid review.")
    said = check_words(words, "Say what was found")
    made = Finding.objects.create(review=own, theme=Theme(theme), words=said, written_at=now, written_by=by)
    record(event=EventType.REVIEW_FINDING_WRITTEN, by=by, now=now, detail={"theme": made.theme}, **on_review(own))
    return made


@transaction.atomic
def ask_response(
    *, recommendation: ReviewRecommendation, agency: Agency, due_on: date, by: Person, now: datetime
) -> AgencyResponse:
    """Ask an agency what it answers to a recommendation, by a day."""
    own, today = led(recommendation.review, by, now)
    if due_on < today:
        raise NotAllowedError("Choose a day from today on.")
    if agency not in agencies_of(own, today):
        raise NotAllowedError(f"{agency} is not an agency of this partnership today.")
    if recommendation.responses.filter(STANDS, agency=agency).exists():
        raise NotAllowedError(f"{agency} has been asked already.")
    made = AgencyResponse.objects.create(
        recommendation=recommendation, agency=agency, due_on=due_on, asked_at=now, asked_by=by
    )
    record(event=EventType.REVIEW_RESPONSE_ASKED, by=by, now=now, detail={"agency": agency.pk}, **on_review(own))
    return made


@transaction.atomic
def give_response(
    *, response: AgencyResponse, answer: AgencyAnswer, words: str, answered_on: date, by: Person, now: datetime
) -> None:
    """What the agency answers. One of its people who reads the review says so, or who leads it notes what they said."""
    review = response.recommendation.review
    own, today = held(review), timezone.localdate(now)
    is_theirs = by.agency_id == response.agency_id and reads(by, own, now)
    if not (is_theirs or is_lead_at(by, own, now)):
        raise NotAllowedError(f"Only who leads this review, or a reader of it from {response.agency}, answers this.")
    check_day(answered_on, today, "The day of the answer")
    if answered_on < timezone.localdate(response.asked_at):
        raise NotAllowedError("They cannot have answered before they were asked.")
    said = check_words(words, "Say what they will do, or why not")
    waiting = AgencyResponse.objects.filter(STANDS, pk=response.pk, answered_at__isnull=True)
    if not waiting.exists():
        raise NotAllowedError("It was answered already. Take that back first, and ask again.")
    response.answer, response.words, response.answered_on = AgencyAnswer(answer), said, answered_on
    response.answered_at, response.answered_by = now, by
    response.save(update_fields=["answer", "words", "answered_on", "answered_at", "answered_by"])
    detail = {"agency": response.agency_id, "answer": response.answer}
    record(event=EventType.REVIEW_RESPONSE_GIVEN, by=by, now=now, detail=detail, **on_review(own))
