"""What every page of the budget gives its template, and what a refusal of an operation becomes on a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb
from trefoil.editing.versions import ChangedMeanwhileError

from ..models import BudgetYear, Contribution
from ..rules import budget_years_visible_to


def page(
    request: PageRequest, template: str, *, title: str, lead: str, year: BudgetYear | None = None, **context: Any
) -> HttpResponse:
    """A page of `budget/<template>.html`; its crumbs lead home, to the years, and to the year it is part of."""
    shown = {"title": title, "lead": lead, "year": year, "crumbs": steps(request, template, year), **context}
    return render(request, f"budget/{template}.html", shown)


def steps(request: PageRequest, template: str, year: BudgetYear | None = None) -> tuple[Crumb, ...]:
    """The way from home to a page."""
    partnership = request.standing.partnership
    crumbs = [Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug]))]
    if template != "years":
        crumbs.append(Crumb("Budget", reverse("budget_years", args=[partnership.slug])))
    if year is not None and template != "year":
        crumbs.append(Crumb(str(year), year_href(request, year)))
    return tuple(crumbs)


def form_page(
    request: PageRequest, form: forms.Form, *, button: str, title: str, lead: str, **context: Any
) -> HttpResponse:
    """A page that is one form and its button."""
    return page(request, "form", title=title, lead=lead, form=form, button=button, **context)


def year_href(request: PageRequest, year: BudgetYear) -> str:
    return reverse("budget_year", args=[request.standing.partnership.slug, year.first_year])


def anchor_of(contribution: Contribution) -> str:
    """The name of a contribution's row on the page of its year."""
    return f"contribution-{contribution.pk}"


def year_or_refused(request: PageRequest, first_year: int) -> BudgetYear:
    return found_or_refused(budget_years_visible_to(request.standing), request, first_year=first_year)


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes a sentence on the form."""
    try:
        operation()
    except ChangedMeanwhileError:
        raise
    except NotAllowedError as error:
        words = str(error)
        form.add_error(None, f"{words[:1].upper()}{words[1:]}.")
        return False
    return True
