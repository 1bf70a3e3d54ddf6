"""The forms of the report: drafts, findings, responses, what publishing would mean, publication, other learning."""

from datetime import date
from typing import Any

from django import forms
from django.db import models

from trefoil.design.forms import DayMonthYearField

from .enums_local import AgencyAnswer, HowPublished, LearningMethod, NationalAnswer, Theme
from .forms import YES_NO, Choices, area, offer, one_of, picked
from .forms_local import NoteForm, named
from .models import STANDS, Review
from .rules import agencies_of, joinable


class DraftForm(forms.Form):
    """A draft report that came."""

    received_on = DayMonthYearField(label="When did it come?")
    is_final = one_of("Is it the final report?", YES_NO, initial="no")
    full = forms.FileField(label="The report in full", help_text="Sealed. Only who sees who the child is opens it.")
    redacted = forms.FileField(
        label="The report with what names the child left out (optional for a draft)",
        required=False,
        help_text="Sealed. Every reader of this review opens it. It is looked through for the child’s name, the "
        "address and the chronology’s list of names, and refused while one stands in it.",
    )
    is_read_through = forms.BooleanField(
        label="I read the file without names from beginning to end, pictures too. It gives nobody away.",
        required=False,
        help_text="Needed where it holds pictures or scanned pages. A nickname or a school no program finds.",
    )
    words = area("What do the partners make of it? (optional)", rows=5, required=False, help_text="It is sealed.")


class FindingForm(NoteForm):
    """A finding."""

    theme = one_of("What is it about?", Theme.choices)
    words = area(
        "What was found?",
        rows=5,
        most=20000,
        help_text="Name nobody. When the review is published, everybody who reads the learning library reads this.",
    )


class ResponseAskForm(NoteForm):
    """An agency asked for its response."""

    agency = picked("Which agency?")
    due_on = DayMonthYearField(label="By when?")

    def offer_from(self, review: Review, today: date, _of: models.Model | None) -> None:
        offer(self, "agency", named(agencies_of(review, today)))


class ResponseForm(forms.Form):
    """What an agency answers."""

    answer = one_of("What does the agency answer?", AgencyAnswer.choices)
    words = area("What will it do, by when; or why not?", rows=4, help_text="It is sealed.")
    answered_on = DayMonthYearField(label="When did it answer?")


class ImpactForm(NoteForm):
    """What publishing would mean."""

    on_child = area("What would it mean for the child, or for their memory?", most=20000)
    on_family = area("What would it mean for the family, brothers and sisters too?", most=20000)
    conclusion = one_of("What follows?", HowPublished.choices)
    reasons = area("Why?", help_text="If not all of it is published, the reasons go to the national panel.")
    assessed_on = DayMonthYearField(label="When was it weighed?")
    assessors = forms.CharField(label="Who weighed it?", max_length=300, help_text="Names and what they are.")

    @classmethod
    def first(cls, review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        stood = review.impact_assessments.filter(STANDS).first()
        known = {name: getattr(stood, name) for name in cls.base_fields} if stood is not None else {}
        return known | {"assessed_on": today}


class PublishingPositionForm(forms.Form):
    """How a partner holds that it is published."""

    speaker = forms.ChoiceField(label="Who speaks, and for which partner?")
    stance = one_of("How is it to be published?", HowPublished.choices)
    reason = area("Why? (optional)", rows=3, required=False)

    def __init__(self, *args: Any, speakers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "speaker", speakers)


class PlanForm(NoteForm):
    """The day of publication."""

    planned_on = DayMonthYearField(label="On which day is it to be published?")


class PublishForm(NoteForm):
    """That it was published."""

    how = one_of("What was published?", HowPublished.choices)
    published_on = DayMonthYearField(label="When?")
    title = forms.CharField(
        label="Under which title?", max_length=200, help_text="Everybody reads it, in the plan as well. Name no child."
    )
    address = forms.URLField(
        label="At which address? (optional)", max_length=500, required=False, assume_scheme="https"
    )

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"published_on": today}


class TakeDownForm(NoteForm):
    """That it can be read no more."""

    taken_down_on = DayMonthYearField(label="When was it taken down?")
    reason = area("Why?", rows=3, help_text="A report stays available for a year at least. It is sealed.")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"taken_down_on": today}


class LearningForm(NoteForm):
    """Learning in another way."""

    method = one_of("How is the learning brought out?", LearningMethod.choices)
    words = area("What is done, by whom, and what does it ask?", rows=6, most=20000)
    due_on = DayMonthYearField(label="By when?")

    @classmethod
    def first(cls, review: Review, _today: date, _of: models.Model | None) -> dict[str, Any]:
        stood = review.learning_reviews.filter(STANDS).first()
        return {name: getattr(stood, name) for name in cls.base_fields} if stood is not None else {}

    def offer_from(self, review: Review, _today: date, _of: models.Model | None) -> None:
        if review.learning_reviews.filter(STANDS).exists():
            self.fields["reason"] = area("Why is it changed?", rows=2)


class LearntForm(NoteForm):
    """What was learnt."""

    ended_on = DayMonthYearField(label="When did it end?")
    learnt = area("What was learnt?", rows=8, most=20000, help_text="It is sealed; findings go into the library.")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"ended_on": today}


class JoinForm(NoteForm):
    """Another partnership that carries the review too."""

    partnership = picked("Which partnership?")
    words = area("What was agreed?", rows=4, help_text="Who leads, who does what, who speaks to the family.")
    agreed_on = DayMonthYearField(label="When was it agreed?")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"agreed_on": today}

    def offer_from(self, review: Review, _today: date, _of: models.Model | None) -> None:
        offer(self, "partnership", named(joinable(review)))


class NationalReviewForm(forms.Form):
    """A review of the national panel."""

    title = forms.CharField(label="What is it called?", max_length=200)
    published_on = DayMonthYearField(label="When was it published?")
    address = forms.URLField(label="Where is it? (optional)", max_length=500, required=False, assume_scheme="https")


class NationalRecommendationForm(forms.Form):
    """One of its recommendations."""

    words = area("What does it recommend?", rows=4, most=2000, help_text="In its own words.")


class NationalAnswerForm(forms.Form):
    """What the partnership answers."""

    answer = one_of("What does the partnership answer?", NationalAnswer.choices)
    words = area("Why, and what is in place?", rows=4, most=2000)
