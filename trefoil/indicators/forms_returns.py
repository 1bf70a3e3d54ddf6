"""Forms of returns: narrowing the list, opening a return, sending a file, reasons and answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from trefoil.design.forms import DayMonthYearField
from trefoil.people.models import Agency

from .catalogue.schema import Definition
from .catalogue.vocabulary import Theme
from .enums import ReturnState
from .expected import is_worked_out
from .intake.sheets import MAX_BYTES, MAX_ROWS
from .models import AgencyReturn
from .operations.returns import SHORTEST_REASON
from .periods import Period, PeriodError, parse_period
from .rules import date_faults

MEGABYTE = 1024 * 1024
LIMIT_WORDS = f"At most {MAX_BYTES // MEGABYTE} MB and {MAX_ROWS:,} rows."
DAYS_TO_FILL = 20


class ReturnFilter(forms.Form):
    """Status, agency and period. Nothing chosen shows everything; an answer that cannot be read narrows nothing."""

    state = forms.ChoiceField(label="Status", required=False, choices=[("", "Every status"), *ReturnState.choices])
    agency = forms.ChoiceField(label="Agency", required=False)
    period = forms.ChoiceField(label="Period", required=False)

    def __init__(self, *args: Any, returns: QuerySet[AgencyReturn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = returns.order_by("agency__name").values_list("agency_id", "agency__name").distinct()
        _offer(self, "agency", "Every agency", [(str(pk), name) for pk, name in agencies])
        days = returns.order_by("-period_end", "-period_start").values_list("period_start", "period_end").distinct()
        periods = [Period(start, end) for start, end in days]
        _offer(self, "period", "Every period", [(period.code, period.label) for period in periods])

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return self.is_valid() and any(self.cleaned_data.values())

    def among(self, returns: QuerySet[AgencyReturn]) -> QuerySet[AgencyReturn]:
        """Those that fit."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("state"):
            returns = returns.filter(state=asked["state"])
        if asked.get("agency"):
            returns = returns.filter(agency_id=asked["agency"])
        if asked.get("period"):
            period = parse_period(asked["period"])
            returns = returns.filter(period_start=period.start, period_end=period.end)
        return returns


