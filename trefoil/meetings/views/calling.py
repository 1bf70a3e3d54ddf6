"""Calling meetings, moving and cancelling one, sending its agenda, closing it."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..forms import ConfirmForm, MoveForm, ReasonForm, WhenForm, YearForm
from ..models import Meeting
from ..operations.calling import call_meeting, cancel_meeting, hold_meeting, move_meeting, plan_dates, send_agenda
from ..queries import cycle_of, members_at, quorum_now
from ..words import clock_words, counted, cycle_words, moment_words
from .frame import form_page, found_group_to_run, found_to_run, href, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_new(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Call one meeting outside the cycle."""
    group = found_group_to_run(request, group_slug)
    form = WhenForm(sent(request))

    def run() -> Meeting:
        given = form.cleaned_data
        return call_meeting(
            group=group,
            starts_at=form.starts_at,
            minutes_long=given["minutes_long"],
            place=given["place"],
            reason=given["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done=f"{group} is called.",
        to=href(request, "group_detail", group.slug),
        button="Call this meeting",
        title="Call a meeting",
        lead=f"One meeting of {group}, outside its cycle.",
        above=way(request, group),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_dates(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Make a year's dates from the cycle in one go."""
    group, today = found_group_to_run(request, group_slug), timezone.localdate()
    form = YearForm(sent(request), initial={"start": today, "end": today + timedelta(days=364)})

    def run() -> list[Meeting]:
        return plan_dates(
            group=group,
            start=form.cleaned_data["start"],
            end=form.cleaned_data["end"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The dates are made.",
        to=href(request, "group_detail", group.slug),
        button="Make the dates",
        title="Make a year’s dates",
        lead=cycle_words(cycle_of(group)),
        notes=[
            "A day that is a bank holiday is met a week later. Meetings that are there already stay as they are, and "
            "one that was moved or cancelled is not called again."
        ],
        above=way(request, group),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_move(request: PageRequest, *, pk: int) -> HttpResponse:
    """Put a meeting on another day, time or place."""
    meeting = found_to_run(request, pk)
    form = MoveForm(sent(request), meeting=meeting)

    def run() -> None:
        given = form.cleaned_data
        move_meeting(
            meeting=meeting,
            starts_at=form.starts_at,
            place=given["place"],
            reason=given["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The meeting is moved.",
        to=href(request, "meeting_detail", pk),
        button="Move it",
        title="Move this meeting",
        lead=f"It is on {moment_words(meeting.starts_at)} now. An agenda that was sent has to be sent again.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_cancel(request: PageRequest, *, pk: int) -> HttpResponse:
    """Cancel a meeting, with a reason."""
    meeting = found_to_run(request, pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: cancel_meeting(
            meeting=meeting, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The meeting is cancelled.",
        to=href(request, "meeting_detail", pk),
        button="Cancel this meeting",
        kind="warning",
        title="Cancel this meeting",
        lead=f"{meeting.group}, {moment_words(meeting.starts_at)}. It stays on record, with the reason.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def agenda_send(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say that agenda and papers are out."""
    meeting = found_to_run(request, pk)
    items = meeting.items.on_the_agenda().count()
    return form_page(
        request,
        form=ConfirmForm(sent(request)),
        run=lambda: send_agenda(meeting=meeting, by=request.standing.person, now=timezone.now()),
        done="The agenda is out. Members can read it and its papers.",
        to=href(request, "meeting_detail", pk),
        button="Send the agenda",
        title="Send the agenda",
        lead=f"{counted(items, 'item')} for {meeting}. The clock of the papers stops.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_hold(request: PageRequest, *, pk: int) -> HttpResponse:
    """Close a meeting that was held."""
    meeting = found_to_run(request, pk)
    rows = list(meeting.attendance.all())
    quorum = quorum_now(meeting, rows, members_at(meeting))
    return form_page(
        request,
        form=ConfirmForm(sent(request)),
        run=lambda: hold_meeting(meeting=meeting, by=request.standing.person, now=timezone.now()),
        done="The meeting is closed. Its minutes can be drafted now.",
        to=href(request, "meeting_detail", pk),
        button="Close the meeting",
        title="Close the meeting",
        lead=f"It began at {clock_words(meeting.starts_at)}. {quorum.words}",
        notes=[
            "Members who were not noted are put down as absent without apologies. Agenda, attendance and quorum are "
            "then part of the record and stay as they are."
        ],
        above=way(request, meeting),
    )
