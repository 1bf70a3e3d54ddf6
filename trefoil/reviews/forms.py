"""The forms of reviews: the incident, who it is about, whether to notify, readers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .enums import Abuse, IncidentKind, Place, ReaderRole
from .operations.incidents import Identity
from .rules import SHORTEST_REASON

Choices = Sequence[tuple[Any, str]]
YES_NO = [("yes", "Yes"), ("no", "No")]


def area(label: str, *, rows: int = 4, most: int = 4000, required: bool = True, **kwargs: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), required=required, **kwargs
    )


def one_of(label: str, choices: Choices = (), **kwargs: Any) -> forms.ChoiceField:
    """One of a few, all to be seen."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def picked(label: str, *, required: bool = True, **kwargs: Any) -> forms.TypedChoiceField:
    """A record chosen by its key; `offer` gives the choices."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required, **kwargs)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # the form that calls this made it one
    field.choices = list(choices)


class ReasonForm(forms.Form):
    """Why."""

    reason = area(
        "Why?", help_text=f"At least {SHORTEST_REASON} characters. It is sealed and stays with the review.", rows=3
    )


class _WhatForm(DraftedForm):
    kind = one_of("What happened?", IncidentKind.choices)
    is_in_care = one_of("Was the child in the care of the local authority?", YES_NO)
    happened_on = DayMonthYearField(label="When did it happen?", help_text="If it went on for a time, its last day.")
    known_on = DayMonthYearField(
        label="When did the authority learn of it, with abuse or neglect known or suspected?",
        help_text="The five working days to notify run from this day.",
    )
    words = area(
        "What happened, in a few sentences", rows=6, help_text="It is sealed. Only this review’s readers see it."
    )

    @property
    def what(self) -> dict[str, Any]:
        """The arguments of the operations."""
        given = self.cleaned_data
        return {
            "kind": IncidentKind(given["kind"]),
            "is_in_care": given["is_in_care"] == "yes",
            "happened_on": given["happened_on"],
            "known_on": given["known_on"],
            "words": given["words"],
        }


class IdentityForm(forms.Form):
    """Who the review is about."""

    child_name = forms.CharField(
        label="The child’s name", max_length=200, help_text="Sealed, like all that follows about the child and family."
    )
    born_on = DayMonthYearField(label="Date of birth (optional)", required=False)
    address = area("Address (optional)", rows=2, required=False)
    family = area("Who else is in the family and household (optional)", rows=3, required=False)
    ethnicity = forms.CharField(
        label="Ethnicity, faith, disability, as the child or family say it (optional)", max_length=300, required=False
    )
    numbers = forms.CharField(
        label="Numbers that agencies know the child by (optional)", max_length=300, required=False
    )

    @property
    def identity(self) -> Identity:
        """What to seal."""
        names = ("child_name", "born_on", "address", "family", "ethnicity", "numbers")
        return Identity(**{name: self.cleaned_data[name] for name in names})


class IncidentForm(_WhatForm, IdentityForm):
    """A serious incident, and who it is about."""


class CorrectForm(_WhatForm):
    """What was recorded, put right, with why."""

    reason = area("Why is it corrected?", rows=2)


class DecideForm(forms.Form):
    """The test in law, what was decided, who by and why."""

    abuse = one_of("Is it known or suspected that the child was abused or neglected?", Abuse.choices)
    is_grave = one_of(
        "Did the child die, or were they seriously harmed?",
        YES_NO,
        help_text="Serious harm includes lasting harm to mental health or development, not to the body alone.",
    )
    place = one_of("Where did it happen?", Place.choices)
    decision = one_of("What was decided?", [("notify", "To notify the national panel"), ("not", "Not to notify")])
    reasons = area("Why?", help_text="It is sealed, and stays with the review.")
    decided_on = DayMonthYearField(label="When was it decided?")
    deciders = forms.CharField(
        label="Who decided?",
        max_length=300,
        help_text="Names and what they are: the authority’s decision, with its partners.",
    )


class SentForm(forms.Form):
    """The day on which something went out."""

    sent_on = DayMonthYearField(label="When was it sent?")


class NotifiedForm(SentForm):
    """The same for the notification, with what the panel calls it."""

    panel_reference = forms.CharField(label="The panel’s own reference (optional)", max_length=40, required=False)


class ReaderForm(forms.Form):
    """Somebody to put on a review."""

    person = picked("Who?")
    role = one_of(
        "What for?",
        [(one.value, one.label) for one in ReaderRole if one is not ReaderRole.CONTRIBUTOR],
        initial="panel",
    )
    sees_identity = one_of("May they see who the child is?", YES_NO, initial="no")
    ends_on = DayMonthYearField(label="Until which day?", help_text="A year from now at most.")
    reason = forms.CharField(label="Why do they need to read it?", max_length=300)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)


class HandOverForm(forms.Form):
    """Who leads it from now on."""

    person = picked("To whom?")
    ends_on = DayMonthYearField(label="Until which day do they lead it?", help_text="A year from now at most.")
    reason = forms.CharField(label="Why is it handed over?", max_length=300)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)


class AskForm(forms.Form):
    """A request to read a review."""

    reason = area("Why do you need to read it?", rows=3, most=500)


class AnswerForm(forms.Form):
    """The answer to such a request."""

    is_given = one_of("Let them read it?", YES_NO)
    sees_identity = one_of("May they see who the child is?", YES_NO, initial="no")
    ends_on = DayMonthYearField(label="If so, until which day?", help_text="A year from now at most.", required=False)
    answer = area("Why, or why not?", rows=3, most=500, help_text="They read this.")
