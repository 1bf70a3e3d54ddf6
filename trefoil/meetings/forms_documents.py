"""The forms of what leaves a meeting: a recommendation for the plan, and a committee report."""

from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .forms import Choices, area, offer, one_of


class RecommendForm(DraftedForm):
    """A recommendation, and perhaps an action for one agency."""

    words = area("What ought to change", help_text="In the words of the meeting. Name no child.", most=2000, rows=4)
    agency = one_of("Which agency acts? (optional)", required=False, help_text="It can accept the action or refuse it.")
    title = forms.CharField(label="What it is to do", max_length=160, required=False)
    due_on = DayMonthYearField(label="By when", required=False)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies, "No agency yet")

    def clean(self) -> dict[str, Any]:
        """An action has words and a date; said where they are missing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("agency") is not None:
            if not given.get("title"):
                self.add_error("title", "Say what the agency is to do.")
            if given.get("due_on") is None and "due_on" in given:
                self.add_error("due_on", "Say by when.")
        return given


class PlanPaperForm(forms.Form):
    """A priority of the plan, and the item that it is for."""

    priority = one_of("Which priority of the plan?")
    item = one_of("Which item of the agenda is it for?")

    def __init__(self, *args: Any, items: Choices, priorities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "priority", priorities, "Choose a priority")
        offer(self, "item", items, "Choose an item")


class ReportForm(forms.Form):
    """What a committee is told."""

    committee = forms.CharField(label="Committee", max_length=160)
    committee_day = DayMonthYearField(label="Date of the committee")
    title = forms.CharField(label="Title of the report", max_length=200)
    author = forms.CharField(label="Report of", max_length=160)
    purpose = area("Purpose of the report", most=3000, rows=3)
    background = area("Background (optional)", most=6000, rows=5, required=False)
    recommendations = area(
        "What the committee is asked to do (optional)",
        help_text="One thing on each line. Left empty, it is asked to note the report.",
        most=3000,
        rows=3,
        required=False,
    )
    template = forms.FileField(
        label="Your council’s template (optional)",
        help_text="A Word document (.docx) without macros. Without one a plain report is made. The file is not kept.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
