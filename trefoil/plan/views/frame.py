"""What every page of the plan shares: its way from home, its form page, and a record found or refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, refuse
from trefoil.design.frame import Crumb
from trefoil.editing.forms import EditedForm
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.editing.views import both_versions

from ..models import Action
from ..rules import actions_visible_to, is_whose_move
from ..states import Who
from ..words import sentence


@dataclass(frozen=True)
class Ask:
    """A page that asks for something, as it says it: what happens, its button, what is said once it is done.

    `button_kind` is empty, `secondary` or `warning`. `back` is where the reader goes without sending.
    """

    title: str
    lead: str
    button: str
    done: str
    back: str
    button_kind: str = ""
    facts: Sequence[tuple[str, object]] = ()
    notes: Sequence[str] = ()
    why_not: str = ""


def page(
    request: PageRequest,
    template: str,
    *,
    title: str,
    lead: str = "",
    above: Sequence[Crumb] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of `plan/<template>.html`; `above` are the steps between the plan and this page."""
    partnership = request.standing.partnership
    crumbs = [Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug]))]
    if template != "plan":
        crumbs.append(Crumb("Plan", href(request, "plan_page")))
    shown = {"title": title, "lead": lead, "crumbs": [*crumbs, *above], "slug": partnership.slug, **context}
    return render(request, f"plan/{template}.html", shown, status=status)


def href(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent, empty or not; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def asked(
    request: PageRequest,
    ask: Ask,
    form: forms.Form,
    carry_out: Callable[[], object],
    *,
    above: Sequence[Crumb] = (),
    then: str = "",
) -> HttpResponse:
    """The page that asks, or what it asked for: done, said, and led on to `then` (else to where `back` leads)."""
    if request.method == "POST" and not ask.why_not and form.is_valid():
        try:
            done = carried_out(form, carry_out)
        except ChangedMeanwhileError as error:
            return both_versions(request, cast("EditedForm", form), saved=error.held, above=tuple(above))
        if done:
            messages.success(request, ask.done)
            return redirect(then or ask.back)
    return page(
        request,
        "ask",
        title=ask.title,
        lead="" if ask.why_not else ask.lead,
        above=above,
        ask=ask,
        form=form,
        slots=list(form),
    )


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes an error of the form.

    ChangedMeanwhileError is passed on: it has a page of its own.
    """
    try:
        operation()
    except ChangedMeanwhileError:
        raise
    except NotAllowedError as error:
        form.add_error(None, sentence(str(error)))
        return False
    return True


def why_not(check: Callable[[], object]) -> str:
    """The reason that a check gives against something, as a sentence; empty when it passes."""
    try:
        check()
    except NotAllowedError as error:
        return sentence(str(error))
    return ""


def own_action_or_refuse(request: PageRequest, pk: int, who: Who = Who.AGENCY) -> Action:
    """An action that it is the reader's to move as `who`; any other is 404, with the refusal on the trail.

    Whoever reads the plan may read the action, so this hides nothing: a form that is not theirs is not found, as
    everywhere. What the action's status does not allow is told, as a reason, to whoever has it in hand.
    """
    standing = request.standing
    action = actions_visible_to(standing).filter(pk=pk).first()
    if action is None or not is_whose_move(who, action, standing):
        refuse(request, standing.person, standing.partnership.slug, Permission.ANSWER_ACTION, pk=pk)
    return action


def action_crumbs(request: PageRequest, action: Action) -> tuple[Crumb, ...]:
    """From the plan to an action's page."""
    return (
        Crumb("Actions", href(request, "action_list")),
        Crumb(action.title, href(request, "action_detail", action.pk)),
    )
