"""What who leads a review may put on record about it: for each kind the form, the words of its page, what it does.

Every page of this sort is one form. One view serves them all (`notes`), so that none forgets who may open it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .. import forms_local, forms_report
from ..forms_local import NoteForm
from ..models import STANDS, Review
from ..operations import learning, publication, supervision
from ..queries_local import family_words_of, request_steps_of
from ..queries_report import agency_responses_of
from . import note_calls
from .note_calls import Call

Run = Callable[[Call], object]
Rows = Callable[[Review], QuerySet[Any]]


@dataclass(frozen=True)
class Note:
    """One page: its form, its words, what it does, and where on the local review's page it leads back to."""

    form: type[NoteForm]
    title: str
    lead: str
    done: str
    anchor: str
    run: Run
    button: str = "Put it on record"
    kind: str = ""


@dataclass(frozen=True)
class NoteOn:
    """The same about a row of the review that stands."""

    note: Note
    rows: Rows
    words: Callable[[Any], str] = str


_PROCESS = Note(
    forms_local.ProcessForm,
    "Another process beside the review",
    "A trial, an inquest, another review. Say whom to ask there, and what it holds up: that can be a reason for delay.",
    "It is on record.",
    "processes",
    note_calls.put_process,
)
_HEARD = Note(
    forms_local.PractitionersHeardForm,
    "What practitioners said",
    "Which of the agencies came, and what was learnt on the day.",
    "It is on record.",
    "practitioners",
    note_calls.put_heard,
)

NEW: Mapping[str, Note] = {
    "process": _PROCESS,
    "delay": Note(
        forms_local.DelayForm,
        "Why the review takes longer",
        "A local review is published within six months of the decision. The panel and the Secretary of State are told "
        "why it is not: put the letters on record too.",
        "The reason is on record. Tell the panel and the department.",
        "publication",
        note_calls.put_delay,
    ),
    "family": Note(
        forms_local.FamilyMemberForm,
        "Offer one of the family a part",
        "By who they are to the child. Names stand with who the review is about, and nowhere else.",
        "They are on the list. Say next what they were offered.",
        "family",
        note_calls.put_family,
    ),
    "practitioners": Note(
        forms_local.PractitionersForm,
        "A day with practitioners",
        "Those who knew the child and family say what it was like. Nobody is there to be blamed.",
        "The day is on record.",
        "practitioners",
        note_calls.put_practitioners,
    ),
    "supervision": Note(
        forms_local.SupervisionForm,
        "A talk with the reviewer",
        "The partners supervise the review: that it is on time, and of the quality they asked for.",
        "It is on record.",
        "supervision",
        lambda call: supervision.note_supervision(review=call.review, **call.given, **call.who),
    ),
    "request": Note(
        forms_local.WrittenRequestForm,
        "A written request for information",
        "A safeguarding partner may ask any person or body in writing for what a review needs, and they must answer "
        f"({supervision.LAW_OF_REQUESTS}). {supervision.UNSURE_OF_REQUESTS}",
        "The request is on record.",
        "supervision",
        note_calls.put_written_request,
    ),
    "finding": Note(
        forms_report.FindingForm,
        "A finding",
        "What was found about how agencies work, under a theme, so that it can be read beside other reviews.",
        "The finding is on record.",
        "findings",
        note_calls.put_finding,
    ),
    "impact": Note(
        forms_report.ImpactForm,
        "What publishing would mean",
        "For the child and the family: before the partners say how it is published.",
        "The assessment is on record.",
        "publication",
        note_calls.put_impact,
    ),
    "plan": Note(
        forms_report.PlanForm,
        "The day of publication",
        "The national panel, Ofsted and the department have the report seven working days before it.",
        "The day is set.",
        "publication",
        lambda call: publication.plan_publication(review=call.review, **call.given, **call.who),
        button="Set this day",
    ),
    "publish": Note(
        forms_report.PublishForm,
        "Say that it was published",
        "Nothing is published from here. From then on its recommendations in the plan say where they came from.",
        "It is published. It stays available for a year at least.",
        "publication",
        note_calls.put_publish,
    ),
    "take-down": Note(
        forms_report.TakeDownForm,
        "Say that it was taken down",
        "Within the first year this breaks a rule, and the time limit will say so.",
        "It is on record.",
        "publication",
        lambda call: publication.take_down(review=call.review, **call.given, **call.who),
        kind="warning",
    ),
    "learning": Note(
        forms_report.LearningForm,
        "Learning without a local review",
        "What is done instead, and by when.",
        "It is on record.",
        "learning",
        note_calls.put_learning,
    ),
    "learnt": Note(
        forms_report.LearntForm,
        "Say what was learnt",
        "The review ends with this. Put recommendations into the plan first.",
        "The learning has ended.",
        "learning",
        lambda call: learning.end_learning(review=call.review, **call.given, **call.who),
    ),
    "join": Note(
        forms_report.JoinForm,
        "Carry it together with another partnership",
        "You go on to lead it. Its people are put on it one by one, its partners take positions.",
        "They carry it too. Put their readers on it.",
        "together",
        note_calls.put_join,
    ),
}

