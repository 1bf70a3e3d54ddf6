"""The forms that narrow the lists of meetings and decisions down."""

from typing import Any

from django import forms

from .enums import MeetingState
from .forms import Choices, offer, one_of


class MeetingFilter(forms.Form):
    """Which meetings are listed. An answer that cannot be read narrows nothing."""

    year = forms.TypedChoiceField(label="Year", coerce=int, required=False)
    group = one_of("Group", required=False)
    state = forms.ChoiceField(label="Status", choices=[("", "Every status"), *MeetingState.choices], required=False)

    def __init__(self, *args: Any, years: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "year", years)
        offer(self, "group", groups, "Every group")


class DecisionFilter(forms.Form):
    """Which decisions are listed."""

    state = forms.ChoiceField(label="Status", required=False)
    group = one_of("Group", required=False)
    words = forms.CharField(label="Words in the headline", max_length=80, required=False)

    def __init__(self, *args: Any, states: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", states, "Every status")
        offer(self, "group", groups, "Every group")
