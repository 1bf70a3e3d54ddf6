"""The forms of the review itself: the response, the meeting, the panel, its analysis, and what follows."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm
from trefoil.reviews.forms import YES_NO, Choices, area, offer, one_of, picked

from .enums import Domain, Score
from .hierarchy import categories, criteria
from .models import Analysis
from .models.retention import LONGEST
from .operations.analysis import Factors
from .operations.response import Discussed


class ResponseForm(forms.Form):
    """The criteria of a joint agency response, the decision, who took it and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria():
            self.fields[_field(one.code)] = one_of(f"{one.code}: {one.ask}", YES_NO)
        self.fields["is_needed"] = one_of("Is there a joint agency response?", YES_NO)
        self.fields["reasons"] = area("Why?", help_text="Sealed.")
        self.fields["decided_on"] = DayMonthYearField(label="When was it decided?")
        self.fields["deciders"] = forms.CharField(
            label="Who decided?", max_length=300, help_text="Names and what they are, from health, police, social care."
        )

    @property
    def met(self) -> list[str]:
        """The criteria that are met."""
        return [one.code for one in criteria() if self.cleaned_data[_field(one.code)] == "yes"]


def _field(code: str) -> str:
    return code.lower().replace("-", "_")


class StepForm(DraftedForm):
    """One step of the response."""

    done_on = DayMonthYearField(label="When?")
    words = area("What was done?", rows=6, most=20000, help_text="Sealed.")


class SupportForm(DraftedForm):
    """Who stays beside the family, and what they were offered."""

    key_worker = area(
        "Who is the family’s key worker, and how do they reach them?",
        rows=2,
        most=300,
        help_text="Name, service, telephone. If they want none, say so. Sealed.",
    )
    words = area(
        "What were the family offered and told?",
        rows=5,
        most=20000,
        help_text="Bereavement support and information, how the review goes on, how they can ask and be heard. Sealed.",
    )
    told_on = DayMonthYearField(label="When were they told?")


class PassOnForm(DraftedForm):
    """A death passed on to the area where the child normally lived."""

    to = forms.CharField(
        label="To whom?", max_length=300, help_text="The panel or partners of that area, and who there. Sealed."
    )
    passed_on = DayMonthYearField(label="When?")
    words = area(
        "What was passed on, how, and what did they answer?",
        rows=5,
        most=20000,
        help_text="The notification, agencies’ answers, the joint agency response. Nothing is sent from here. Sealed.",
    )


class LinkForm(forms.Form):
    """A practice review that is there already."""

    review = picked("Which review?")

    def __init__(self, *args: Any, reviews: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "review", reviews)


class ReportForm(forms.Form):
    """A report of the child death review partners."""

    title = forms.CharField(label="Under which title was it published?", max_length=200)
    published_on = DayMonthYearField(label="When?")
    address = forms.URLField(
        label="Where can it be read? (optional)", max_length=300, required=False, assume_scheme="https"
    )


class MeetingForm(DraftedForm):
    """The child death review meeting."""

    held_on = DayMonthYearField(label="When was it held?")
    provider = forms.CharField(label="Which hospital, trust or practice held it?", max_length=200)
    words = area("What did it find?", rows=10, most=20000, help_text="Cause, care given, questions that stay. Sealed.")
    family = area(
        "What did the family ask, and what were they told?",
        rows=5,
        most=20000,
        help_text="The key worker brings their questions. Or that they did not want to take part. Sealed.",
    )
    report_on = DayMonthYearField(
        label="When did its draft analysis come?", help_text="The panel’s time runs from this day."
    )

    @property
    def discussed(self) -> Discussed:
        """What to write down."""
        return Discussed(**{name: self.cleaned_data[name] for name in self.fields})


class PaperForm(DraftedForm):
    """The anonymised paper."""

    words = area(
        "Text",
        rows=16,
        most=30000,
        help_text="No name, no date of birth, no number, no postcode: those are refused. Nor a school, a street or "
        "a job that gives the family away: that is for you to see.",
    )


