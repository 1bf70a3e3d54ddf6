"""Forms of the improvement plan's measures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.periods import Period, financial_year_of, month, parse_period
from trefoil.people.models import Agency

from ..enums_register import MeasurePolarity, MeasureUnit
from ..models import Priority
from ..operations.measures import Counted, Course, Typed
from .fields import priority_field
from .register import chosen_from

BY_HAND = ""


def _number(label: str, hint: str = "", *, least: int | None = 0) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hint, required=False, min_value=least, max_digits=14, decimal_places=4
    )


class MeasureForm(DraftedForm):
    """What a measure is called, whose it is, its baseline and its target."""

    title = forms.CharField(label="What is measured?", max_length=200)
    plan_reference = forms.CharField(
        label="Its number in your plan (optional)", help_text="For example, 4a(iv)", max_length=20, required=False
    )
    priority = priority_field("Which priority does it belong to?", "None of them")
    agency = chosen_from("Which organisation answers for it?", "Nobody yet")
    baseline_on = DayMonthYearField(
        label="From which day is change counted? (optional)",
        help_text="For example, the day of an inspection",
        required=False,
    )
    baseline_words = forms.CharField(
        label="What happened on that day? (optional)",
        help_text="For example, inspection of children’s services",
        max_length=200,
        required=False,
    )
    baseline_value = _number(
        "The figure on that day (optional)",
        "Only where no figure of that time is held here. Leave empty to use the one that is.",
        least=None,
    )
    baseline_source = forms.CharField(
        label="Where does that figure come from?",
        help_text="Needed with a figure: for example, inspection report, page 12",
        max_length=300,
        required=False,
    )
    target = _number("Target (optional)", "In the unit of the measure", least=None)
    target_on = DayMonthYearField(label="By when? (optional)", help_text="For example, 31 3 2027", required=False)

    def __init__(self, *args: Any, priorities: QuerySet[Priority], agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("priority", priorities), ("agency", agencies)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices

    @property
    def course(self) -> Course:
        """Baseline and target of a valid form."""
        given = self.cleaned_data
        return Course(
            baseline_on=given["baseline_on"],
            baseline_words=given["baseline_words"],
            baseline_value=given["baseline_value"],
            baseline_source=given["baseline_source"],
            target=given["target"],
            target_on=given["target_on"],
        )


class MeasureNewForm(MeasureForm):
    """The same, with where its figures come from."""

    indicator = forms.ChoiceField(
        label="Where do its figures come from?",
        help_text="Those of an indicator come from the agencies’ returns, and nobody types them twice.",
        required=False,
    )
    unit = forms.ChoiceField(
        label="In which unit are figures typed in?",
        help_text="Only when they are typed in by hand",
        choices=[("", "Not typed in"), *MeasureUnit.choices],
        required=False,
    )
    polarity = forms.ChoiceField(
        label="Which way is good?",
        help_text="Only when they are typed in by hand",
        choices=[("", "Not typed in"), *MeasurePolarity.choices],
        required=False,
    )
    places = forms.TypedChoiceField(
        label="How many decimals are shown?", choices=[(0, "None"), (1, "One"), (2, "Two")], coerce=int, initial=0
    )

    def __init__(self, *args: Any, definitions: Sequence[Definition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        listed = [(one.id, f"{one.title} ({one.id})") for one in sorted(definitions, key=lambda one: one.title)]
        field.choices = [(BY_HAND, "Typed in by hand"), *listed]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if not given.get("indicator"):
            for name, ask in (("unit", "Choose the unit of the figures."), ("polarity", "Choose which way is good.")):
                if not given.get(name):
                    self.add_error(name, ask)
        return cleaned

    @property
    def counted(self) -> Counted:
        """Where the figures of a valid form come from."""
        given = self.cleaned_data
        if given["indicator"]:
            return Counted(indicator=given["indicator"])
        return Counted(
            unit=MeasureUnit(given["unit"]), polarity=MeasurePolarity(given["polarity"]), places=given["places"]
        )


class MeasureChangeForm(EditedForm, MeasureForm):
    """A measure that is already there."""


class FigureForm(forms.Form):
    """One period's figure, or why there is none."""

    period = forms.ChoiceField(label="For which period?")
    numerator = _number("How many?", "For a percentage or an average: the part, or the sum")
    denominator = _number("Out of how many?", "For a percentage or an average: the whole")
    value = _number("The figure itself", "For a count, or where only the result is known", least=None)
    source = forms.CharField(
        label="Where does it come from?",
        help_text="For example, supervision tracker, 3 November 2026",
        max_length=300,
        required=False,
    )
    missing_reason = forms.CharField(
        label="If there is no figure, why?",
        help_text="For example, the new system does not record it yet",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(period.code, period.label) for period in offered_periods(today)]

    @property
    def period_chosen(self) -> Period:
        """The period of a valid form."""
        return parse_period(self.cleaned_data["period"])

    @property
    def typed(self) -> Typed:
        """What was typed into a valid form. Two numbers make the result, so a result beside them is left out."""
        given = self.cleaned_data
        both = given["numerator"] is not None or given["denominator"] is not None
        value: Decimal | None = None if both else given["value"]
        return Typed(given["numerator"], given["denominator"], value, given["missing_reason"])


def offered_periods(today: date) -> list[Period]:
    """The last 25 months, 8 quarters and 3 years (April to March) that have ended, newest first of each kind."""
    last = today.year * 12 + today.month - 2
    months = [month(index // 12, index % 12 + 1) for index in range(last, last - 25, -1)]
    ends = [one for one in months if one.end.month % 3 == 0][:8]
    quarters = [Period(month(one.end.year, one.end.month - 2).start, one.end) for one in ends]
    this_year = financial_year_of(today)
    years = [
        Period(date(this_year.start.year - back, 4, 1), date(this_year.end.year - back, 3, 31)) for back in (1, 2, 3)
    ]
    return [*months, *quarters, *years]
