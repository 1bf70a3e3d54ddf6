"""What the pages of meetings share: finding a meeting or refusing it, the way from home, forms and what they do."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import groups_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, refuse
from trefoil.design.frame import Crumb
from trefoil.editing.forms import EditedForm
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.editing.views import both_versions
from trefoil.people.models import Group

from ..models import Decision, Meeting
from ..rules import groups_run_by, may_run, meetings_visible_to, papers_visible_to, reads_papers


def page(
    request: PageRequest,
    template: str,
    *,
    title: str,
    lead: str,
    above: tuple[Crumb, ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of `meetings/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"meetings/{template}.html", shown, status=status)


def href(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def way(request: PageRequest, about: Meeting | Group | Decision | None = None) -> tuple[Crumb, ...]:
    """The steps to a page about a meeting, a group or a decision."""
    if isinstance(about, Group):
        return (
            Crumb("Groups", href(request, "group_list")),
            Crumb(about.name, href(request, "group_detail", about.slug)),
        )
    steps = (Crumb("Meetings", href(request, "meeting_list")),)
    if isinstance(about, Meeting):
        return (*steps, Crumb(str(about), href(request, "meeting_detail", about.pk)))
    if isinstance(about, Decision):
        return (
            *steps,
            Crumb("Decisions", href(request, "decision_list")),
            Crumb(f"Decision {about.number}", href(request, "decision_detail", about.pk)),
        )
    return steps


def found_meeting(request: PageRequest, pk: int) -> Meeting:
    """A meeting whose date the reader may see, or 404."""
    return found_or_refused(meetings_visible_to(request.standing), request, pk=pk)


def found_papers(request: PageRequest, pk: int) -> Meeting:
    """A meeting whose papers the reader opens, or 404."""
    return found_or_refused(papers_visible_to(request.standing), request, pk=pk)


def found_to_run(request: PageRequest, pk: int) -> Meeting:
    """A meeting that the reader may run, or 404."""
    meeting = found_meeting(request, pk)
    if not may_run(request.standing, meeting.group):
        _refuse(request, pk=pk)
    return meeting


def found_group(request: PageRequest, group_slug: str) -> Group:
    """A group of the partnership, or 404."""
    return found_or_refused(groups_visible_to(request.standing), request, slug=group_slug)


def found_group_to_run(request: PageRequest, group_slug: str) -> Group:
    """A group whose meetings the reader may run, or 404."""
    return found_or_refused(groups_run_by(request.standing), request, slug=group_slug)


def found_group_with_papers(request: PageRequest, group_slug: str) -> Group:
    """A group whose papers the reader opens, or 404."""
    group = found_group(request, group_slug)
    if not reads_papers(request.standing, group):
        _refuse(request, group=group_slug)
    return group


def _refuse(request: PageRequest, **asked: object) -> None:
    standing = request.standing
    refuse(request, standing.person, standing.partnership.slug, Permission.READ_ALL_PAPERS, **asked)


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent, empty or not; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes an error of the form.

    ChangedMeanwhileError is passed on: it has a page of its own.
    """
    try:
        operation()
    except ChangedMeanwhileError:
        raise
    except NotAllowedError as error:
        words = str(error)
        form.add_error(None, f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}")
        return False
    return True


def form_page(
    request: PageRequest,
    *,
    form: forms.Form,
    run: Callable[[], object],
    done: str,
    to: str,
    button: str,
    title: str,
    lead: str,
    above: tuple[Crumb, ...],
    template: str = "form_page",
    values: Callable[[Any], Mapping[str, Any]] | None = None,
    clash: Callable[[Any], Mapping[str, str]] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page that is one form: shown, carried out with `done` said and the reader taken to `to`, or shown with errors.

    Context may hold `facts`, `notes`, `kind` of button, `multipart`, and `back_words` for the link that leaves it.
    When somebody else saved the record first, both versions are shown; `values` says what a record holds by the names
    of the form's fields, and `clash` how the page names what happened to it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            was_done = carried_out(form, run)
        except ChangedMeanwhileError as error:
            # Every form of a record that two may save carries the version that its writer saw.
            known = values(error.held) if values and error.held else None
            words = clash(error.held) if clash and error.held else {}
            edited = cast("EditedForm", form)
            return both_versions(request, edited, saved=error.held, values=known, above=above, **words)
        if was_done:
            messages.success(request, done)
            return redirect(to)
    shown = {"form": form, "button": button, "back": to, **context}
    return page(request, template, title=title, lead=lead, above=above, **shown)