class PanelForm(forms.Form):
    """A panel to call."""

    meets_on = DayMonthYearField(label="When does it meet?")
    theme = forms.CharField(
        label="Theme (optional)",
        max_length=120,
        required=False,
        help_text="One cause or group of causes, such as asthma. A panel with other partnerships needs one.",
    )
    guests = forms.TypedMultipleChoiceField(
        label="Which other partnerships bring deaths? (optional)",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, partnerships: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partnerships:
            offer(self, "guests", partnerships)
        else:
            del self.fields["guests"]


class MemberForm(forms.Form):
    """A member of a panel."""

    person = picked("Who?", help_text="They read the papers. They see no reference, no name and no date of birth.")
    ends_on = DayMonthYearField(label="Until which day?", help_text="A year from now at most.")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)


class PutForm(forms.Form):
    """Which panel a death is put before."""

    panel = picked("Which panel?")

    def __init__(self, *args: Any, panels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "panel", panels)


class AnalysisForm(DraftedForm):
    """The panel's analysis on one page."""

    def __init__(self, *args: Any, held: Analysis | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applying"] = forms.TypedMultipleChoiceField(
            label="Which categories apply?",
            choices=[(one.number, str(one)) for one in categories()],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            initial=held.applying if held else None,
            help_text="Tick every one. The highest counts, and the page says why.",
        )
        rows = {one.domain: one for one in held.domains.all()} if held else {}
        for domain in Domain:
            self._add(domain, rows.get(domain))
        self.fields["words"] = area(
            "How did the panel come to this?",
            rows=5,
            most=20000,
            initial=held.words if held else "",
            help_text="Sealed.",
        )
        self.fields["judged_on"] = DayMonthYearField(
            label="When did the panel judge?", initial=held.judged_on if held else None
        )
        if held:
            self.fields["reason"] = area("Why is it changed?", rows=2, help_text="Sealed.")
        # The fields are made here, so what was left of them is put in here too.
        if self.draft is not None and self.draft.is_kept and not self.is_bound:
            self._fill_from(self.draft)

    def _add(self, domain: Domain, row: Any) -> None:
        self.fields[f"{domain}_score"] = one_of(
            f"Domain {domain.label}", Score.choices, initial=row.score if row else None
        )
        self.fields[f"{domain}_words"] = area(
            f"Factors in domain {domain.value}",
            rows=2,
            required=False,
            initial=row.words if row else "",
            help_text="Needed where the score is 2.",
        )
        self.fields[f"{domain}_change"] = area(
            f"What in domain {domain.value} could be changed, here or nationally?",
            rows=2,
            required=False,
            initial=row.change if row else "",
            help_text="What stands here makes it a modifiable factor. Leave it empty if there is none.",
        )

    @property
    def factors(self) -> Sequence[Factors]:
        """The four domains."""
        given = self.cleaned_data
        return [
            Factors(
                domain=domain,
                score=Score(int(given[f"{domain}_score"])),
                words=given[f"{domain}_words"],
                is_modifiable=bool(given[f"{domain}_change"].strip()),
                change=given[f"{domain}_change"],
            )
            for domain in Domain
        ]


class LearningForm(DraftedForm):
    """Something that was learnt."""

    words = area("What was learnt?", rows=4, help_text="Sealed. It stays with this review.")


class PracticeForm(forms.Form):
    """The serious incident that a death is part of."""

    known_on = DayMonthYearField(
        label="When did the authority learn of it, with abuse or neglect known or suspected?",
        help_text="The five working days to notify the national panel run from this day.",
    )
    is_in_care = one_of("Was the child in the care of the local authority?", YES_NO)
    words = area("What happened, in a few sentences", rows=6, help_text="Sealed. Only the new review’s readers see it.")


class RetentionForm(forms.Form):
    """How long the words of a review are kept."""

    years = forms.IntegerField(
        label="For how many years after a review is closed?", min_value=1, max_value=LONGEST, help_text="1 to 100."
    )
    why = forms.CharField(label="Which policy or decision says so?", max_length=300)


class DeleteForm(forms.Form):
    """Why a record is deleted: by policy, or because it was notified in error."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="At least 10 characters. It stays when the rest has gone, and is not sealed: name no child.",
    )


class CloseForm(forms.Form):
    """The end of the review."""

    sent_on = DayMonthYearField(label="When did the analysis go to the national database?")
