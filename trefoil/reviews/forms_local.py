"""The forms of what runs beside a review, the family's part, practitioners, supervision and written requests."""

from datetime import date
from typing import Any

from django import forms
from django.db import models

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .enums_local import FamilyRole, FamilyStep, ProcessEffect, ProcessKind, RequestStep
from .forms import Choices, area, offer, one_of, picked
from .models import STANDS, ParallelProcess, PractitionerEvent, Review
from .rules import agencies_of, statutory_partners_of


class NoteForm(DraftedForm):
    """A form about a review, or about a row of it (`of`)."""

    def __init__(self, *args: Any, review: Review, today: date, of: models.Model | None = None, **kwargs: Any) -> None:
        initial = self.first(review, today, of) | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.offer_from(review, today, of)

    @classmethod
    def first(cls, _review: Review, _today: date, _of: models.Model | None) -> dict[str, Any]:
        """What the empty form shows."""
        return {}

    def offer_from(self, review: Review, today: date, of: models.Model | None) -> None:
        """Give the fields their choices."""


def named(rows: Any) -> Choices:
    """Rows as choices by their key."""
    return [(one.pk, str(one)) for one in rows]


class ProcessForm(NoteForm):
    """Another process."""

    kind = one_of("What runs beside the review?", ProcessKind.choices)
    words = area("What is it, and where does it stand?", rows=4, help_text="It is sealed. Name nobody.")
    contact = forms.CharField(
        label="Who to ask there (optional)", max_length=300, required=False, help_text="A role and a number. Sealed."
    )
    began_on = DayMonthYearField(label="When did it begin?")
    ended_on = DayMonthYearField(label="When did it end? (optional)", required=False)
    effect = one_of("What does it hold up?", ProcessEffect.choices, initial=ProcessEffect.NONE)
    effect_from = DayMonthYearField(label="If so, from which day? (optional)", required=False)
    effect_until = DayMonthYearField(
        label="Until which day, as far as is known? (optional)",
        required=False,
        help_text="Empty if it is open.",
    )

    @classmethod
    def first(cls, _review: Review, _today: date, of: models.Model | None) -> dict[str, Any]:
        return {name: getattr(of, name) for name in cls.base_fields} if of is not None else {}


class DelayForm(NoteForm):
    """Why the review takes longer."""

    words = area("Why does it take longer?", help_text="The panel and the Secretary of State are told. It is sealed.")
    process = picked("Is it because of another process? (optional)", required=False)
    expected_on = DayMonthYearField(label="When is publication expected now?")

    def offer_from(self, review: Review, _today: date, _of: models.Model | None) -> None:
        holding = review.processes.filter(STANDS).exclude(effect=ProcessEffect.NONE)
        offer(self, "process", [("", "No, or none that is listed"), *named(holding)])


class FamilyMemberForm(NoteForm):
    """One of the family to be offered a part."""

    role = one_of("Who?", FamilyRole.choices)
    called = forms.CharField(
        label="What tells them apart? (optional)",
        max_length=200,
        required=False,
        help_text="Such as “older sister, lives with an aunt”. No name: names stand with who the review is about.",
    )
    contact = forms.CharField(
        label="Who speaks to them? (optional)", max_length=200, required=False, help_text="The one person they know."
    )


class FamilyWordForm(NoteForm):
    """What passed with one of the family."""

    kind = one_of("What passed?", FamilyStep.choices)
    happened_on = DayMonthYearField(label="When?")
    words = area(
        "What was said, in their words as far as you can", rows=6, most=20000, help_text="If they decline: why. Sealed."
    )

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"happened_on": today}


class _AgenciesForm(NoteForm):
    agencies = forms.TypedMultipleChoiceField(
        label="Which agencies are invited?", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def offer_from(self, review: Review, today: date, _of: models.Model | None) -> None:
        offer(self, "agencies", named(agencies_of(review, today)))


class PractitionersForm(_AgenciesForm):
    """A day for practitioners."""

    held_on = DayMonthYearField(label="Which day?", help_text="Past or to come.")
    words = area("What is the day for?", rows=3)
    field_order = ("held_on", "words", "agencies")


class PractitionersHeardForm(NoteForm):
    """What came of such a day."""

    came = forms.TypedMultipleChoiceField(
        label="Which agencies came?", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    learnt = area("What was learnt?", rows=8, most=20000, help_text="No names. It is sealed.")

    def offer_from(self, _review: Review, _today: date, of: models.Model | None) -> None:
        assert isinstance(of, PractitionerEvent)  # the page gives it
        offer(self, "came", named(one.agency for one in of.invitations.select_related("agency")))


class SupervisionForm(NoteForm):
    """A talk with the reviewer."""

    held_on = DayMonthYearField(label="When?")
    words = area("Where does the review stand, and what was agreed?", rows=5, most=20000, help_text="It is sealed.")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"held_on": today}


class WrittenRequestForm(NoteForm):
    """A written request for information."""

    asked_for = picked("Which safeguarding partner makes it?")
    agency = picked("To which agency? (optional)", required=False, help_text="Or say below to whom else.")
    to = forms.CharField(
        label="To whom there? (optional if an agency is chosen)", max_length=200, required=False, help_text="Sealed."
    )
    asks = area("What is asked for?", rows=5, most=20000)
    sent_on = DayMonthYearField(label="When was it sent?")
    due_on = DayMonthYearField(label="By when is it to be answered?")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"sent_on": today}

    def offer_from(self, review: Review, today: date, _of: models.Model | None) -> None:
        offer(self, "asked_for", named(statutory_partners_of(review, today)))
        offer(self, "agency", [("", "No agency of the partnership"), *named(agencies_of(review, today))])


class RequestStepForm(NoteForm):
    """What became of a written request."""

    kind = one_of("What came of it?", RequestStep.choices)
    happened_on = DayMonthYearField(label="When?")
    words = area("What came, or what was done?", rows=4, most=20000, help_text="It is sealed.")

    @classmethod
    def first(cls, _review: Review, today: date, _of: models.Model | None) -> dict[str, Any]:
        return {"happened_on": today}


def process_of(review: Review, key: int | None) -> ParallelProcess | None:
    """The process that was chosen, of those that stand."""
    return review.processes.filter(STANDS, pk=key).first() if key else None
