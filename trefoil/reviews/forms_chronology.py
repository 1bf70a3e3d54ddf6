"""The forms of a chronology: an entry, a file, a word to redact, a line of a redacted copy."""

from datetime import date
from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .chronology.reading import LONGEST, SEEN_WORDS, EntryRow, Seen
from .chronology.when import HOW_TO_WRITE, SHOWN, Shown, UnclearError, When, check_known, read_when
from .forms import area, one_of
from .rules import SHORTEST_REASON


class EntryForm(DraftedForm):
    """One entry. When it happened is written as it would be in a file, and read by the same rule."""

    when = forms.CharField(
        label="When?",
        max_length=80,
        help_text=f"As exactly as it is known: {HOW_TO_WRITE}. Put “about” in front where it is not certain.",
    )
    what = area("What happened?", rows=5, most=LONGEST["what"], help_text="One event. It is sealed.")
    place = forms.CharField(label="Where? (optional)", max_length=LONGEST["place"], required=False)
    seen = one_of(
        "Was the child seen?", [(one.value, words) for one, words in SEEN_WORDS.items()], initial=Seen.NOT_SAID.value
    )
    source = forms.CharField(
        label="Which record is it from, or who told you?",
        max_length=LONGEST["source"],
        help_text="Each entry has a source.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_when(self) -> When:
        """When it was, or why that is not clear."""
        try:
            when = read_when(self.cleaned_data["when"])
            check_known(when, self._today)
        except UnclearError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return when

    @property
    def row(self) -> EntryRow:
        """What was entered."""
        given = self.cleaned_data
        return EntryRow(
            when=given["when"],
            what=given["what"],
            source=given["source"],
            place=given["place"],
            seen=Seen(given["seen"]),
        )


class CorrectionForm(EntryForm):
    """An entry put right, with why."""

    reason = area("Why is it corrected?", rows=2, help_text=f"At least {SHORTEST_REASON} characters.")


class EntriesFileForm(forms.Form):
    """A file of entries."""

    upload = forms.FileField(
        label="File of entries",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text="CSV or XLSX in the layout of the template.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty. Choose the one you meant."},
    )


class FoundForm(forms.Form):
    """What was found about two entries."""

    words = area(
        "What did you find?",
        rows=3,
        help_text=f"Such as “One visit, told twice” or “Two visits”. At least {SHORTEST_REASON} characters.",
    )


class RedactedWordForm(forms.Form):
    """A name or place, and the role that stands in its place."""

    words = forms.CharField(
        label="Name or place", max_length=200, help_text="As it is written. Add nicknames and initials on their own."
    )
    role = forms.CharField(label="Role", max_length=100, help_text="Such as “the mother”, “school 1” or “the home”.")


class CopyForm(forms.Form):
    """How exactly a copy says when things were."""

    days = one_of(
        "How exactly does it say when things were?",
        [(one.value, words) for one, words in SHOWN.items()],
        initial=Shown.AS_ENTERED.value,
        help_text="Days can give a child away as names do. For what is published, months are usual.",
    )


class AskForm(forms.Form):
    """By which day an agency is asked for its chronology."""

    due_on = DayMonthYearField(label="By when?")


class HandInForm(forms.Form):
    """Whether all is entered, or nothing is known."""

    said = one_of(
        "What do you say for your agency?",
        [("all", "All that we know is entered"), ("nothing", "We looked, and know nothing of this child")],
        initial=None,
    )


class LineForm(forms.Form):
    """A line of a redacted copy, worded by hand."""

    what = area("What happened", rows=6, most=LONGEST["what"])
    place = forms.CharField(label="Where (optional)", max_length=LONGEST["place"], required=False)
    source = forms.CharField(label="Source", max_length=LONGEST["source"])
