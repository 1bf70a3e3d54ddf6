"""The forms of the rapid review: agencies and their parts, sections, criteria, positions, the next step."""

from collections.abc import Mapping
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .editions import criteria
from .enums import Answer, NextStepKind
from .forms import YES_NO, Choices, area, offer, one_of, picked
from .models import CriterionAnswer


class AgencyForm(forms.Form):
    """An agency to ask, and who there."""

    agency = picked("Which agency?")
    person = picked("Who there?", help_text="They see who the child is and their own agency’s part. Nothing else.")
    due_on = DayMonthYearField(label="By when?")
    reads_until = DayMonthYearField(
        label="Until when may they read it? (optional)", help_text="Else for two weeks after it is due.", required=False
    )
    ask = area("What should they look for? (optional)", rows=3, required=False)

    def __init__(self, *args: Any, agencies: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        offer(self, "person", people)


class PartForm(DraftedForm):
    """What an agency knows."""

    involvement = area("How did your agency know the child and family?", rows=8, most=20000)
    practice = area(
        "Which practice matters, good and less good?", rows=8, most=20000, help_text="The moments, what was done, why."
    )
    safety = area("What was done at once for safety?", rows=4, most=20000, help_text="Or that nothing had to be.")
    author = forms.CharField(label="Who wrote this?", max_length=120)


class SectionForm(DraftedForm):
    """One section of the rapid review."""

    words = area("Text", rows=14, most=30000)


class CriteriaForm(DraftedForm):
    """The eight criteria on one page. What is left open stays open."""

    def __init__(self, *args: Any, answers: Mapping[str, CriterionAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria():
            held, name = answers.get(one.code), one.code.lower().replace("-", "_")
            self.fields[f"{name}_answer"] = one_of(
                f"{one.code}: {one.ask}",
                Answer.choices,
                required=False,
                initial=held.answer if held else None,
                help_text="Must be taken into account." if one.must else "To have regard to.",
            )
            self.fields[f"{name}_words"] = area(
                f"Why, for {one.code}", rows=2, required=False, initial=held.words if held else ""
            )

    def clean(self) -> dict[str, Any]:
        """An answer has its why, and a why its answer."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for one in criteria():
            name = one.code.lower().replace("-", "_")
            answer, words = given.get(f"{name}_answer"), given.get(f"{name}_words", "").strip()
            if answer and not words:
                self.add_error(f"{name}_words", f"Say why, for {one.code}.")
            if words and not answer:
                self.add_error(f"{name}_answer", f"Choose an answer to {one.code}.")
        return given

    @property
    def given(self) -> list[tuple[str, Answer, str]]:
        """Code, answer and why of those that are answered."""
        found = []
        for one in criteria():
            name = one.code.lower().replace("-", "_")
            if answer := self.cleaned_data[f"{name}_answer"]:
                found.append((one.code, Answer(answer), self.cleaned_data[f"{name}_words"].strip()))
        return found


class PositionForm(forms.Form):
    """What a statutory partner holds right."""

    speaker = forms.ChoiceField(label="Who speaks, and for which partner?")
    stance = one_of("What should follow the rapid review?", NextStepKind.choices)
    reason = area("Why? (optional)", rows=3, required=False)

    def __init__(self, *args: Any, speakers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "speaker", speakers)


class NextStepForm(forms.Form):
    """What was decided to follow."""

    kind = one_of("What follows?", NextStepKind.choices)
    suggests_national = one_of("Should the panel think of a national review?", YES_NO, initial="no")
    reasons = area("Why?", rows=6, help_text="The panel and the family are told the reasons.")
    decided_on = DayMonthYearField(label="When was it decided?")


class RecommendForm(forms.Form):
    """A recommendation for the plan."""

    words = area(
        "What should change?",
        rows=4,
        most=2000,
        help_text="Everybody who reads the plan reads this. Name no child, and nothing that could tell who they are.",
    )
