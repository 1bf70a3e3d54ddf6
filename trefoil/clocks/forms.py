"""Forms of clocks: narrowing the list, and what is done to a clock or settled about a limit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from trefoil.design.forms import DayMonthYearField
from trefoil.people.models import Agency, Person

from .enums import OWED_STATUSES, STATUS_WORDS, Status
from .models import Clock
from .queries import owed_at, with_status
from .reckoning.days import LONDON
from .reckoning.kinds import Kind, Unit
from .rulebook.loader import rulebook
from .rulebook.schema import Rule
from .rules import SHORTEST_REASON

NO_CHILD = "Others will read it. Name no child."
EVERYTHING = "all"


class ClockFilter(forms.Form):
    """Status, agency and limit. Nothing chosen shows what is owed; what cannot be read narrows nothing."""

    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Everything that is owed"),
            *((status.value, words) for status, (_, words) in STATUS_WORDS.items()),
            (EVERYTHING, "Open and ended"),
        ],
    )
    agency = forms.ChoiceField(label="Agency", required=False)
    rule = forms.ChoiceField(label="Time limit", required=False)

    def __init__(self, *args: Any, clocks: QuerySet[Clock], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = clocks.order_by().select_related(None)
        agencies = plain.filter(agency__isnull=False).values_list("agency_id", "agency__name").distinct()
        named = sorted(((str(pk), name) for pk, name in agencies), key=lambda one: one[1])
        _offer(self, "agency", [("", "Every agency"), *named])
        rules = plain.values_list("rule_id", flat=True).distinct()
        found = sorted((rulebook().latest(rule_id, today).rule.name, rule_id) for rule_id in rules)
        _offer(self, "rule", [("", "Every time limit"), *((rule_id, name) for name, rule_id in found)])

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return self.is_valid() and any(self.cleaned_data.values())

    @property
    def statuses(self) -> Sequence[Status] | None:
        """The statuses asked for; None for all of them."""
        self.is_valid()
        asked = self.cleaned_data.get("status")
        if asked == EVERYTHING:
            return None
        return [Status(asked)] if asked else sorted(OWED_STATUSES)

    def beside_status(self, clocks: QuerySet[Clock]) -> QuerySet[Clock]:
        """Those of the agency and the limit."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("agency"):
            clocks = clocks.filter(agency_id=asked["agency"])
        return clocks.filter(rule_id=asked["rule"]) if asked.get("rule") else clocks

    def among(self, clocks: QuerySet[Clock], now: datetime) -> QuerySet[Clock]:
        """Those that fit."""
        clocks, statuses = self.beside_status(clocks), self.statuses
        if statuses is None:
            return clocks
        return clocks.filter(owed_at(now)) if set(statuses) == OWED_STATUSES else with_status(clocks, statuses, now)


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = forms.CharField(max_length=500, help_text=NO_CHILD, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"Write at least {SHORTEST_REASON} characters.")
        return reason


class MomentForm(forms.Form):
    """A day, and the time of day where the limit is counted in hours."""

    day = DayMonthYearField(label="On which day?", help_text="For example, 27 3 2026")
    time = forms.TimeField(label="At what time?", help_text="Hours and minutes, such as 14:05", input_formats=["%H:%M"])

    def __init__(self, *args: Any, label: str, now: datetime, asks_time: bool, **kwargs: Any) -> None:
        here = timezone.localtime(now)
        kwargs["initial"] = {"day": here.date(), "time": f"{here:%H:%M}"} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["day"].label = label
        self.now = now
        if not asks_time:
            del self.fields["time"]

    def moment(self) -> datetime:
        """The moment of a valid form. A day without a time is its noon, or now when it is today."""
        day: date = self.cleaned_data["day"]
        here = timezone.localtime(self.now)
        if "time" in self.fields:
            return datetime.combine(day, self.cleaned_data["time"], tzinfo=LONDON)
        return self.now if day == here.date() else datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


class AttemptForm(MomentForm):
    """Something was tried: when, whether it succeeded, and what happened."""

    succeeded = forms.ChoiceField(
        label="Did it succeed?",
        choices=[("no", "No: the clock goes on"), ("yes", "Yes: the clock stops")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="What happened? (optional)", help_text=NO_CHILD, required=False, max_length=300)


class MoveForm(MomentForm):
    """Another start, and why."""

    reason = forms.CharField(
        label="Why was the start another?", help_text=NO_CHILD, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(forms.Form):
    """Who owes it from now on."""

    agency = forms.ChoiceField(label="Agency", required=False)
    person = forms.ChoiceField(label="Person (optional)", required=False)
    reason = forms.CharField(label="Why? (optional)", help_text=NO_CHILD, required=False, max_length=500)

    def __init__(self, *args: Any, agencies: Sequence[Agency], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies, self.people = {str(one.pk): one for one in agencies}, {str(one.pk): one for one in people}
        _offer(self, "agency", [("", "No agency"), *((pk, one.name) for pk, one in self.agencies.items())])
        _offer(self, "person", [("", "Nobody by name"), *((pk, one.name) for pk, one in self.people.items())])

    @property
    def owner(self) -> tuple[Agency | None, Person | None]:
        """Of a valid form."""
        return self.agencies.get(self.cleaned_data["agency"]), self.people.get(self.cleaned_data["person"])


class StartForm(MomentForm):
    """A clock of the partnership's own: under which limit, about what, from when, and who owes it."""

    rule = forms.ChoiceField(label="Under which time limit?")
    label = forms.CharField(
        label="What is it about?", help_text=f"Such as Yearly report 2026/27. {NO_CHILD}", max_length=200
    )
    agency = forms.ChoiceField(label="Which agency owes it? (optional)", required=False)
    field_order = ("rule", "label", "day", "time", "agency")

    def __init__(self, *args: Any, rules: Sequence[Rule], agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "rule", [("", "Choose a time limit"), *((one.id, one.name) for one in rules)])
        self.agencies = {str(one.pk): one for one in agencies}
        _offer(self, "agency", [("", "No agency"), *((pk, one.name) for pk, one in self.agencies.items())])


class LocalLimitForm(forms.Form):
    """A length of the partnership's own."""

    length = forms.IntegerField(label="How long?", help_text="A whole number", min_value=1, max_value=3660)
    unit = forms.ChoiceField(label="Counted in")
    starts_on = DayMonthYearField(
        label="From which day does it hold?",
        help_text="Open clocks that started on or after this day are worked out again.",
    )
    reason = forms.CharField(
        label="Who decided it, and why?",
        help_text="For example, the executive of 3 November 2026, to match the police’s own procedure.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [unit for unit in Unit if not (rule.kind is Kind.BEFORE and unit is Unit.WORKING_HOURS)]
        _offer(self, "unit", [(unit.value, unit.value.replace("_", " ").capitalize()) for unit in units])


class EndLimitForm(forms.Form):
    """The last day of a local limit."""

    ends_on = DayMonthYearField(
        label="What is its last day?", help_text="From the day after, the national limit holds again."
    )


class TermForm(forms.Form):
    """A stretch in which schools are open."""

    name = forms.CharField(label="Name", help_text="Such as Autumn 2026, first half", max_length=60)
    starts_on = DayMonthYearField(label="First school day")
    ends_on = DayMonthYearField(label="Last school day")
