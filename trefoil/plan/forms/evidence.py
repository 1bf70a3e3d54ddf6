"""Forms of evidence, judgements and tests."""

from collections.abc import Collection
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from django import forms

from trefoil.editing.forms import DraftedForm

from ..enums import EvidenceKind, RetestOutcome, Verdict, VoiceOf
from ..evidence_fields import FIELDS, EvidenceFields, evidence_faults
from ..summaries import EvidenceLine
from ..words import sentence
from .fields import NO_CHILD, day_field, line_field, words_field
from .priorities import indicator_choices


def _number(label: str, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )


class KindForm(forms.Form):
    """Which kind of evidence is added; the next page asks for its fields."""

    kind = forms.ChoiceField(
        label="What kind of evidence is it?", choices=EvidenceKind.choices, widget=forms.RadioSelect
    )


WORDS = {
    EvidenceKind.INDICATOR: ("What did you change, and what do you make of it? (optional)", NO_CHILD),
    EvidenceKind.AUDIT: ("What was looked at, and how? (optional)", NO_CHILD),
    EvidenceKind.TRAINING: ("What was trained, and how was its use looked at? (optional)", NO_CHILD),
    EvidenceKind.VOICE: ("What was heard?", "Themes, not names. Nobody must be told by their words."),
    EvidenceKind.OTHER: ("What does it show?", NO_CHILD),
}
LABELS: dict[str, dict[EvidenceKind, str]] = {
    "after_on": {EvidenceKind.AUDIT: "When was the second audit?", EvidenceKind.TRAINING: "When were they asked?"},
    "after_of": {
        EvidenceKind.AUDIT: "Looked at in the second audit",
        EvidenceKind.TRAINING: "Asked or seen at work later",
    },
    "after_number": {
        EvidenceKind.AUDIT: "Found right in the second audit",
        EvidenceKind.TRAINING: "Of those, use it at work",
    },
}


def _indicators(likely: Collection[str]) -> list[Any]:
    """Every indicator, those in `likely` first. None is chosen for the writer."""
    every = indicator_choices()
    first = [one for one in every if one[0] in likely]
    others = [one for one in every if one[0] not in likely]
    grouped = [("Indicators of its priority", first), ("Every other indicator", others)] if first else others
    return [("", "Choose an indicator"), *grouped]


class EvidenceForm(DraftedForm):
    """The fields of one kind of evidence. `likely` are the ids of the indicators that are offered first."""

    title = line_field("What does this show, in a few words?")
    happened_on = day_field("Which day does it speak of?", "For example the day of the newest figure or of the talk.")
    indicator = forms.ChoiceField(label="Indicator", required=False)
    change_on = day_field(
        "From which day is a change looked for?",
        "The day on which practice changed. The chart is drawn with it.",
        required=False,
    )
    before_on = day_field("When was the first audit?", required=False)
    before_of = _number("Looked at in the first audit")
    before_number = _number("Found right in the first audit")
    trained = _number("People trained")
    after_on = day_field("When?", required=False)
    after_of = _number("Looked at")
    after_number = _number("Found right")
    voice_of = forms.ChoiceField(
        label="Whose words are these?", choices=VoiceOf.choices, widget=forms.RadioSelect, required=False
    )
    heard = _number("How many were heard? (optional)")
    words = words_field("Words", required=False)

    def __init__(
        self, *args: Any, kind: EvidenceKind, today: date, likely: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        every = {name for names in FIELDS.values() for name in names}
        for name in every - set(FIELDS[kind]):
            del self.fields[name]
        for name, labels in LABELS.items():
            if name in self.fields and kind in labels:
                self.fields[name].label = labels[kind]
        self.fields["words"].label, self.fields["words"].help_text = WORDS[kind]
        chosen = self.fields.get("indicator")
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = _indicators(likely)

    def evidence_fields(self) -> EvidenceFields:
        """What was given, as the operation takes it."""
        names = {one.name for one in fields_of(EvidenceFields)}
        return EvidenceFields(**{name: value for name, value in self.cleaned_data.items() if name in names})

    def clean(self) -> dict[str, Any]:
        """Each fault beside its own field, unless that field has one already."""
        given = self.cleaned_data
        faults = evidence_faults(
            self.kind,
            self.evidence_fields(),
            words=given.get("words", ""),
            happened_on=given.get("happened_on") or self.today,
            today=self.today,
        )
        for fault in list(faults):
            if fault.field not in self.errors:
                self.add_error(fault.field, sentence(fault.words))
        return given


class JudgeForm(DraftedForm):
    """A judgement of impact, and what it rests on."""

    rests_on = forms.TypedMultipleChoiceField(
        label="Which evidence do you rest it on?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verdict = forms.ChoiceField(label="What do you find?", choices=Verdict.choices, widget=forms.RadioSelect)
    words = words_field("Why do you judge it so?", NO_CHILD)

    def __init__(self, *args: Any, lines: list[EvidenceLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rests_on"]
        if lines and isinstance(field, forms.ChoiceField):
            field.choices = [(line.piece.pk, _offered(line)) for line in lines]
        else:
            del self.fields["rests_on"]


def _offered(line: EvidenceLine) -> str:
    """A piece as the judge chooses it: its title, its kind, and what its figures say."""
    tested = f"; {line.tag_words.lower()}" if line.tag else ""
    return f"{line.piece.title} ({line.piece.get_kind_display().lower()}{tested})"


class RetestForm(forms.Form):
    """A day on which somebody looks again."""

    due_on = day_field("When is it looked at again?")
    words = line_field("What will be looked at?", "For example “Twenty reviews of that month”.", longest=500)


class RetestOutcomeForm(DraftedForm):
    """What a test found."""

    outcome = forms.ChoiceField(label="What was found?", choices=RetestOutcome.choices, widget=forms.RadioSelect)
    found = words_field("What did you look at, and what did you see?", NO_CHILD)
    next_on = day_field(
        "Next date",
        "If it has slipped back: by when the action, which is then open again, is to be done. If it cannot be told "
        "yet: when you look again. If it has held: a further test, or nothing.",
        required=False,
    )
