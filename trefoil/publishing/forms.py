"""Forms of publishing. They check shape; operations check what is allowed."""

from collections.abc import Sequence

from django import forms

from trefoil.access.rules import Standing
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.plan.forms.fields import day_field, line_field, one_of, words_field

from .blocks.choices import choices_of
from .enums import Answer, BlockKind, PublicKind
from .patterns.reading import LAW, Item

NO_CHILD = "The public will read it. Name no child and no family."


class FactsFields(forms.Form):
    """What a document is about."""

    title = line_field("Title", "For example “Yearly report 2025 to 2026”. The public will read it.")
    starts_on = day_field("First day of the period")
    ends_on = day_field("Last day of the period", "Figures that belong to later days are left out.")
    law = forms.ChoiceField(
        label="Edition of the law that it is written under",
        help_text="The document is checked against what it asks. Yearly reports, arrangements and review reports have "
        "one, others none.",
        choices=[("", "No edition"), *LAW.items()],
        required=False,
    )


class BeginForm(FactsFields, DraftedForm):
    """A new document."""

    kind = forms.ChoiceField(label="What is it?", choices=PublicKind.choices, widget=forms.RadioSelect)
    field_order = ("kind", "title", "starts_on", "ends_on", "law")


class FactsForm(FactsFields, EditedForm):
    """The facts of a document that is there."""


class SectionForm(EditedForm):
    """A section: its prose and what it answers."""

    prose = words_field(
        "What does it say?",
        f"{NO_CHILD} An empty line begins a new paragraph. A line that begins with # is a heading, with - a point of a "
        "list, with 1. a numbered one. **Two stars** make words bold. [Words](https://address) make a link.",
        rows=22,
        required=False,
        longest=30_000,
    )
    answers = forms.MultipleChoiceField(
        label="What of the law does this section answer?",
        help_text="Say yes only to what a reader will find in the words above.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, items: Sequence[Item]) -> None:
        """Say which items the section may answer; without any, nothing is asked."""
        field = self.fields["answers"]
        if not items:
            del self.fields["answers"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.id, f"{one.words} ({one.id})") for one in items]


class PlaceFields(forms.Form):
    """A section of the document's own: its heading, and where it stands."""

    title = line_field("Heading", NO_CHILD)
    after = one_of("Behind which section?", none="At the beginning")


class OwnSectionForm(PlaceFields, DraftedForm):
    """A new one."""


class PlaceForm(PlaceFields, EditedForm):
    """One that is there."""


class BlockForm(forms.Form):
    """Which figures to put in."""

    shows = forms.ChoiceField(label="Which?")

    def offer(self, kind: BlockKind, standing: Standing) -> None:
        """Say what there is of this kind that the person may read."""
        field = self.fields["shows"]
        if isinstance(field, forms.ChoiceField):
            found = choices_of(kind, standing)
            field.choices = found if len(found) == 1 else [("", "Choose"), *found]
            field.help_text = _HINTS[kind]


_HINTS = {
    BlockKind.INDICATOR: "Only figures prepared for publication, or published nationally, are shown.",
    BlockKind.PRIORITY: "It brings what success looks like, its actions and the impact that was judged.",
    BlockKind.BUDGET: "It brings the totals of a financial year and what each partner gave.",
    BlockKind.REVIEWS: "It brings numbers with the small ones hidden, what was published, and what came of "
    "recommendations. Nothing that is sealed is in it.",
    BlockKind.TRAINING: "It brings the plan’s evidence of training: how many, and how many use it at work.",
    BlockKind.VOICE: "It brings whose voice was heard, and what came of it. Nobody’s words are in it: tell the themes "
    "yourself.",
    BlockKind.ATTENDANCE: "It brings how often each agency was represented in the period. No person is named.",
    BlockKind.SCRUTINY: "It brings what scrutiny recommended in the period, the answers, and what came of them.",
}


class OverruleForm(DraftedForm):
    """A reason why something is left out."""

    reason = words_field("Why does it stand as it is?", "It stays on record and stands in the edition.", longest=1000)


class DrawBackForm(DraftedForm):
    """A reason why a document is drawn back."""

    reason = words_field("Why is it drawn back?", "The partners read it.", longest=1000)


class AnswerForm(DraftedForm):
    """A statutory partner's answer."""

    agency = one_of("Which partner?", required=True)
    answer = forms.ChoiceField(label="What does it say?", choices=Answer.choices, widget=forms.RadioSelect)
    words = words_field("Which changes?", "Needed when changes are asked for.", required=False, longest=1000)
    reference = line_field(
        "Meeting’s decision that holds it",
        "For example “Executive, 12 March 2027, decision 4”. Needed when you note it for a partner.",
        required=False,
        longest=60,
    )


class ContributionAskForm(DraftedForm):
    """An agency asked for its part."""

    agency = one_of("Which agency?", required=True)
    ask = words_field("What is it asked for?", "Its leads read this, in a message and on the page.", longest=1000)
    due_on = day_field("By when?")


class ContributionForm(DraftedForm):
    """An agency's part."""

    given = words_field(
        "Your agency’s part",
        NO_CHILD,
        rows=16,
        longest=30_000,
    )


class CommentForm(DraftedForm):
    """A comment on a section."""

    words = words_field("Your comment", "Everybody who writes in the document reads it. Name no child.", longest=1000)


class PutBackForm(forms.Form):
    """Earlier words put back, if nobody saved others meanwhile."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
