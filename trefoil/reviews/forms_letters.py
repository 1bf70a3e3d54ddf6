"""The forms of letters, their replies, and the commission of a local review."""

from typing import Any

from django import forms

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm

from .enums import LetterSubject, Recipient, ReplyKind
from .forms import Choices, area, offer, one_of, picked


class LetterForm(DraftedForm):
    """A letter that went."""

    to = one_of("To whom?", Recipient.choices)
    subject = one_of("What is it about?", LetterSubject.choices)
    sent_on = DayMonthYearField(label="When was it sent?")
    words = area("What did it say?", rows=6, most=20000, help_text="Its words or what matters of them. Sealed.")


class ReplyForm(DraftedForm):
    """What came back to it."""

    kind = one_of("What did they reply?", ReplyKind.choices)
    came_on = DayMonthYearField(label="When did it come?")
    words = area("What does it say?", rows=6, most=20000, help_text="Its words or what matters of them. Sealed.")


class CommissionForm(DraftedForm):
    """What is agreed with the reviewer of a local review."""

    terms = area(
        "Terms of reference", rows=10, most=20000, help_text="What the review is to find out, over which time. Sealed."
    )
    method = forms.CharField(
        label="Method",
        max_length=300,
        help_text="None is prescribed. Look at the system, not at one person’s fault.",
    )
    reviewer = forms.CharField(label="Who reviews?", max_length=120)
    works_for = picked(
        "Do they work for an agency of this partnership?", required=False, help_text="Leave it empty if they do not."
    )
    conflict = area(
        "What did they declare?",
        rows=3,
        help_text="Whatever could be, or could look like, a conflict of interest; or that there is nothing.",
    )
    cost = forms.DecimalField(
        label="Cost in pounds (optional)", max_digits=9, decimal_places=2, min_value=0, required=False
    )
    agreed_on = DayMonthYearField(label="When was it agreed?")

    def __init__(self, *args: Any, agencies: Choices, is_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "works_for", [("", "No agency of this partnership"), *agencies])
        if is_change:
            self.fields["reason"] = area("Why is it changed?", rows=2)
