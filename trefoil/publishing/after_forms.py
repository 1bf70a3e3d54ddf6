"""Forms of what is done with a frozen edition. They check shape; operations check what is allowed."""

from collections.abc import Sequence

from django import forms

from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.plan.forms.fields import day_field, line_field, one_of, words_field

from .after.reading import Recipient
from .enums import BoardSaid, SentBy, TakenDownFor

ANYBODY = "other"


class ScrutinyForm(DraftedForm):
    """The scrutineer's statement."""

    words = words_field(
        "What does independent scrutiny say of it?",
        "Whether it is a true picture, what is strong, what is missing. It may be published: name no child.",
        rows=10,
        longest=5000,
    )
    said_on = day_field("On which day?")
    reference = line_field(
        "Where it is written",
        "For example “Letter of the scrutineer, 12 September 2026”. Needed when you note it for the scrutineer.",
        required=False,
        longest=60,
    )


class BoardForm(DraftedForm):
    """An edition before a partner's own board."""

    agency = one_of("Which partner?", required=True)
    board = line_field("Which board?", "For example “Quality committee” or “Cabinet”.")
    taken_on = day_field("On which day?")
    said = forms.ChoiceField(label="What did it say?", choices=BoardSaid.choices, widget=forms.RadioSelect)
    words = words_field("Its words", "Needed when it asked for something. Name no child.", required=False, longest=1000)


class SendForm(DraftedForm):
    """An edition sent to somebody."""

    recipient = forms.ChoiceField(label="To whom?", widget=forms.RadioSelect)
    sent_to = line_field("Somebody else", "Their name, if you chose “Somebody else” above.", required=False)
    sent_on = day_field("On which day?")
    sent_by = forms.ChoiceField(label="How?", choices=SentBy.choices, widget=forms.RadioSelect)
    reference = line_field(
        "What shows that it went",
        "For example the subject and time of the e-mail, or the portal’s number. Write no e-mail address.",
    )

    def offer(self, recipients: Sequence[Recipient]) -> None:
        """Say whom the law names for this document; anybody else can always be added."""
        field = self.fields["recipient"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                *((one.id, f"{one.name}, {one.by_when}") for one in recipients),
                (ANYBODY, "Somebody else"),
            ]

    def clean(self) -> dict[str, object]:
        held = super().clean() or self.cleaned_data
        if held.get("recipient") == ANYBODY:
            if not held.get("sent_to"):
                self.add_error("sent_to", "Write to whom it was sent")
            held["recipient"] = ""
        return held


class AcknowledgeForm(DraftedForm):
    """A receipt that was acknowledged."""

    acknowledged_on = day_field("On which day did they say so?")
    acknowledgement = line_field("What shows it", "For example the subject of their answer.")


class PublishForm(DraftedForm):
    """An edition made public."""

    on = day_field("On which day did it come out?", "Today, or an earlier day if it was out elsewhere before.")
    reason = words_field(
        "Why does it go out although something is open?", "It stays on record.", required=False, longest=1000
    )


class WhyForm(DraftedForm):
    """A reason alone, that stays on record."""

    reason = words_field("Why?", "It stays on record. Name no child.", longest=1000)


class TakeDownForm(DraftedForm):
    """Why an edition is taken down: for the record, and what the public reads at its address."""

    reason = words_field("Why?", "It stays on record, inside the house. Name no child.", longest=1000)
    public_reason = forms.ChoiceField(
        label="What does the public read at its address?",
        help_text="If it could point at somebody, give no reason.",
        choices=[*TakenDownFor.choices, ("", "No reason")],
        required=False,
        widget=forms.RadioSelect,
    )


class AgreedForm(DraftedForm):
    """A document of a kind that no partner approves, frozen."""

    agreed_in = line_field(
        "Who agreed to it, and where?",
        "For example “Quality group, 12 March 2027, decision 4”. It stands in the edition.",
        longest=100,
    )


class CareFields(forms.Form):
    """Who looks after a policy."""

    owner = one_of("Who owns it?", "Whoever is asked to look at it again.", required=True)
    review_on = day_field("By when is it looked at again?")
    core_title = line_field(
        "Core procedure", "For example “London Child Protection Procedures, part A3”.", required=False
    )
    core_href = line_field(
        "Address of the core procedure",
        "It begins with https://. Link to it, do not copy it.",
        required=False,
        longest=500,
    )


class NewCareForm(CareFields, DraftedForm):
    """The first time that somebody says it."""


class CareForm(CareFields, EditedForm):
    """What was said, changed."""


class PolicyReviewForm(DraftedForm):
    """A policy looked at again."""

    words = words_field(
        "What did you find?", "Whether it still fits, and what has to change. Name no child.", longest=1000
    )
    next_on = day_field("By when is it looked at next?")
