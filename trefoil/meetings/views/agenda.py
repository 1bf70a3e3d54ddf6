"""Making an agenda: items put on, changed, moved and taken off, filled from the forward programme."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import Purpose
from ..forms import Choices, ItemChangeForm, ItemForm, ReasonForm
from ..models import AgendaItem, Meeting
from ..operations.agenda import add_item, change_item, fill_agenda, move_item, remove_item
from ..papers import by_item, papers_listed
from ..queries import members_at
from ..rules import items_visible_to
from ..tables import agenda_lines
from ..timing import minutes_over
from ..words import counted
from .frame import carried_out, form_page, found_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


def people_at(meeting: Meeting) -> Choices:
    """The members, to choose from."""
    return [(member.person.pk, member.person.name) for member in members_at(meeting)]


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("agenda_item:new:{pk}")
def agenda_edit(request: DraftRequest, *, pk: int) -> HttpResponse:
    """The agenda with its running times, and the form for one more item."""
    meeting = found_to_run(request, pk)
    form = ItemForm(sent(request), people=people_at(meeting), draft=request.draft)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: _added(request, form, meeting)):
        return redirect(request.path)
    items = list(meeting.items.on_the_agenda().select_related("owner"))
    over = minutes_over([item.minutes_long for item in items], meeting.minutes_long)
    return page(
        request,
        "agenda",
        title="Agenda",
        lead=_lead(len(items), over),
        above=way(request, meeting),
        meeting=meeting,
        lines=agenda_lines(meeting, items, by_item(papers_listed(request.standing, meeting))),
        form=form,
        over=over,
    )


def _lead(items: int, over: int) -> str:
    if not items:
        return "Nothing is on the agenda yet."
    said = counted(items, "item")
    if over > 0:
        return f"{said}, {counted(over, 'minute')} longer than the meeting."
    return f"{said}, with {counted(-over, 'minute')} to spare." if over else f"{said}, and no minute to spare."


def _added(request: PageRequest, form: ItemForm, meeting: Meeting) -> AgendaItem:
    return add_item(meeting=meeting, by=request.standing.person, now=timezone.now(), **_fields(form, meeting))


def _fields(form: ItemForm, meeting: Meeting) -> dict[str, Any]:
    given = form.cleaned_data
    people = {member.person.pk: member.person for member in members_at(meeting)}
    return {
        "title": given["title"],
        "purpose": Purpose(given["purpose"]),
        "summary": given["summary"],
        "owner": people.get(given["owner"]),
        "owner_words": given["owner_words"],
        "minutes_long": given["minutes_long"],
    }


@within(Permission.READ_MEETINGS)
@require_POST
def agenda_fill(request: PageRequest, *, pk: int) -> HttpResponse:
    """Put on what every meeting has and what the forward programme has for this one."""
    meeting = found_to_run(request, pk)
    try:
        added = fill_agenda(meeting=meeting, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{counted(len(added), 'item')} put on." if added else "Everything is on it already.")
    return redirect("agenda_edit", request.standing.partnership.slug, pk)


def _item(request: PageRequest, pk: int, item: int) -> tuple[Meeting, AgendaItem]:
    meeting = found_to_run(request, pk)
    return meeting, found_or_refused(items_visible_to(request.standing), request, pk=item, meeting=meeting.pk)


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("agenda_item:{item}")
def item_change(request: DraftRequest, *, pk: int, item: int) -> HttpResponse:
    """Write an item anew."""
    meeting, held = _item(request, pk, item)
    form = ItemChangeForm(
        sent(request), record=held, initial=_values(held), people=people_at(meeting), draft=request.draft
    )

    def run() -> None:
        change_item(
            item=held,
            seen_version=form.cleaned_data["seen_version"],
            by=request.standing.person,
            now=timezone.now(),
            **_fields(form, meeting),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The item is changed.",
        to=href(request, "agenda_edit", pk),
        button="Save",
        title="Change an item",
        lead=held.title,
        above=way(request, meeting),
        values=_values,
    )


def _values(item: AgendaItem) -> dict[str, Any]:
    """What an item holds, by the names of the form's fields."""
    names = ("title", "purpose", "summary", "owner_words", "minutes_long")
    return {**{name: getattr(item, name) for name in names}, "owner": item.owner_id}


@within(Permission.READ_MEETINGS)
@require_POST
def item_move(request: PageRequest, *, pk: int, item: int) -> HttpResponse:
    """Move an item one place up or down."""
    _, held = _item(request, pk, item)
    try:
        places = -1 if request.POST.get("to") == "up" else 1
        move_item(item=held, places=places, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, str(error))
    return redirect("agenda_edit", request.standing.partnership.slug, pk)


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def item_remove(request: PageRequest, *, pk: int, item: int) -> HttpResponse:
    """Take an item off, with a reason."""
    meeting, held = _item(request, pk, item)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: remove_item(
            item=held, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The item is off the agenda.",
        to=href(request, "agenda_edit", pk),
        button="Take it off",
        kind="warning",
        title="Take an item off the agenda",
        lead=held.title,
        above=way(request, meeting),
    )
