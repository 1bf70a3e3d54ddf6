"""What an owner says of a figure, and the target that a partnership sets."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField

from .catalogue.schema import Definition
from .catalogue.vocabulary import Unit
from .periods import Period


class CommentaryForm(forms.Form):
    """What lies behind a period's figure, and what is being done."""

    period = forms.ChoiceField(label="Which period is this about?")
    says = forms.CharField(
        label="What lies behind this figure?",
        help_text="Say what happened and for whom. The first sentence is shown on the theme's page. Name no child.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    doing = forms.CharField(
        label="What is being done about it? (optional)",
        help_text="What, by whom, and by when.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.code: period for period in periods}
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, period.label) for code, period in self.periods.items()]

    @property
    def period_chosen(self) -> Period:
        """The period of a valid form."""
        return self.periods[self.cleaned_data["period"]]


class TargetForm(forms.Form):
    """A target from a day to a day, with how far short of it still counts as close."""

    value = forms.DecimalField(label="Target", min_value=0, max_digits=14, decimal_places=3)
    tolerance = forms.DecimalField(
        label="How far short still counts as close?",
        help_text="In the same unit. With a target of 90% and 5 here, 85% is close and 84% is missed.",
        min_value=0,
        max_digits=14,
        decimal_places=3,
        initial=0,
    )
    starts_on = DayMonthYearField(label="From which day does it hold?", help_text="For example, 1 4 2026")
    ends_on = DayMonthYearField(
        label="Until which day? (optional)",
        help_text="Leave empty for a target that holds until a new one is set",
        required=False,
    )
    source = forms.CharField(
        label="Who decided it? (optional)",
        help_text="For example, the board of 3 March 2026",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        if self.definition.unit is Unit.PERCENT and value > 100:
            raise forms.ValidationError("A target in percent must be between 0 and 100.")
        return value

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must not come before the first day.")
        return cleaned
