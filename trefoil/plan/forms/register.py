"""What the forms of risks, measures and the X-ray share."""

from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm


def area(label: str, hint: str, longest: int, rows: int, required: bool = True) -> forms.CharField:
    """A box for sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=required, widget=widget)


def chosen_from(label: str, none: str) -> forms.ModelChoiceField[Any]:
    """One of a list that the view hands in, or nobody."""
    return forms.ModelChoiceField(label=label, queryset=None, required=False, empty_label=none)


class AcceptForm(DraftedForm):
    """Why a finding may stay as it is, and until when."""

    reason = area("Why may it stay as it is?", "Scrutineers read this. Name no child.", 1000, 4)
    until = DayMonthYearField(
        label="Until when?", help_text="At most a year ahead. It is then shown again if it is still so."
    )
