"""The panel: called, its members, and its papers, which name nobody."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.people.models import Partnership, Person

from ..forms_review import MemberForm, PanelForm
from ..models import Panel
from ..operations.panels import call_panel, end_seat, seat_member
from ..queries import other_partnerships, papers_before
from ..rules import is_member, panels_called_by, panels_visible_to
from .frame import METHODS, carried_out, confirmed, form_page, href, page, sent, way
from .readers import people_to_choose


@within(Permission.READ_DEATHS)
@require_safe
def panel_detail(request: PageRequest, *, pk: int) -> HttpResponseBase:
    """A panel: its papers for its members, who is on it for whoever may call it."""
    panel = found_or_refused(panels_visible_to(request.standing), request, pk=pk)
    reads = is_member(request.standing, panel)
    if reads:
        confirmed(request)
        return _papers(request, pk=pk)
    return _page(request, panel, reads=False, papers=papers_before(panel))


@logs_read("death_panel:{pk}")
def _papers(request: PageRequest, *, pk: int) -> HttpResponse:
    panel = found_or_refused(panels_visible_to(request.standing), request, pk=pk)
    return _page(request, panel, reads=True, papers=papers_before(panel))


def _page(request: PageRequest, panel: Panel, **context: Any) -> HttpResponse:
    calls = panels_called_by(request.standing).filter(pk=panel.pk).exists()
    return page(
        request,
        "panel",
        title=f"Panel of {panel.meets_on:%-d %B %Y}",
        lead=f"Theme: {panel.theme}."
        if panel.theme
        else "The deaths before it are known by letters. No paper names a child.",
        above=way(request),
        panel=panel,
        calls=calls,
        guests=[one.short_name for one in panel.guests.order_by("short_name")],
        members=list(panel.members.select_related("person", "reads_for")) if calls else [],
        today=timezone.localdate(),
        **context,
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def panel_new(request: PageRequest) -> HttpResponse:
    """Call a panel."""
    others = {one.pk: one for one in other_partnerships(request.standing.partnership)}
    form = PanelForm(sent(request), partnerships=[(key, one.short_name) for key, one in others.items()])
    made: list[Panel] = []

    def run() -> None:
        given = form.cleaned_data
        made.append(
            call_panel(
                partnership=request.standing.partnership,
                meets_on=given["meets_on"],
                theme=given["theme"],
                guests=[others[key] for key in given.get("guests", [])],
                by=request.standing.person,
                now=timezone.now(),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        return redirect(href(request, "panel_detail", made[0].pk))
    return page(
        request,
        "form_page",
        title="Call a panel",
        lead="Then put its members on, and put deaths before it from their own pages.",
        above=way(request),
        form=form,
        button="Call it",
        back=href(request, "death_list"),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def panel_member_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """Put somebody on a panel."""
    panel = found_or_refused(panels_called_by(request.standing), request, pk=pk)
    able: dict[int, tuple[Person, Partnership]] = {}
    choices: list[tuple[int, str]] = []
    for home in [panel.partnership, *panel.guests.order_by("short_name")]:
        people, named = people_to_choose(home)
        new = [(key, words) for key, words in named if key not in able]
        able |= {key: (people[key], home) for key, _ in new}
        choices += [(key, f"{words} ({home.short_name})") for key, words in new]
    form = MemberForm(sent(request), people=choices)

    def run() -> None:
        person, home = able[form.cleaned_data["person"]]
        seat_member(
            panel=panel,
            person=person,
            reads_for=home,
            ends_on=form.cleaned_data["ends_on"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="They may read the papers from now on.",
        to=href(request, "panel_detail", pk),
        button="Put them on",
        title="Put somebody on this panel",
        lead="They read every paper of this panel until the day you say, and nothing else of any death.",
        above=way(request),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def panel_member_end(request: PageRequest, *, pk: int, member: int) -> HttpResponse:
    """Close the papers for a member."""
    panel = found_or_refused(panels_called_by(request.standing), request, pk=pk)
    seat = found_or_refused(panel.members.filter(ended_at__isnull=True), request, pk=member)
    form = forms.Form(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: end_seat(member=seat, by=request.standing.person, now=timezone.now()),
        done=f"{seat.person} reads the papers no more.",
        to=href(request, "panel_detail", pk),
        button="End it now",
        kind="warning",
        title=f"Close the papers for {seat.person}",
        lead="From this moment the panel is not there for them.",
        above=way(request),
    )
