"""The forms with which a business manager changes people, groups and agencies. Operations say what is allowed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trefoil.access.people_operations import SHORTEST_REASON
from trefoil.design.forms import DayMonthYearField
from trefoil.people.enums import DUTIES_FOR_AN_AGENCY, AgencyKind, DutyKind, GroupKind, GroupRole, Sector

Choices = Sequence[tuple[int, str]]


def _choose(label: str, choices: Sequence[tuple[str, str]], error: str, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *choices], error_messages={"required": error}, **kwargs
    )


def _one_of(label: str, error: str = "", *, required: bool = True, **kwargs: Any) -> forms.TypedChoiceField:
    """A record chosen by its key; the form's own `__init__` gives the choices."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=required,
        error_messages={"required": error},
        **kwargs,
    )


def _offer(form: forms.Form, name: str, choices: Choices, empty: str) -> None:
    form.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]


def _first_day(help_text: str = "") -> DayMonthYearField:
    return DayMonthYearField(
        label="First day", help_text=help_text, error_messages={"required": "Enter the first day."}
    )


class NewPersonForm(forms.Form):
    """Somebody's account and first duty. `agencies` are (key, name) of the partnership's members."""

    name = forms.CharField(label="Full name", max_length=120, error_messages={"required": "Enter their full name."})
    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own address at work. A letter goes to it with which they set a password.",
        max_length=254,
        error_messages={"required": "Enter their e-mail address."},
    )
    job_title = forms.CharField(label="Job title (optional)", max_length=120, required=False)
    agency = _one_of("Agency", required=False, help_text="Where they work. An agency’s duty is held for this agency.")
    kind = _choose("First duty", DutyKind.choices, "Choose their first duty.")
    starts_on = _first_day("Today or later.")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency", agencies, "No agency")

    @property
    def duty(self) -> DutyKind:
        return DutyKind(self.cleaned_data["kind"])

    @property
    def duty_is_for_an_agency(self) -> bool:
        return self.duty in DUTIES_FOR_AN_AGENCY

    def clean(self) -> dict[str, Any]:
        """An agency's duty needs the agency; said at the field where it is missing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") in DUTIES_FOR_AN_AGENCY and "agency" in given and given["agency"] is None:
            self.add_error("agency", "This duty is held for an agency. Choose which.")
        return given


class ConfirmForm(forms.Form):
    """A page that asks for nothing but yes."""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Why, and how do you know that it is they who asked?",
        help_text=f"At least {SHORTEST_REASON} characters. It goes on the trail.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, and how you know that it is they who asked."},
    )


class GroupForm(forms.Form):
    """A new board, subgroup or panel. `groups` are (key, name) of those that it may report to."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the group’s name."})
    kind = _choose("Kind", GroupKind.choices, "Choose what kind of group it is.")
    purpose = forms.CharField(
        label="Purpose (optional)",
        help_text="One or two sentences that anybody understands.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    reports_to = _one_of("Reports to", required=False)

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reports_to", groups, "Nobody above it here")


class ReportsToForm(forms.Form):
    """Whom a group reports to."""

    reports_to = _one_of("Reports to", required=False)

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reports_to", groups, "Nobody above it here")


class SeatForm(forms.Form):
    """Who sits in a group, for whom and as what. `people` hold a duty here today; both lists are (key, name)."""

    person = _one_of("Person", "Choose a person.", help_text="Anybody with a duty in this partnership today.")
    role = _choose("Role", GroupRole.choices, "Choose their role.")
    agency = _one_of("For which agency?", required=False)
    starts_on = _first_day()

    def __init__(self, *args: Any, people: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "person", people, "Choose a person")
        _offer(self, "agency", agencies, "In their own right")


class HandOverForm(forms.Form):
    """Which things go to whom, and why. `things` are (reference, words)."""

    things = forms.MultipleChoiceField(
        label="What is handed over?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is handed over."},
    )
    to_person = _one_of("To whom?", "Choose who takes it on.", help_text="Somebody with a duty here today.")
    reason = forms.CharField(
        label="Why?",
        help_text="It stands in the history of each. For example: she leaves on 31 March.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why."},
    )

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["things"].choices = things  # type: ignore[attr-defined]
        _offer(self, "to_person", people, "Choose a person")


class LastDayForm(forms.Form):
    """The last day of a seat or a membership."""

    ends_on = DayMonthYearField(
        label="Last day", help_text="Today or before.", error_messages={"required": "Enter the last day."}
    )


class AgencyForm(forms.Form):
    """An organisation and its place in the partnership."""

    name = forms.CharField(
        label="Name of the organisation",
        help_text="If another partnership in this installation has it too, type the same name: then they share it.",
        max_length=120,
        error_messages={"required": "Enter the organisation’s name."},
    )
    kind = _choose("Place in the partnership", AgencyKind.choices, "Choose its place in the partnership.")
    sector = _choose(
        "Sector", Sector.choices, "Choose its sector.", help_text="It decides which measures the organisation answers."
    )
    why_chosen = forms.CharField(
        label="Why was it chosen? (optional)",
        help_text="Working Together 2023 asks partnerships to publish why they chose each relevant agency.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    starts_on = _first_day()
