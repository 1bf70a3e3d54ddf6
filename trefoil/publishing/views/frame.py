"""What every page of publishing shares: its way from home, its form page, and a document found or refused."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb
from trefoil.editing.forms import EditedForm
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.editing.views import both_versions
from trefoil.plan.views.frame import Ask, carried_out, href

from ..enums import PublicState
from ..models import PublicDocument
from ..rules import drafts_visible_to
from ..words import STATE_TAGS


def page(
    request: PageRequest,
    template: str,
    *,
    title: str,
    lead: str = "",
    above: Sequence[Crumb] = (),
    **context: Any,
) -> HttpResponse:
    """A page of `publishing/<template>.html`; `above` are the steps between the list and this page."""
    partnership = request.standing.partnership
    crumbs = [Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug]))]
    if template != "documents":
        crumbs.append(Crumb("Reports and arrangements", href(request, "publishing_list")))
    shown = {"title": title, "lead": lead, "crumbs": [*crumbs, *above], "slug": partnership.slug, **context}
    return render(request, f"publishing/{template}.html", shown)


def asked(
    request: PageRequest,
    ask: Ask,
    form: forms.Form,
    carry_out: Callable[[], object],
    *,
    above: Sequence[Crumb] = (),
    values: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page that asks, or what it asked for: done, said, and led on to where `back` leads."""
    if request.method == "POST" and not ask.why_not and form.is_valid():
        try:
            done = carried_out(form, carry_out)
        except ChangedMeanwhileError as error:
            edited = cast("EditedForm", form)
            return both_versions(request, edited, saved=error.held, values=values, above=tuple(above))
        if done:
            messages.success(request, ask.done)
            return redirect(ask.back)
    lead = "" if ask.why_not else ask.lead
    return page(request, "ask", title=ask.title, lead=lead, above=above, ask=ask, form=form, slots=list(form))


def draft_of(request: PageRequest, pk: int) -> PublicDocument:
    """A document whose draft the reader may open, or the refusal."""
    return found_or_refused(drafts_visible_to(request.standing), request, pk=pk)


def document_crumbs(request: PageRequest, document: PublicDocument) -> tuple[Crumb, ...]:
    """The step to a document's page."""
    return (Crumb(document.title, href(request, "publishing_document", document.pk)),)


def state_tag(document: PublicDocument) -> tuple[str, str]:
    """The colour and the word of a document's status."""
    return STATE_TAGS[document.state], PublicState(document.state).label
