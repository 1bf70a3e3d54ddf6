"""School terms: the dates without which no school day is counted."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb

from ..forms import TermForm
from ..operations import enter_school_term, remove_school_term
from ..reckoning.words import day_words
from ..rules import may_manage, terms_visible_to
from .frame import carried_out, form_page, href, limits_crumb, page, sent


@within(Permission.READ_CLOCKS)
@require_safe
def term_list(request: PageRequest) -> HttpResponse:
    """The terms, in order."""
    terms = list(terms_visible_to(request.standing))
    last = day_words(terms[-1].ends_on) if terms else ""
    lead = (
        f"School days are counted within these dates. They reach to {last}."
        if terms
        else (
            "Some limits count school days. Without these dates nothing is guessed: such a clock runs without a date."
        )
    )
    return page(
        request,
        "terms",
        title="School terms",
        lead=lead,
        above=(limits_crumb(request),),
        terms=terms,
        may_manage=may_manage(request.standing),
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def term_new(request: PageRequest) -> HttpResponse:
    """Enter one."""
    form, standing = TermForm(sent(request)), request.standing
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if carried_out(
            form,
            lambda: enter_school_term(
                partnership=standing.partnership,
                name=given["name"],
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                by=standing.person,
                now=timezone.now(),
            ),
        ):
            messages.success(request, f"“{given['name']}” is entered. Clocks in school days are worked out again.")
            return redirect(href(request, "term_list"))
    return form_page(
        request,
        form=form,
        button="Enter this term",
        title="Enter a school term",
        lead="One stretch in which schools are open. Enter both halves of a term apart: half term does not count.",
        above=_above(request),
        back=href(request, "term_list"),
        back_words="Go back to the school terms",
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def term_remove(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take out one that was entered wrongly."""
    term = found_or_refused(terms_visible_to(request.standing), request, pk=pk)
    form = forms.Form(sent(request))
    if request.method == "POST" and form.is_valid():
        remove_school_term(term=term, by=request.standing.person, now=timezone.now())
        messages.success(request, f"“{term.name}” is removed. Clocks in school days are worked out again.")
        return redirect(href(request, "term_list"))
    return form_page(
        request,
        form=form,
        button="Remove this term",
        kind="warning",
        title=f"Remove {term.name}",
        lead="Remove a term that was entered wrongly. What it said stays on the trail.",
        above=_above(request),
        back=href(request, "term_list"),
        back_words="Go back to the school terms",
        facts=[("First school day", day_words(term.starts_on)), ("Last school day", day_words(term.ends_on))],
    )


def _above(request: PageRequest) -> tuple[Crumb, ...]:
    return limits_crumb(request), Crumb("School terms", href(request, "term_list"))
