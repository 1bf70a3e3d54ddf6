"""The forms of child deaths: the notification, who the child was, readers, agencies and their answers."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from trefoil.design.forms import DayMonthYearField
from trefoil.editing.forms import DraftedForm
from trefoil.reviews.forms import YES_NO, Choices, IdentityForm, area, offer, one_of, picked

from .enums import EthnicGroup, Expected, Home, Known, ReaderRole, Sex
from .models import Death
from .operations.deaths import Notice
from .operations.requests import Answered


class NoticeForm(DraftedForm):
    """As little as a review can begin with."""

    died_on = DayMonthYearField(label="When did the child die?")
    known_on = DayMonthYearField(label="When did you, or your service, learn of it?")
    known_time = forms.TimeField(
        label="At what time?",
        input_formats=["%H:%M"],
        help_text="Hours and minutes, such as 14:05. The 48 hours to notify run from here.",
    )
    notifier = area(
        "Who notifies, from which service, and how can they be reached?", rows=2, most=300, help_text="Sealed."
    )
    expected = one_of(
        "Was the death expected?",
        Expected.choices,
        initial=Expected.UNKNOWN,
        help_text="Expected: foreseen a day before it, or before what led to it.",
    )
    sex = one_of("Sex", Sex.choices, initial=Sex.UNKNOWN)
    ethnic_group = one_of("Ethnic group", EthnicGroup.choices, initial=EthnicGroup.UNKNOWN)
    home = one_of(
        "Where did the child normally live?",
        Home.choices,
        initial=Home.UNKNOWN,
        help_text="Notify it here all the same. The partners of the home area review it.",
    )
    home_area = forms.CharField(
        label="Which area, if not here? (optional)", max_length=200, required=False, help_text="Sealed."
    )
    circumstances = area(
        "What is known, in two or three sentences (optional)", required=False, help_text="Sealed.", rows=4
    )

    @property
    def notice(self) -> Notice:
        """What to write down."""
        given = self.cleaned_data
        known_at = timezone.make_aware(datetime.combine(given["known_on"], given["known_time"]))
        return Notice(
            died_on=given["died_on"],
            known_at=known_at,
            notifier=given["notifier"],
            expected=Expected(given["expected"]),
            sex=Sex(given["sex"]),
            circumstances=given["circumstances"],
            ethnic_group=EthnicGroup(given["ethnic_group"]),
            home=Home(given["home"]),
            home_area=given["home_area"],
        )


_AS_TOLD = ("notifier", "expected", "sex", "ethnic_group", "home", "home_area", "circumstances")


def notice_of(death: Death) -> dict[str, Any]:
    """What a notification says, for the form that corrects it."""
    known = timezone.localtime(death.known_at)
    return {
        "died_on": death.died_on,
        "known_on": known.date(),
        "known_time": f"{known:%H:%M}",
        **{name: getattr(death, name) for name in _AS_TOLD},
    }


class NotifyForm(IdentityForm, NoticeForm):
    """The notification, and who the child was."""

    field_order = ("child_name", "born_on", "died_on", "known_on", "known_time", "notifier", "expected", "sex")

    def __init__(self, *args: Any, designated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("family", "ethnicity"):
            del self.fields[name]
        if designated:
            self.fields["another"] = area(
                "If there is a notification with the same name and date of birth: how do you know that this is another "
                "child? (optional)",
                rows=2,
                required=False,
                help_text="Leave it empty unless you are told that there is one.",
            )
        self.order_fields([*self.field_order, *(name for name in self.fields if name not in self.field_order)])

    def clean(self) -> dict[str, Any]:
        """What is not asked for at this stage is empty."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return given | {"family": "", "ethnicity": ""}


class ApartForm(forms.Form):
    """Why two notifications are of two children."""

    reason = area("How do you know?", rows=3, help_text="Sealed.")


class WithdrawForm(forms.Form):
    """Why a notification is withdrawn, and which one stays where there are two."""

    same_as = picked("Is it the same child as another that you read?", required=False)
    reason = area("Why is it withdrawn?", rows=3, help_text="Sealed.")

    def __init__(self, *args: Any, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "same_as", [("", "No, it was notified in error"), *others])


class ReaderForm(forms.Form):
    """Somebody to put on the review of a death."""

    person = picked("Who?")
    role = one_of(
        "What for?",
        [(one.value, one.label) for one in ReaderRole if one is not ReaderRole.CONTRIBUTOR],
        initial="team",
    )
    sees_identity = one_of("May they see who the child was?", YES_NO, initial="no")
    ends_on = DayMonthYearField(label="Until which day?", help_text="A year from now at most.")
    reason = forms.CharField(label="Why do they need to read it?", max_length=300)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)


class AskForm(forms.Form):
    """A request to read the review of a death."""

    reason = area("Why do you need to read it?", rows=3, most=500)


class AnswerForm(forms.Form):
    """The answer to such a request."""

    is_given = one_of("Let them read it?", YES_NO)
    sees_identity = one_of("May they see who the child was?", YES_NO, initial="no")
    ends_on = DayMonthYearField(label="If so, until which day?", help_text="A year from now at most.", required=False)
    answer = area("Why, or why not?", rows=3, most=500, help_text="They read this.")


class AgencyForm(forms.Form):
    """An agency to ask, and who there."""

    agency = picked("Which agency?")
    person = picked("Who there?", help_text="They see who the child was and their own answer. Nothing else.")
    due_on = DayMonthYearField(label="By when? (optional)", required=False)
    ask = area("What should they look for? (optional)", rows=3, required=False, help_text="Sealed.")

    def __init__(self, *args: Any, agencies: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        offer(self, "person", people)


class ReplyForm(DraftedForm):
    """What an agency knows."""

    known = one_of("Did your agency know the child or the family?", Known.choices)
    involvement = area(
        "How did you know them, and when were they last seen?",
        rows=6,
        most=20000,
        required=False,
        help_text="Not needed if you knew neither.",
    )
    factors = area(
        "What may have played a part?",
        rows=5,
        most=20000,
        required=False,
        help_text="In the child’s health, the family, the surroundings, the services.",
    )
    care = area(
        "What of the care and services matters, good and less good?",
        rows=5,
        most=20000,
        required=False,
        help_text="Not needed if you knew neither.",
    )
    author = forms.CharField(label="Who wrote this?", max_length=120)

    @property
    def answered(self) -> Answered:
        """What to write down."""
        given = self.cleaned_data
        return Answered(**{**{name: given[name] for name in self.fields}, "known": Known(given["known"])})
