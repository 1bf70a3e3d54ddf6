"""Fields that several forms of the plan share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from trefoil.access.rules import Standing
from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm
from trefoil.people.models import Person

from ..enums import SourceKind
from ..models import Priority
from ..rules import priorities_visible_to

# Of a key in the database: a number with more digits is nobody's.
MOST_DIGITS = 18
NO_CHILD = "Others will read it. Name no child."


def words_field(
    label: str, hint: str = "", *, rows: int = 4, required: bool = True, longest: int = 2000
) -> forms.Field:
    """A box for sentences."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, widget=forms.Textarea(attrs={"rows": rows})
    )


def line_field(label: str, hint: str = "", *, required: bool = True, longest: int = 150) -> forms.Field:
    """A box for one line."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=longest)


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.Field:
    """Three boxes for a date."""
    return DayMonthYearField(label=label, help_text=hint, required=required)


class ReasonForm(DraftedForm):
    """A form that asks for a reason alone."""

    reason = words_field("Why?", NO_CHILD, longest=1000)


def _with_year(priority: Priority) -> str:
    """Two years may have a priority of one name."""
    return f"{priority.title} ({priority.year.title})"


class PriorityChoice(forms.ModelChoiceField[Priority]):
    """A priority of the plan, with its year."""

    def label_from_instance(self, obj: Priority) -> str:
        return _with_year(obj)


class PrioritiesChoice(forms.ModelMultipleChoiceField[Priority]):
    """Any number of priorities of the plan, each with its year."""

    def label_from_instance(self, obj: Priority) -> str:
        return _with_year(obj)


def priority_field(label: str = "Priority", none: str = "None") -> PriorityChoice:
    """A priority, or none. `give` says which there are."""
    return PriorityChoice(label=label, queryset=None, required=False, empty_label=none)


def person_field(label: str, hint: str = "") -> forms.ModelChoiceField[Person]:
    """Somebody, or nobody. `give` says who there is."""
    return forms.ModelChoiceField(
        label=label, help_text=hint, queryset=None, required=False, empty_label="Nobody named"
    )


def one_of(label: str, hint: str = "", *, none: str = "", required: bool = False) -> forms.ModelChoiceField[Any]:
    """One record. `give` says which there are; `none` are the words for no choice."""
    return forms.ModelChoiceField(
        label=label, help_text=hint, queryset=None, required=required, empty_label=none or "Choose"
    )


def give(form: forms.Form, **choices: QuerySet[Any]) -> None:
    """Say what the fields of these names choose from. Done once the form is made, so that a draft fills them too."""
    for name, records in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = records


def priorities_of(standing: Standing) -> QuerySet[Priority]:
    """The priorities that still stand, the newest year first."""
    return priorities_visible_to(standing).filter(withdrawn_at__isnull=True).order_by("-year__starts_on", "number")


def priority_asked_for(question: Mapping[str, str]) -> dict[str, int]:
    """What a form begins with when its address names a priority (`?priority=3`); nothing for anything else."""
    named = question.get("priority", "")
    return {"priority": int(named)} if named.isdecimal() and named.isascii() and len(named) <= MOST_DIGITS else {}


def source_field() -> forms.ChoiceField:
    """Where a recommendation came from."""
    return forms.ChoiceField(label="Where does it come from?", choices=[("", "Choose"), *SourceKind.choices])
