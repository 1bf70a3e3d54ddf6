"""What the forms of risks, measures and the X-ray share."""

from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField

from .models.edited import EditedModel


class RecordForm(forms.Form):
    """A form that changes a record: it carries the version that its writer saw. `record` is the record."""

    seen_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": "Load this page again: the form does not say which version you saw."},
    )

    def __init__(self, *args: Any, record: EditedModel, **kwargs: Any) -> None:
        self.record = record
        kwargs["initial"] = {"seen_version": record.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def area(label: str, hint: str, longest: int, rows: int, required: bool = True) -> forms.CharField:
    """A box for sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=required, widget=widget)


def chosen_from(label: str, none: str) -> forms.ModelChoiceField[Any]:
    """One of a list that the view hands in, or nobody."""
    return forms.ModelChoiceField(label=label, queryset=None, required=False, empty_label=none)


class AcceptForm(forms.Form):
    """Why a finding may stay as it is, and until when."""

    reason = area("Why may it stay as it is?", "Scrutineers read this. Name no child.", 1000, 4)
    until = DayMonthYearField(
        label="Until when?", help_text="At most a year ahead. It is then shown again if it is still so."
    )
