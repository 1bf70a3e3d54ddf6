"""The forms of the budget. They check shape; what is allowed is for the operations to say."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.editing.queries import DraftWords
from trefoil.people.models import Agency

from .accounts import Total, year_label
from .enums import EntryKind, sides
from .models import BudgetYear, Entry
from .rules import SHORTEST_REASON

_NARROW = {"class": "govuk-input--width-10", "inputmode": "decimal"}


class PoundsField(forms.DecimalField):
    """An amount as people type it: `12500`, `12,500`, `£12,500.00`."""

    widget = forms.TextInput(attrs=_NARROW)
    default_error_messages = {"invalid": "Enter an amount in pounds, such as 12,500."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "min_value": 0, "max_digits": 12, "decimal_places": 2, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """As people write it: `12,500`, with pence only where there are any."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"

    def to_python(self, value: Any) -> Any:
        """Without the sign and the commas. Raises ValidationError for what is no number."""
        text = "".join(str(value).replace("£", "").replace(",", "").split()) if value is not None else value
        return super().to_python(text)


def note_field() -> forms.CharField:
    return forms.CharField(
        label="Note (optional)", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class EntryForm(DraftedForm):
    """What the forms of a year's entries share: fields that were agreed are shown and cannot be changed.

    They show what was agreed, also where a draft from before says otherwise.
    """

    def __init__(self, *args: Any, fixed: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        recorded = dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for name in fixed & self.fields.keys():
            self.fields[name].disabled = True
            self.initial[name] = recorded.get(name)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the table, by name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class ContributionForm(EntryForm):
    """What one partner gives. `agencies` are those of the partnership."""

    agency = forms.TypedChoiceField(
        label="Partner", coerce=int, empty_value=None, required=False, help_text="An agency of the partnership."
    )
    name = forms.CharField(
        label="Name, if it is not in the list",
        max_length=120,
        required=False,
        help_text="For instance a schools forum.",
    )
    agreed = PoundsField(label="Agreed (£)", help_text="Leave it empty until something is agreed; write 0 for nothing.")
    invoiced = PoundsField(label="Invoiced (£)")
    invoiced_on = DayMonthYearField(label="Day of the invoice", required=False)
    paid = PoundsField(label="Paid (£)")
    paid_on = DayMonthYearField(label="Day of the payment", required=False)
    in_kind = PoundsField(label="In kind, its value (£)")
    in_kind_what = forms.CharField(
        label="In kind, what it is", max_length=300, required=False, help_text="A room, hours of work, a trainer."
    )
    note = note_field()

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.pk: agency for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Not in the list"), *((one.pk, one.name) for one in agencies)]

    def clean(self) -> dict[str, Any]:
        """A partner has a name, and what is given in kind says what it is."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        agency = self.agencies.get(given.get("agency") or 0)
        if agency is not None and not given.get("name"):
            given["name"] = agency.name
        if not given.get("name") and "name" not in self.errors:
            self.add_error("agency", "Choose the partner, or write its name.")
        if given.get("in_kind") is not None and not given.get("in_kind_what"):
            self.add_error("in_kind_what", "Say what is given in kind.")
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "agency": self.agencies.get(self.cleaned_data["agency"] or 0)}


class LineForm(EntryForm):
    """Money spent on something, or income besides contributions."""

    side = forms.ChoiceField(label="Which is it?", choices=sides, widget=forms.RadioSelect, initial="spending")
    item = forms.CharField(label="What for?", max_length=120)
    budget = PoundsField(label="Budget (£)")
    outturn = PoundsField(label="Outturn (£)", help_text="What it came to.")
    note = note_field()


class ReserveForm(EntryForm):
    """A reserve over the year."""

    name = forms.CharField(label="Which reserve?", max_length=120)
    opening = PoundsField(label="At the start of the year (£)")
    planned = PoundsField(label="To be drawn, by the budget (£)")
    added = PoundsField(label="Added in the year (£)")
    drawn = PoundsField(label="Drawn in the year (£)")
    closing = PoundsField(label="At the end of the year (£)")
    note = note_field()


class ReviewForm(EntryForm):
    """The cost of one review."""

    review = forms.CharField(
        label="Which review?", max_length=120, help_text="Its number or working title. Never the name of a child."
    )
    expected = PoundsField(label="Expected to cost (£)")
    spent = PoundsField(label="Spent so far (£)")
    note = note_field()


class ContributionChange(ContributionForm, EditedForm):
    """A contribution that is there."""


class LineChange(LineForm, EditedForm):
    """A line that is there."""


class ReserveChange(ReserveForm, EditedForm):
    """A reserve that is there."""


class ReviewChange(ReviewForm, EditedForm):
    """A review's cost that is there."""


_NEW: dict[EntryKind, type[EntryForm]] = {
    EntryKind.CONTRIBUTION: ContributionForm,
    EntryKind.LINE: LineForm,
    EntryKind.RESERVE: ReserveForm,
    EntryKind.REVIEW: ReviewForm,
}
_CHANGE: dict[EntryKind, type[EntryForm]] = {
    EntryKind.CONTRIBUTION: ContributionChange,
    EntryKind.LINE: LineChange,
    EntryKind.RESERVE: ReserveChange,
    EntryKind.REVIEW: ReviewChange,
}


def entry_form(
    kind: EntryKind,
    data: Any,
    *,
    agencies: Sequence[Agency],
    entry: Entry | None = None,
    fixed: frozenset[str] = frozenset(),
    draft: DraftWords | None = None,
) -> EntryForm:
    """The form of a new entry, or of one that is there."""
    extra: dict[str, Any] = {"agencies": agencies} if kind == EntryKind.CONTRIBUTION else {}
    extra["draft"] = draft
    if entry is None:
        return _NEW[kind](data, fixed=fixed, **extra)
    names = _NEW[kind].base_fields
    initial = {name: getattr(entry, f"{name}_id" if name == "agency" else name) for name in names}
    return _CHANGE[kind](data, record=entry, fixed=fixed, initial=initial, **extra)


class TotalsForm(EditedForm):
    """The contingency for reviews, and the totals as the paper to the partners prints them."""

    contingency = PoundsField(label="Contingency for reviews (£)", help_text="Reviews come unasked. What is set aside?")

    def __init__(self, *args: Any, record: BudgetYear, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        for total in Total:
            label = f"Total of {total.words}, as printed (£)"
            self.fields[total.name.lower()] = PoundsField(label=label)
        if self.draft is not None and self.draft.is_kept and not self.is_bound:
            self._fill_from(self.draft)  # the fields of the totals were not there yet

    @property
    def stated(self) -> dict[Total, Decimal | None]:
        return {total: self.cleaned_data[total.name.lower()] for total in Total}


class YearForm(DraftedForm):
    """Which year to start."""

    first_year = forms.TypedChoiceField(label="Which financial year?", coerce=int)
    take_over = forms.BooleanField(
        label="Begin with the partners and lines of the year before",
        required=False,
        initial=True,
        help_text="What is agreed and budgeted can then be changed. Reserves open with what they closed with.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["first_year"]
        assert isinstance(field, forms.TypedChoiceField)
        this = today.year if today.month >= 4 else today.year - 1
        field.choices = [(year, year_label(year)) for year in range(this + 1, this - 6, -1)]


class ImportForm(forms.Form):
    """A finance file."""

    upload = forms.FileField(
        label="Finance file",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text="CSV or XLSX with the headings year, kind, item, amount_gbp and note.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty. Choose the one you meant."},
    )
    source = forms.CharField(label="Where is it from? (optional)", max_length=300, required=False)


class ReasonForm(DraftedForm):
    """A reason that stays on record. `needed`: nothing happens without one."""

    reason = forms.CharField(label="Why?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, needed: bool, label: str = "Why?", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label = label if needed else f"{label} (optional)"
        field.help_text = f"At least {SHORTEST_REASON} characters. It stays on record." if needed else ""
