"""The forms of the people pages. They check shape; what is allowed is for the operations to say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from trefoil.access.enums import WORDS, Permission
from trefoil.access.operations import CAN_BE_OPENED, LONGEST_OPENING, SHORTEST_REASON
from trefoil.audit.enums import EventType
from trefoil.design.forms import DayMonthYearField
from trefoil.notifications.entries import Wanted
from trefoil.people.enums import DutyKind

from .trail_filter import TrailFilter

_HOURS = range(1, int(LONGEST_OPENING / timedelta(hours=1)) + 1)


class GiveDutyForm(forms.Form):
    """Who gets which duty, for which agency, from when until when. `agencies` are (key, name)."""

    email = forms.EmailField(
        label="E-mail address of their account",
        help_text="They need an account first. Without one, add them as a person instead.",
        max_length=254,
        error_messages={"required": "Enter the e-mail address of the person’s account."},
    )
    kind = forms.ChoiceField(
        label="Duty",
        choices=[("", "Choose a duty"), *DutyKind.choices],
        error_messages={"required": "Choose a duty."},
    )
    agency = forms.TypedChoiceField(
        label="Agency",
        help_text="Needed for an agency’s safeguarding lead and data contact.",
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts_on = DayMonthYearField(
        label="First day", help_text="Today or later.", error_messages={"required": "Enter the first day."}
    )
    ends_on = DayMonthYearField(
        label="Last day (optional)", help_text="Leave it empty if no end is known.", required=False
    )

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "No agency"), *agencies]  # type: ignore[attr-defined]


class EndDutyForm(forms.Form):
    """The last day of a duty."""

    ends_on = DayMonthYearField(
        label="Last day of the duty",
        help_text="They keep the access it gives until the end of that day. Enter yesterday to end it at once; "
        "a duty of today or later is then withdrawn.",
        error_messages={"required": "Enter the last day."},
    )


class EmergencyForm(forms.Form):
    """What to open, why, and for how long."""

    permission = forms.ChoiceField(
        label="What do you need to see?",
        choices=[(item.value, WORDS[item].capitalize()) for item in CAN_BE_OPENED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you need to see."},
    )
    reason = forms.CharField(
        label="Why do you need it now?",
        help_text=f"At least {SHORTEST_REASON} characters. Others will read it. Do not name a child.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you need it."},
    )
    hours = forms.TypedChoiceField(
        label="For how long?",
        choices=[(number, f"{number} hour{'s' * (number > 1)}") for number in _HOURS],
        coerce=int,
        initial=1,
    )

    @property
    def opens(self) -> Permission:
        return Permission(self.cleaned_data["permission"])

    @property
    def lasting(self) -> timedelta:
        return timedelta(hours=self.cleaned_data["hours"])


class TrailForm(forms.Form):
    """How to narrow the trail. `actors` are (key, name) of those who appear in it."""

    person = forms.TypedChoiceField(label="Who", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="What", choices=[("", "Everything"), *EventType.choices], required=False)
    subject = forms.CharField(
        label="Record", help_text="Its reference, such as return:12", max_length=120, required=False
    )
    first_day = DayMonthYearField(label="From", required=False)
    last_day = DayMonthYearField(label="To", required=False)

    def __init__(self, *args: Any, actors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Everybody"), *actors]  # type: ignore[attr-defined]

    def as_filter(self) -> TrailFilter:
        """What was asked for; a form with a fault narrows nothing that it could not read."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return TrailFilter(**given)


# Of each source: a page with more is read by nobody, and narrowing is one choice away.
MOST_OF_A_PAGE = 400


class CalendarForm(forms.Form):
    """How to narrow the calendar. What it cannot read narrows nothing."""

    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)
    agency = forms.TypedChoiceField(label="Agency", coerce=int, empty_value=None, required=False)
    group = forms.TypedChoiceField(label="Group", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    mine = forms.BooleanField(label="Only what is mine", required=False)

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        groups: Sequence[tuple[int, str]],
        kinds: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = {"agency": ("Every agency", agencies), "group": ("Every group", groups), "kind": ("Everything", kinds)}
        for name, (words, choices) in lists.items():
            self.fields[name].choices = [("", words), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        given = self.cleaned_data
        return Wanted(
            agency_id=given.get("agency"),
            group_id=given.get("group"),
            kind=given.get("kind") or "",
            mine=bool(given.get("mine")),
            most=MOST_OF_A_PAGE,
        )

    @property
    def day(self) -> date | None:
        """The one day that was asked for, as `2026-12-04`."""
        try:
            return date.fromisoformat(self.data.get("day", ""))
        except ValueError:
            return None