def _offer(form: forms.Form, name: str, everything: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", everything), *choices]


class AgencyChoice(forms.Form):
    """Whom a return is asked of."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Choose an agency."})

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency", "Choose an agency", [(str(agency.pk), agency.name) for agency in agencies])


class PeriodField(forms.CharField):
    """A period in its written form."""

    def clean(self, value: Any) -> Period | None:
        """The period. Raises ValidationError with the forms that are understood."""
        text = super().clean(value)
        try:
            return parse_period(text)
        except PeriodError as wrong:
            raise forms.ValidationError(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from wrong
        except ValueError as wrong:
            raise forms.ValidationError(f"“{text}” is not a period of our time.") from wrong


def _check_dates(form: forms.Form, opens_on: date | None) -> None:
    """Put what is wrong with the order of the dates beside them."""
    due_on, closes_on = form.cleaned_data.get("due_on"), form.cleaned_data.get("closes_on")
    for name, words in date_faults(opens_on=opens_on, due_on=due_on, closes_on=closes_on).items():
        form.add_error(name, words)


class OpenReturnForm(forms.Form):
    """What is asked of an agency, for when, and by when."""

    agency = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title", help_text="Such as Monthly figures.", max_length=120, initial="Monthly figures"
    )
    period = PeriodField(
        label="Period",
        help_text="A month as 2026-10, a quarter as 2026-Q3, a year from April as 2025/26.",
        max_length=20,
    )
    opens_on = DayMonthYearField(label="Opens on", help_text="From this day figures can be entered.")
    due_on = DayMonthYearField(label="Due on", help_text="After this day it is late, but not locked.")
    closes_on = DayMonthYearField(
        label="Closes on (optional)",
        help_text="After this day no figures can be entered. Leave it empty to keep it open.",
        required=False,
    )
    indicators = forms.MultipleChoiceField(
        label="Measures that its sector answers for", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.MultipleChoiceField(
        label="Measures of other sectors", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, agency: Agency, definitions: Sequence[Definition], today: date, **kwargs: Any
    ) -> None:
        last_month = today.replace(day=1) - timedelta(days=1)
        initial = {
            "agency": agency.pk,
            "period": f"{last_month:%Y-%m}",
            "opens_on": today,
            "due_on": today + timedelta(days=DAYS_TO_FILL),
        }
        filled = [one for one in definitions if not is_worked_out(one)]
        own = [one for one in filled if one.owner_agency.value == agency.sector]
        kwargs["initial"] = initial | {"indicators": [one.id for one in own]}
        super().__init__(*args, **kwargs)
        self._offer_measures("indicators", own)
        self._offer_measures("others", [one for one in filled if one not in own])

    def _offer_measures(self, name: str, definitions: Sequence[Definition]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        by_theme = [(theme, [one for one in definitions if one.theme is theme]) for theme in Theme]
        field.choices = [
            (theme.title, [(one.id, f"{one.title} ({one.frequency.value.replace('_', ' ')})") for one in found])
            for theme, found in by_theme
            if found
        ]

    @property
    def indicators_chosen(self) -> list[str]:
        """The ids that were ticked, in order."""
        return sorted({*self.cleaned_data["indicators"], *self.cleaned_data["others"]})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        _check_dates(self, self.cleaned_data.get("opens_on"))
        if not (self.cleaned_data.get("indicators") or self.cleaned_data.get("others")):
            self.add_error("indicators", "Tick at least one measure.")
        return cleaned


class UploadForm(forms.Form):
    """A file of figures."""

    file = forms.FileField(
        label="Your file",
        help_text=f"CSV or Excel workbook (.xlsx). {LIMIT_WORDS}",
        allow_empty_file=True,
        max_length=200,
        error_messages={"required": "Choose a file to send.", "max_length": "The file’s name is too long. Rename it."},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, refused by its size before it is read."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if sent.size is not None and sent.size > MAX_BYTES:
            raise forms.ValidationError(
                f"The file is {sent.size / MEGABYTE:.1f} MB; at most {MAX_BYTES // MEGABYTE} MB is taken. "
                "Nothing was stored. Send it in parts."
            )
        return sent


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.required = label, hint, required

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if self.fields["reason"].required and len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"Write at least {SHORTEST_REASON} characters.")
        return reason


class DatesForm(ReasonForm):
    """Another due date or closing date for a return, and why."""

    due_on = DayMonthYearField(
        label="Due on",
        help_text="After this day it is late, but not locked.",
        error_messages={"required": "Enter the day on which it is due."},
    )
    closes_on = DayMonthYearField(
        label="Closes on (optional)",
        help_text="After this day no figures can be entered. Leave it empty to keep it open.",
        required=False,
    )
    field_order = ("due_on", "closes_on", "reason")

    def __init__(self, *args: Any, held: AgencyReturn, **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": held.due_on, "closes_on": held.closes_on}
        super().__init__(
            *args, label="Why are the dates moved?", hint="It is kept on the trail. Name no child.", **kwargs
        )
        self.held = held
        self.fields["reason"].error_messages["required"] = "Say why the dates are moved."

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        _check_dates(self, self.held.opens_on)
        return cleaned


class AnswerForm(forms.Form):
    """Why a contradiction between figures stands."""

    answer = forms.CharField(
        label="Why do the figures stand?",
        help_text="If they are wrong, correct the figures instead. Name no child.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the figures stand."},
    )

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"].strip()
        if len(answer) < SHORTEST_REASON:
            raise forms.ValidationError(f"Say why the figures stand, in at least {SHORTEST_REASON} characters.")
        return answer
