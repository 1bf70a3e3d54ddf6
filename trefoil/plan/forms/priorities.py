"""Forms of a year's plan: the year, its priorities, workstreams and stubborn challenges."""

from django import forms
from django.db.models import QuerySet

from trefoil.access.queries import groups_visible_to
from trefoil.access.rules import Standing
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.people.models import Person

from ..enums import Position
from ..rules import priorities_visible_to
from .fields import NO_CHILD, day_field, give, line_field, one_of, person_field, priority_field, words_field


def indicator_choices() -> list[tuple[str, str]]:
    """The indicators of the catalogue, by title."""
    return sorted(((one.id, f"{one.title} ({one.id})") for one in catalogue()), key=lambda pair: pair[1])


class YearFields(forms.Form):
    """What a year of the plan says."""

    title = line_field("Title", "For example “Business plan 2026 to 2027”.", longest=120)
    starts_on = day_field("First day")
    ends_on = day_field("Last day")
    lead_words = words_field("What this plan is about, in two or three sentences (optional)", required=False)


class YearForm(YearFields, DraftedForm):
    """A new year."""


class YearChangeForm(YearFields, EditedForm):
    """A year that is still a draft."""


class PositionForm(forms.Form):
    """A statutory partner's position on a year's plan."""

    agency = one_of("Which partner?", required=True)
    position = forms.ChoiceField(label="What is the position?", choices=Position.choices, widget=forms.RadioSelect)
    words = words_field(
        "Conditions, or why not", "Needed unless the partner simply agrees.", required=False, longest=1000
    )
    reference = line_field(
        "Meeting’s decision that holds it",
        "For example “decision:9”, or the meeting and its date. Needed when you record it for a partner.",
        required=False,
        longest=60,
    )


class ApproveForm(forms.Form):
    """A year's plan approved."""

    reference = line_field(
        "Meeting’s decision",
        "For example “decision:9”. Not needed when each statutory partner’s position is recorded.",
        required=False,
        longest=60,
    )


class PriorityFields(forms.Form):
    """What a priority says."""

    title = line_field("Title")
    why = words_field("Why it is a priority (optional)", NO_CHILD, required=False)
    success = words_field("What success looks like", "What will be seen when it has worked, best of all counted.")
    lead = person_field("Lead")
    group = one_of("Group that answers for it", none="No group")
    indicators = forms.MultipleChoiceField(
        label="Indicators that would show it",
        help_text="Hold Control, or Command on a Mac, to choose several.",
        choices=indicator_choices,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    continues = priority_field("Continues an earlier priority", "No, it is new")

    def choose(self, standing: Standing, people: QuerySet[Person]) -> None:
        """Give the choices that depend on the partnership."""
        earlier = priorities_visible_to(standing).order_by("-year__starts_on", "number")
        give(self, lead=people, group=groups_visible_to(standing).order_by("name"), continues=earlier)


class PriorityForm(PriorityFields, DraftedForm):
    """A new priority."""


class PriorityChangeForm(PriorityFields, EditedForm):
    """A priority that is there."""


class WorkstreamFields(forms.Form):
    """What a workstream says."""

    title = line_field("Title")
    words = words_field("What it does (optional)", NO_CHILD, required=False)
    lead = person_field("Lead")
    agency = one_of("Agency that leads it", none="No agency")


class WorkstreamForm(WorkstreamFields, DraftedForm):
    """A new workstream."""


class WorkstreamChangeForm(WorkstreamFields, EditedForm):
    """A workstream that is there."""


class ChallengeFields(forms.Form):
    """What a stubborn challenge says."""

    title = line_field("What does not yield?")
    why_stubborn = words_field("Why does it not yield?", NO_CHILD)
    tried = words_field("What has been tried (optional)", required=False)
    next_words = words_field("What comes next (optional)", required=False)
    priority = priority_field("Priority that it belongs to")


class ChallengeForm(ChallengeFields, DraftedForm):
    """A new challenge."""

    first_named_on = day_field("When was it first named?")


class ChallengeChangeForm(ChallengeFields, EditedForm):
    """A challenge that is there."""
