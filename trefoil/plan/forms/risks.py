"""Forms of the risk register. What may be chosen is handed in; nothing is asked of the database here."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.people.models import Agency, Person

from ..enums_register import IMPACT_WORDS, LIKELIHOOD_WORDS, Assurance
from ..models import Priority
from ..operations.risks import Scores
from .fields import PrioritiesChoice
from .register import area, chosen_from

NO_CHILD = "Others will read it. Name no child and no family."
_LIKELIHOODS = [("", "Choose")] + [(str(number), f"{number} – {words}") for number, words in LIKELIHOOD_WORDS.items()]
_IMPACTS = [("", "Choose")] + [(str(number), f"{number} – {words}") for number, words in IMPACT_WORDS.items()]


def _scale(label: str, choices: list[tuple[str, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int)


class ScoresForm(DraftedForm):
    """The four numbers. With controls a risk is never likelier or graver than without."""

    likelihood = _scale("How likely is it, with nothing against it?", _LIKELIHOODS)
    impact = _scale("How bad would it be, with nothing against it?", _IMPACTS)
    likelihood_after = _scale("How likely is it with the controls there are?", _LIKELIHOODS)
    impact_after = _scale("How bad would it be with the controls there are?", _IMPACTS)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for after, before in (("likelihood_after", "likelihood"), ("impact_after", "impact")):
            given = self.cleaned_data.get(after), self.cleaned_data.get(before)
            if all(given) and int(given[0] or 0) > int(given[1] or 0):
                self.add_error(after, "Controls never make a risk worse: choose at most what it is without them.")
        return cleaned

    @property
    def scores(self) -> Scores:
        """The scores of a valid form."""
        given = self.cleaned_data
        return Scores(given["likelihood"], given["impact"], given["likelihood_after"], given["impact_after"])


class RiskWordsForm(DraftedForm):
    """A risk in three sentences, whose it is, and which priorities it stands in the way of."""

    title = forms.CharField(label="What is the risk, in a few words?", max_length=150)
    cause = area("What does it come from?", "Because …", 1000, 3)
    event = area("What may happen?", "There is a risk that …", 1000, 3)
    effect = area("What would follow for children?", f"Which would mean that … {NO_CHILD}", 1000, 3)
    agency = chosen_from("Which organisation owns it?", "Nobody yet")
    person = chosen_from("Who owns it?", "Nobody yet")
    priorities = PrioritiesChoice(
        label="Which priorities does it stand in the way of? (optional)",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Agency],
        people: QuerySet[Person],
        priorities: QuerySet[Priority],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("person", people), ("priorities", priorities)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices

    def clean_priorities(self) -> list[Priority]:
        """As a list, so that two versions of it can be laid beside each other."""
        return list(self.cleaned_data["priorities"])


class RiskNewForm(RiskWordsForm, ScoresForm):
    """A risk with its first score."""

    review_on = DayMonthYearField(label="When is it looked at again?", help_text="For example, 31 3 2027")


class RiskChangeForm(EditedForm, RiskWordsForm):
    """The words, owner and priorities of a risk. Its score changes by a review."""


class RiskReviewForm(EditedForm, ScoresForm):
    """One look at a risk."""

    words = area("What has changed, or why has nothing?", NO_CHILD, 2000, 5)
    next_review_on = DayMonthYearField(label="When is it looked at next?", help_text="For example, 31 3 2027")


class ReasonForm(forms.Form):
    """Why something is closed or withdrawn."""

    reason = area("Why?", NO_CHILD, 500, 4)


class RiskReopenForm(ReasonForm):
    """Why a closed risk comes back, and when it is looked at."""

    review_on = DayMonthYearField(label="When is it looked at?", help_text="For example, 31 3 2027")


class ControlForm(DraftedForm):
    """What stands against a risk, who sees to it, and what shows that it works."""

    words = area("What stands against the risk?", "What is done, how often, by whom.", 500, 3)
    agency = chosen_from("Which organisation sees to it?", "Nobody yet")
    person = chosen_from("Who sees to it?", "Nobody yet")
    assurance = forms.ChoiceField(
        label="Is it known to work?", choices=Assurance.choices, widget=forms.RadioSelect, initial=Assurance.NONE
    )
    assurance_words = area("What shows it? (needed once it was tested)", "An audit, a test, a figure.", 1000, 3, False)
    assured_on = DayMonthYearField(
        label="When was it tested? (needed once it was tested)", help_text="For example, 12 10 2026", required=False
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("person", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("assurance", Assurance.NONE) != Assurance.NONE:
            if not self.cleaned_data.get("assurance_words"):
                self.add_error("assurance_words", "Say what the test showed.")
            if not self.cleaned_data.get("assured_on") and "assured_on" not in self.errors:
                self.add_error("assured_on", "Say on which day it was tested.")
        return cleaned


class ControlChangeForm(EditedForm, ControlForm):
    """A control that is already there."""
