"""Writing measures: adding one, changing it, typing in a figure, withdrawing it."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.editing.models import EditedModel
from trefoil.indicators.catalogue.loader import catalogue

from ..forms.fields import priorities_of, priority_asked_for
from ..forms.measures import FigureForm, MeasureChangeForm, MeasureForm, MeasureNewForm
from ..forms.risks import ReasonForm
from ..models import Measure
from ..operations.measures import add_measure, change_measure, enter_figure, withdraw_measure
from ..rules import agencies_in
from ..rules_register import measures_visible_to
from .frame import href, sent
from .measures import measure_above
from .register_page import Asking, answered
from .risk_forms import METHODS

NUMBERS = ("baseline_value", "target")
FIELDS = (
    "title",
    "plan_reference",
    "priority",
    "agency",
    "baseline_on",
    "baseline_words",
    "baseline_value",
    "baseline_source",
    "target",
    "target_on",
)
HEADINGS = {
    "baseline_on": "Where it starts from",
    "target": "Where it should go",
    "indicator": "Where its figures come from",
}
LEAD = "Choose an indicator where there is one: its figures then come by themselves."


def _choices(request: PageRequest) -> dict[str, Any]:
    partnership = request.standing.partnership
    return {
        "priorities": priorities_of(request.standing),
        "agencies": agencies_in(partnership, timezone.localdate()),
    }


def _measure(request: PageRequest, pk: int) -> Measure:
    return found_or_refused(measures_visible_to(request.standing), request, pk=pk)


def _given(form: MeasureForm) -> dict[str, Any]:
    names = ("title", "plan_reference", "priority", "agency")
    return {**{name: form.cleaned_data[name] for name in names}, "course": form.course}


def _held(measure: EditedModel) -> dict[str, Any]:
    """What a measure holds under the names of the form; figures without the zeros that the table adds."""
    held = {name: getattr(measure, name) for name in FIELDS}
    return {name: _plain(value) if name in NUMBERS else value for name, value in held.items()}


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value.normalize():f}")


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("measure:new")
def measure_new(request: DraftRequest) -> HttpResponse:
    """Add a measure."""
    form = MeasureNewForm(
        sent(request),
        initial=priority_asked_for(request.GET),
        draft=request.draft,
        definitions=tuple(catalogue()),
        **_choices(request),
    )

    def carry_out() -> str:
        standing = request.standing
        added = add_measure(
            partnership=standing.partnership,
            counted=form.counted,
            by=standing.person,
            now=timezone.now(),
            **_given(form),
        )
        return href(request, "measure_detail", added.pk)

    asking = Asking("Add a measure", LEAD, "Add it", measure_above(request), headings=HEADINGS)
    return answered(request, form, asking, carry_out, said="The measure is in the plan.")


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("measure:{pk}:change")
def measure_change(request: DraftRequest, pk: int) -> HttpResponse:
    """Change a measure's name, owner, baseline or target. What it counts stays."""
    measure = _measure(request, pk)
    form = MeasureChangeForm(
        sent(request), record=measure, initial=_held(measure), draft=request.draft, **_choices(request)
    )

    def carry_out() -> str:
        seen = form.cleaned_data["seen_version"]
        change_measure(
            measure=measure, seen_version=seen, by=request.standing.person, now=timezone.now(), **_given(form)
        )
        return href(request, "measure_detail", measure.pk)

    lead = "What it counts stays as it is: for another count add a measure, and withdraw this one."
    asking = Asking("Change a measure", lead, "Save", measure_above(request, measure), headings=HEADINGS)
    return answered(request, form, asking, carry_out, said="The measure is changed.", saved=_held)


@within(Permission.WRITE_PLAN)
@METHODS
def measure_figure(request: PageRequest, pk: int) -> HttpResponse:
    """Type in a period's figure, or correct it. An indicator's figures come from returns: this leads back."""
    measure = _measure(request, pk)
    here = href(request, "measure_detail", measure.pk)
    if measure.indicator:
        return redirect(here)
    form = FigureForm(sent(request), today=timezone.localdate())

    def carry_out() -> str:
        enter_figure(
            measure=measure,
            period=form.period_chosen,
            typed=form.typed,
            source=form.cleaned_data["source"],
            by=request.standing.person,
            now=timezone.now(),
        )
        return here

    lead = f"{measure.title}. Two numbers are better than a percentage: it is then worked out here."
    asking = Asking("Enter a figure", lead, "Save the figure", measure_above(request, measure))
    return answered(request, form, asking, carry_out, said="The figure is saved.")


@within(Permission.WRITE_PLAN)
@METHODS
def measure_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take a measure out of the plan."""
    measure = _measure(request, pk)
    form = ReasonForm(sent(request))

    def carry_out() -> str:
        reason = form.cleaned_data["reason"]
        withdraw_measure(measure=measure, reason=reason, by=request.standing.person, now=timezone.now())
        return href(request, "measure_detail", measure.pk)

    lead = f"{measure.title}. Its figures stay and can be read."
    asking = Asking("Withdraw a measure", lead, "Withdraw it", measure_above(request, measure), kind="warning")
    return answered(request, form, asking, carry_out, said="The measure is withdrawn.")