ON: Mapping[str, NoteOn] = {
    "process": NoteOn(_PROCESS, lambda review: review.processes.filter(STANDS)),
    "family": NoteOn(
        Note(
            forms_local.FamilyWordForm,
            "What passed with one of the family",
            "What they were offered or told, and what they said: each with its day.",
            "It is on record.",
            "family",
            note_calls.put_family_word,
        ),
        lambda review: review.family_members.filter(STANDS),
    ),
    "practitioners": NoteOn(_HEARD, lambda review: review.practitioner_events.filter(STANDS, noted_at__isnull=True)),
    "request": NoteOn(
        Note(
            forms_local.RequestStepForm,
            "What came of a written request",
            "An answer, a reminder, a refusal; and what the partner did about it.",
            "It is on record.",
            "supervision",
            note_calls.put_request_step,
        ),
        lambda review: review.written_requests.filter(STANDS),
    ),
    "recommendation": NoteOn(
        Note(
            forms_report.ResponseAskForm,
            "Ask an agency for its response",
            "What it answers to this recommendation: whether it accepts it, and what it will do.",
            "The agency is on the list. Whoever reads this review there can answer, or you note what they said.",
            "responses",
            note_calls.put_response,
            button="Ask them",
        ),
        lambda review: review.recommendations.select_related("recommendation"),
        lambda row: row.recommendation.words,
    ),
}

# What may be taken back, with the words for it.
TAKEN_BACK: Mapping[str, tuple[Callable[[Review], QuerySet[Any]], str]] = {
    "process": (lambda review: review.processes.all(), "another process"),
    "delay": (lambda review: review.delays.all(), "a reason for delay"),
    "family": (lambda review: review.family_members.all(), "one of the family"),
    "word": (family_words_of, "what passed with one of the family"),
    "practitioners": (lambda review: review.practitioner_events.all(), "a day with practitioners"),
    "supervision": (lambda review: review.supervisions.all(), "a talk with the reviewer"),
    "request": (lambda review: review.written_requests.all(), "a written request"),
    "step": (request_steps_of, "what came of a written request"),
    "draft": (lambda review: review.drafts.all(), "a draft of the report"),
    "finding": (lambda review: review.findings.all(), "a finding"),
    "response": (agency_responses_of, "an agency’s response"),
    "impact": (lambda review: review.impact_assessments.all(), "the assessment of what publishing would mean"),
    "plan": (lambda review: review.publication_plans.all(), "the day of publication"),
    "learning": (lambda review: review.learning_reviews.all(), "the learning that was planned"),
    "join": (lambda review: review.joined.all(), "that another partnership carries it too"),
}
