"""Forms: what the owner says of a figure, and a target."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, refuse, within
from trefoil.design.frame import Crumb

from ..catalogue.schema import Definition
from ..evidence.findings import Finding
from ..evidence.gathering import gather
from ..evidence.page_rows import latest_words
from ..evidence.readings import reading_of
from ..forms_steering import CommentaryForm, TargetForm
from ..operations.steering import set_target, write_commentary
from ..periods import Period
from ..rules_steering import agency_that_answers
from .indicator import crumbs_of, definition_or_404

PERIODS_OFFERED = 13


@within(Permission.WRITE_COMMENTARY)
def commentary(request: PageRequest, indicator: str) -> HttpResponse:
    """The owner's words on one period. 404 for an indicator that the person's agency does not answer for."""
    definition, standing = definition_or_404(indicator), request.standing
    agency = agency_that_answers(standing, definition)
    if agency is None:
        slug = standing.partnership.slug
        refuse(request, standing.person, slug, Permission.WRITE_COMMENTARY, indicator=definition.id)
    finding = gather(standing.partnership, [definition]).findings[0]
    form = CommentaryForm(
        request.POST or None,
        periods=periods_of(finding),
        initial={"period": request.GET.get("period", "")},
    )
    if form.is_valid():
        write_commentary(
            partnership=standing.partnership,
            agency=agency,
            indicator=definition.id,
            period=form.period_chosen,
            says=form.cleaned_data["says"],
            doing=form.cleaned_data["doing"],
            by=standing.person,
            now=timezone.now(),
        )
        messages.success(request, f"Your commentary on {form.period_chosen.label} is saved.")
        return redirect(_indicator_address(request, definition, "commentary"))
    lead = f"{definition.title}: {latest_words(finding)}. You write for {agency}."
    context = _form_page(request, definition, form, "Write commentary", lead)
    return render(request, "indicators/figures/steering_form.html", {**context, "said": finding.said})


@within(Permission.SET_TARGET)
def target(request: PageRequest, indicator: str) -> HttpResponse:
    """A target for one indicator."""
    definition, standing = definition_or_404(indicator), request.standing
    form = TargetForm(request.POST or None, definition=definition)
    if form.is_valid():
        asked = form.cleaned_data
        set_target(
            partnership=standing.partnership,
            indicator=definition.id,
            value=asked["value"],
            tolerance=asked["tolerance"],
            starts_on=asked["starts_on"],
            ends_on=asked["ends_on"],
            source=asked["source"],
            by=standing.person,
            now=timezone.now(),
        )
        said = reading_of(definition).say(asked["value"])
        messages.success(request, f"The target of {said} is set from {asked['starts_on']:%-d %B %Y}.")
        return redirect(_indicator_address(request, definition, "target"))
    context = _form_page(
        request, definition, form, "Set a target", f"{definition.title}, in {_unit_words(definition)}."
    )
    return render(request, "indicators/figures/steering_form.html", context)


def periods_of(finding: Finding) -> list[Period]:
    """The periods one may write about, newest first."""
    series = {item.period for item in (*finding.returned, *finding.series)}
    return sorted(series, key=lambda period: (period.end, period.start), reverse=True)[:PERIODS_OFFERED]


def _unit_words(definition: Definition) -> str:
    name = reading_of(definition).unit_name
    return {"%": "percent", "number": "whole numbers"}.get(name, name)


def _indicator_address(request: PageRequest, definition: Definition, anchor: str) -> str:
    return reverse("indicator", args=[request.standing.partnership.slug, definition.id]) + f"#{anchor}"


def _form_page(
    request: PageRequest, definition: Definition, form: CommentaryForm | TargetForm, title: str, lead: str
) -> dict[str, object]:
    slug = request.standing.partnership.slug
    here = Crumb(definition.short_title, reverse("indicator", args=[slug, definition.id]))
    return {
        "title": title,
        "title_error": bool(form.errors),
        "lead": lead,
        "crumbs": [*crumbs_of(slug, definition), here],
        "definition": definition,
        "slug": slug,
        "form": form,
    }
