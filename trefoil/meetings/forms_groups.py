"""The forms of a group: terms, cycle, turns in the chair, seats of duties, forward programme, other boards."""

from datetime import date
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import SeenForm
from trefoil.people.enums import DutyKind, GroupRole

from .enums import BoardKind, CycleUnit, Nth, Purpose, Recurrence, Weekday
from .forms import Choices, area, offer, one_of

MONTHS = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
NARROW = {"class": "govuk-input--width-3"}


class TermsForm(SeenForm):
    """A draft of terms of reference. `seen_version` is empty where there is no draft yet."""

    purpose = area("What the group is for", most=2000, rows=3)
    functions = area("What it does", help_text="One thing on each line.", most=6000, rows=8, required=False)
    membership = area("Who belongs to it", most=3000, rows=4, required=False)
    quorum_number = forms.IntegerField(
        label="How many members have to be there", min_value=1, max_value=50, widget=forms.NumberInput(attrs=NARROW)
    )
    quorum_agencies = forms.TypedMultipleChoiceField(
        label="Which statutory partners have to be there",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    substitutes_count = forms.BooleanField(label="A substitute counts for the quorum", required=False, initial=True)
    review_on = DayMonthYearField(label="Look at them again on (optional)", required=False)

    def __init__(self, *args: Any, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "quorum_agencies", partners)


class AgreeForm(forms.Form):
    """At which meeting."""

    meeting = one_of("Which meeting agreed them?", help_text="One that was held and was quorate.")
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", meetings)


class CycleForm(SeenForm):
    """How often a group meets."""

    every = forms.IntegerField(
        label="Every", min_value=1, max_value=52, initial=2, widget=forms.NumberInput(attrs=NARROW)
    )
    unit = forms.ChoiceField(label="Weeks or months", choices=CycleUnit.choices, initial=CycleUnit.MONTHS)
    nth = forms.TypedChoiceField(
        label="Which one of the month", help_text="Not read for weeks.", choices=Nth.choices, coerce=int
    )
    weekday = forms.TypedChoiceField(label="Weekday", choices=Weekday.choices, coerce=int)
    starts_on = DayMonthYearField(label="Counted from", help_text="The first month or week of the cycle.")
    begins = forms.TimeField(
        label="Begins at", help_text="Such as 10:00.", widget=forms.TextInput(attrs={"class": "govuk-input--width-5"})
    )
    minutes_long = forms.IntegerField(
        label="Minutes long", min_value=5, max_value=600, initial=120, widget=forms.NumberInput(attrs=NARROW)
    )
    place = forms.CharField(label="Usual place (optional)", max_length=200, required=False)
    papers_days = forms.IntegerField(
        label="Working days before it that papers are out",
        min_value=0,
        max_value=30,
        initial=5,
        widget=forms.NumberInput(attrs=NARROW),
    )
    minutes_days = forms.IntegerField(
        label="Working days after it that minutes are out",
        min_value=1,
        max_value=60,
        initial=10,
        widget=forms.NumberInput(attrs=NARROW),
    )


class ChairsForm(forms.Form):
    """The order of the partners, and from when."""

    starts_on = DayMonthYearField(label="From", help_text="The first partner’s year begins on this day.")

    def __init__(self, *args: Any, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(len(partners)):
            self.fields[f"place_{place}"] = one_of(f"Year {place + 1}", choices=partners, initial=partners[place][0])
        self.places = len(partners)

    @property
    def order(self) -> list[int]:
        """The keys of the agencies in their order."""
        return [self.cleaned_data[f"place_{place}"] for place in range(self.places)]


class DutySeatForm(forms.Form):
    """A seat for whoever holds a duty."""

    duty = forms.ChoiceField(label="Duty", choices=[one for one in DutyKind.choices if one[0] != DutyKind.READER])
    agency = one_of("For which agency?", required=False)
    role = forms.ChoiceField(
        label="Role", choices=[one for one in GroupRole.choices if one[0] != GroupRole.CHAIR], initial=GroupRole.MEMBER
    )
    starts_on = DayMonthYearField(label="First day")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies, "Any agency")


class LastDayForm(forms.Form):
    """The last day of a seat."""

    ends_on = DayMonthYearField(label="Last day", help_text="Today or before.")


class ForwardForm(forms.Form):
    """Something for a later meeting."""

    title = forms.CharField(label="What", max_length=160)
    purpose = forms.ChoiceField(label="What will be asked", choices=Purpose.choices, initial=Purpose.DISCUSS)
    recurrence = forms.ChoiceField(label="How often", choices=Recurrence.choices, initial=Recurrence.ONCE)
    meeting = one_of("At which meeting?", required=False, help_text="For what comes up once.")
    month = one_of("In which month?", required=False, help_text="For what comes up every year.")
    owner = one_of("Who brings it", required=False)
    minutes_long = forms.IntegerField(
        label="Minutes", min_value=0, max_value=480, initial=15, widget=forms.NumberInput(attrs=NARROW)
    )
    why = forms.CharField(label="Why (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, meetings: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", meetings, "Not placed yet")
        offer(self, "month", list(enumerate(MONTHS, start=1)), "No month")
        offer(self, "owner", people, "The chair")

    def clean(self) -> dict[str, Any]:
        """What comes up yearly names its month; what comes up once, its meeting at most."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("recurrence") == Recurrence.YEARLY and given.get("month") is None:
            self.add_error("month", "Choose the month in which it comes up every year.")
        return given


class PlaceForm(forms.Form):
    """At which meeting something comes up."""

    meeting = one_of("At which meeting?", required=False)

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", meetings, "Not placed yet")


class BoardForm(SeenForm):
    """Another board of the area."""

    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=BoardKind.choices)
    we_report = area("What we report to it (optional)", most=1000, rows=3, required=False)
    they_report = area("What it reports to us (optional)", most=1000, rows=3, required=False)
    how_often = forms.CharField(label="How often (optional)", max_length=80, required=False)
    next_report_on = DayMonthYearField(label="Our next report (optional)", required=False)
    people = forms.TypedMultipleChoiceField(
        label="Who sits on both", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", people)
