"""Forms of recommendations and actions."""

from typing import Any

from django import forms

from trefoil.editing.forms import DraftedForm, EditedForm

from ..enums import ActionState, SourceKind, Standing
from ..queries import OPEN, OVERDUE, Narrowing
from .fields import NO_CHILD, day_field, line_field, one_of, person_field, priority_field, source_field, words_field


def _title() -> forms.Field:
    return line_field("What is to be done?", f"One sentence. {NO_CHILD}", longest=200)


def _detail() -> forms.Field:
    return words_field("More about it (optional)", NO_CHILD, required=False)


def _success() -> forms.Field:
    return words_field(
        "How will you know that it worked? (optional)",
        "What should be seen, counted or heard when it has. Evidence is later held against this.",
        required=False,
        longest=1000,
    )


class RecommendationFields(forms.Form):
    """What a recommendation says."""

    words = words_field("What ought to change?", f"In the words of who said it. {NO_CHILD}")
    source_kind = source_field()
    source_reference = line_field(
        "Which report, review or meeting?",
        "For example “Scrutineer’s report, summer 2026” or “meeting:7”.",
        required=False,
        longest=200,
    )
    made_on = day_field("When was it made?")
    priority = priority_field("Priority that it belongs to")


class RecommendationForm(RecommendationFields, DraftedForm):
    """A new recommendation."""


class RecommendationChangeForm(RecommendationFields, EditedForm):
    """A recommendation that is there."""


class ActionForm(DraftedForm):
    """An action proposed to an agency."""

    title = _title()
    agency = one_of(
        "Which agency owns it?",
        "Its safeguarding lead then accepts it, or refuses it with a reason.",
        required=True,
    )
    person = person_field("Whose name?", "Somebody of that agency. It may name them itself.")
    due_on = day_field("By when?")
    priority = priority_field()
    workstream = one_of("Workstream", none="None")
    detail = _detail()
    success = _success()


class ActionChangeForm(EditedForm):
    """The words of an action that is there, and the priority it is under."""

    title = _title()
    priority = priority_field()
    workstream = one_of("Workstream", none="None")
    detail = _detail()
    success = _success()


class AcceptForm(forms.Form):
    """An agency takes an action on."""

    person = person_field("Whose name stands on it?", "Somebody of your agency.")


class UpdateForm(DraftedForm):
    """How an action stands."""

    how = forms.ChoiceField(label="How does it stand?", choices=Standing.choices, widget=forms.RadioSelect)
    words = words_field("What has happened since the last word, and what comes next?", NO_CHILD)


class FinishForm(DraftedForm):
    """An action is done."""

    reason = words_field("What was done?", NO_CHILD, longest=1000)


class DateForm(EditedForm):
    """Another date for an action."""

    due_on = day_field("New date")
    reason = words_field("Why is the date moved?", NO_CHILD, longest=1000)


class HandOverForm(DraftedForm):
    """An action given to somebody else."""

    agency = one_of("To which agency?", required=True)
    person = person_field("To whom?", "Somebody of that agency, or nobody named yet.")
    reason = words_field("Why is it handed over?", NO_CHILD, longest=1000)


class ReopenForm(DraftedForm):
    """A done or closed action opened again."""

    due_on = day_field("By when is it to be done now?")
    reason = words_field("Why is it opened again?", NO_CHILD, longest=1000)


class ActionFilter(forms.Form):
    """The questions of the table of actions, asked in the address."""

    STATES = ((OPEN, "Not closed"), (OVERDUE, "Overdue"), ("all", "All"), *ActionState.choices)

    agency = forms.TypedChoiceField(label="Agency", required=False, coerce=int, empty_value=None)
    priority = forms.TypedChoiceField(label="Priority", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Status", required=False, choices=STATES)
    source = forms.ChoiceField(label="Came from", required=False, choices=[("", "Anywhere"), *SourceKind.choices])
    words = line_field("Words", required=False, longest=80)

    def __init__(self, data: Any, *, agencies: list[tuple[int, str]], priorities: list[tuple[int, str]]) -> None:
        super().__init__(data)
        for name, first, choices in (
            ("agency", "Every agency", agencies),
            ("priority", "Every priority", priorities),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", first), *choices]

    def narrowing(self) -> Narrowing:
        """What is asked for; a question that makes no sense asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        state = given.get("state") or OPEN
        return Narrowing(
            agency=given.get("agency"),
            priority=given.get("priority"),
            state="" if state == "all" else state,
            source=given.get("source", ""),
            words=given.get("words", ""),
        )
