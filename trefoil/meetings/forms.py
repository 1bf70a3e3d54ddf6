"""The forms of meetings: calling, moving, agendas, attendance, interests, decisions and minutes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm, EditedForm, SeenForm

from .enums import Authority, Presence, Purpose, Stance
from .models import Meeting, Minutes, MinutesEntry
from .rules import SHORTEST_REASON

Choices = Sequence[tuple[Any, str]]


def area(label: str, *, rows: int = 4, most: int = 2000, required: bool = True, **kwargs: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), required=required, **kwargs
    )


def one_of(label: str, *, required: bool = True, **kwargs: Any) -> forms.TypedChoiceField:
    """A record chosen by its key; the form's `__init__` gives the choices."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required, **kwargs)


def offer(form: forms.Form, name: str, choices: Choices, empty: str = "") -> None:
    """Give a field its choices, with a first one that means none."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # the form that calls this made it one
    field.choices = [*([("", empty)] if empty else []), *choices]


class ReasonForm(forms.Form):
    """Why."""

    reason = area(
        "Why?", help_text=f"At least {SHORTEST_REASON} characters. It stays with the record.", most=300, rows=3
    )


class ConfirmForm(forms.Form):
    """A page that asks for nothing but yes."""


class WhenForm(forms.Form):
    """A day, a time, a length and a place."""

    day = DayMonthYearField(label="Day")
    begins = forms.TimeField(
        label="Begins at", help_text="Such as 10:00.", widget=forms.TextInput(attrs={"class": "govuk-input--width-5"})
    )
    minutes_long = forms.IntegerField(label="Minutes long", min_value=5, max_value=600, initial=120)
    place = forms.CharField(
        label="Place (optional)", help_text="A room, or that it is online.", max_length=200, required=False
    )
    reason = area("What is it for? (optional)", most=300, rows=2, required=False)

    @property
    def starts_at(self) -> datetime:
        """The moment of day and time, in England."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["begins"]))


class MoveForm(WhenForm):
    """Another day, time or place, with the reason."""

    reason = area("Why is it moved?", help_text="Members read this.", most=300, rows=3)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        here = timezone.localtime(meeting.starts_at)
        kwargs["initial"] = {"day": here.date(), "begins": f"{here:%H:%M}", "place": meeting.place}
        super().__init__(*args, **kwargs)
        del self.fields["minutes_long"]


class YearForm(forms.Form):
    """From which day to which dates are made."""

    start = DayMonthYearField(label="From")
    end = DayMonthYearField(label="To", help_text="At most two years later.")


class ItemForm(DraftedForm):
    """A new item of an agenda."""

    title = forms.CharField(label="Item", max_length=160)
    purpose = forms.ChoiceField(label="What is asked", choices=Purpose.choices, initial=Purpose.DISCUSS)
    summary = area("In a sentence or two (optional)", most=2000, rows=3, required=False)
    owner = one_of("Who brings it", required=False)
    owner_words = forms.CharField(label="Or somebody without an account (optional)", max_length=120, required=False)
    minutes_long = forms.IntegerField(
        label="Minutes",
        min_value=0,
        max_value=480,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", people, "The chair")


class ItemChangeForm(ItemForm, EditedForm):
    """An item that is there."""


class WordForm(forms.Form):
    """What a member says of themselves before the meeting."""

    presence = forms.ChoiceField(
        label="Will you be there?",
        choices=[
            (Presence.EXPECTED, "Yes, I come"),
            (Presence.SUBSTITUTE, "No, somebody comes instead of me"),
            (Presence.APOLOGIES, "No, please note my apologies"),
        ],
        widget=forms.RadioSelect,
    )
    substitute_name = forms.CharField(
        label="Who comes instead of you?", help_text="Only if you send somebody.", max_length=120, required=False
    )


class GuestForm(forms.Form):
    """Somebody who is no member."""

    name = forms.CharField(label="Name and role", max_length=120)
    agency = one_of("Agency", required=False)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies, "None of these")


class InterestForm(forms.Form):
    """An interest in an item or the whole meeting."""

    person = one_of("Whose interest is it?")
    item = one_of("In which item?", required=False)
    words = forms.CharField(label="What is the interest?", max_length=400)
    withdrew = forms.BooleanField(label="They leave for it, and take no part in a decision on it", required=False)

    def __init__(self, *args: Any, people: Choices, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
        offer(self, "item", items, "The whole meeting")


class DecisionForm(DraftedForm):
    """What is decided, by whom."""

    headline = forms.CharField(
        label="Headline", help_text="Everybody in the partnership can read it. Name no child.", max_length=200
    )
    words = area("What is decided, in full", most=3000, rows=4)
    reasons = area("Why, and what else was considered (optional)", most=3000, rows=4, required=False)
    is_joint = forms.ChoiceField(
        label="Who decides?",
        choices=[
            ("yes", "The safeguarding partners together: it is made only when all of them agree"),
            ("no", "This group: it is made now, if the meeting is quorate"),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )
    item = one_of("Under which item?", required=False)
    follows = one_of("Does it put an earlier one again?", required=False)

    def __init__(self, *args: Any, items: Choices, earlier: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", items, "None of the items")
        offer(self, "follows", earlier, "No, it is new")
        if not earlier:
            del self.fields["follows"]


class PositionForm(forms.Form):
    """Where a statutory partner stands."""

    speaker = forms.ChoiceField(label="Who speaks, and for which partner?")
    stance = forms.ChoiceField(label="Position", choices=Stance.choices, widget=forms.RadioSelect)
    reason = area("Reason", help_text="Needed when a partner does not agree.", most=2000, rows=3, required=False)
    authority = forms.ChoiceField(
        label="In what right?", choices=Authority.choices, initial=Authority.DELEGATED, widget=forms.RadioSelect
    )
    authority_words = forms.CharField(
        label="Who delegated it, and when?", help_text="Needed for a delegate.", max_length=200, required=False
    )

    def __init__(self, *args: Any, speakers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "speaker", speakers)


def words_in_boxes(entries: Iterable[MinutesEntry]) -> dict[str, str]:
    """The words of the minutes by the name of their box."""
    return {f"words_{entry.pk}": entry.words for entry in entries}


class MinutesForm(SeenForm):
    """One box for each part of the minutes."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, minutes: Minutes, entries: Sequence[MinutesEntry], **kwargs: Any) -> None:
        kwargs["initial"] = {"seen_version": minutes.version, **words_in_boxes(entries)}
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            rows = min(16, max(4, entry.words.count("\n") + 2 + len(entry.words) // 90))
            self.fields[f"words_{entry.pk}"] = area(entry.heading, rows=rows, most=8000, required=False)
        if self.draft is not None and self.draft.is_kept and not self.is_bound:
            self._fill_from(self.draft)

    @property
    def words(self) -> dict[int, str]:
        """The words by the key of their entry."""
        return {entry.pk: self.cleaned_data[f"words_{entry.pk}"] for entry in self.entries}


class ApproveForm(forms.Form):
    """At which meeting, with which corrections."""

    approved_in = one_of("At which meeting were they approved?")
    corrections = area(
        "Corrections (optional)",
        help_text="What the meeting asked to have put right. The minutes keep their words; this stands beside them.",
        most=3000,
        required=False,
    )

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "approved_in", meetings)
