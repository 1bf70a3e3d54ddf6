"""The forms of messages and calendar addresses."""

from django import forms

from .enums import FeedScope, MailChoice


class MailChoiceForm(forms.Form):
    """How to be told by e-mail."""

    choice = forms.ChoiceField(
        label="When something waits for you, how do you want to be told?",
        help_text="An e-mail says how many messages wait and where. It never says what they are about.",
        choices=MailChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want to be told."},
    )


class CalendarAddressForm(forms.Form):
    """A new private address."""

    label = forms.CharField(
        label="Which calendar is it for?",
        help_text="For you, so that you know later which one to end. For example: Outlook at work.",
        max_length=60,
        error_messages={"required": "Say which calendar it is for."},
    )
    scope = forms.ChoiceField(
        label="What should it hold?",
        choices=FeedScope.choices,
        widget=forms.RadioSelect,
        initial=FeedScope.MINE,
        error_messages={"required": "Choose what it should hold."},
    )
