"""Reading, writing, circulating and approving minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import MeetingState, MinutesState
from ..forms import ApproveForm, ConfirmForm, MinutesForm, ReasonForm, words_in_boxes
from ..models import Meeting, Minutes
from ..operations.minutes import approve_minutes, circulate_minutes, draft_minutes, reopen_minutes, write_minutes
from ..rules import may_run, meetings_visible_to, minutes_visible_to
from ..words import MINUTES_COLOURS, day_words
from .frame import form_page, found_papers, found_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_safe
@logs_read("meeting:{pk}/minutes")
def minutes_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """The minutes of a meeting, or that there are none yet."""
    meeting = found_papers(request, pk)
    minutes = minutes_visible_to(request.standing).filter(meeting=meeting).first()
    return page(
        request,
        "minutes",
        title=f"Minutes: {meeting}",
        lead=_lead(meeting, minutes),
        above=way(request, meeting),
        meeting=meeting,
        minutes=minutes,
        entries=list(minutes.entries.all()) if minutes else [],
        colour=MINUTES_COLOURS[MinutesState(minutes.state)] if minutes else "",
        runs=may_run(request.standing, meeting.group),
    )


def _lead(meeting: Meeting, minutes: Minutes | None) -> str:
    if minutes is None:
        return "There are no minutes to read yet."
    if minutes.state == MinutesState.APPROVED and minutes.approved_in:
        return f"Approved at the meeting of {day_words(timezone.localdate(minutes.approved_in.starts_at))}."
    if minutes.state == MinutesState.CIRCULATED and minutes.circulated_at:
        day = day_words(timezone.localdate(minutes.circulated_at))
        return f"Circulated on {day}. The next meeting is asked to approve them."
    return f"A draft that only who runs {meeting.group} can read."


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def minutes_draft(request: PageRequest, *, pk: int) -> HttpResponse:
    """Write the first draft from the record."""
    meeting = found_to_run(request, pk)
    return form_page(
        request,
        form=ConfirmForm(sent(request)),
        run=lambda: draft_minutes(meeting=meeting, by=request.standing.person, now=timezone.now()),
        done="The draft is written from the record. Now put what was said into words.",
        to=href(request, "minutes_detail", pk),
        button="Draft the minutes",
        title="Draft the minutes",
        lead="Attendance, interests, items and decisions are taken from the record. You can then change every word.",
        above=way(request, meeting),
    )


def _minutes_to_run(request: PageRequest, pk: int) -> tuple[Meeting, Minutes]:
    meeting = found_to_run(request, pk)
    return meeting, found_or_refused(minutes_visible_to(request.standing), request, meeting=meeting.pk)


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("minutes:{pk}")
def minutes_edit(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    meeting, minutes = _minutes_to_run(request, pk)
    if minutes.state != MinutesState.DRAFT:
        messages.error(request, "These minutes have been circulated. Open them again first.")
        return redirect("minutes_detail", request.standing.partnership.slug, pk)
    form = MinutesForm(sent(request), minutes=minutes, entries=list(minutes.entries.all()), draft=request.draft)

    def run() -> None:
        write_minutes(
            minutes=minutes,
            words=form.words,
            seen_version=form.cleaned_data["seen_version"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The minutes are saved.",
        to=href(request, "minutes_detail", pk),
        button="Save the minutes",
        title="Write the minutes",
        lead=f"{meeting}. Name no child.",
        above=way(request, meeting),
        values=lambda held: words_in_boxes(held.entries.all()),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def minutes_circulate(request: PageRequest, *, pk: int) -> HttpResponse:
    """Let the members read them."""
    meeting, minutes = _minutes_to_run(request, pk)
    return form_page(
        request,
        form=ConfirmForm(sent(request)),
        run=lambda: circulate_minutes(minutes=minutes, by=request.standing.person, now=timezone.now()),
        done="The minutes are out. Members can read them.",
        to=href(request, "minutes_detail", pk),
        button="Circulate the minutes",
        title="Circulate the minutes",
        lead="Members get a message and can read them. Nobody can change them until they are opened again.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def minutes_reopen(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take circulated minutes back into draft."""
    meeting, minutes = _minutes_to_run(request, pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: reopen_minutes(
            minutes=minutes, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The minutes are a draft again.",
        to=href(request, "minutes_detail", pk),
        button="Open them again",
        kind="warning",
        title="Open the minutes again",
        lead="Members cannot read them until they are circulated again.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def minutes_approve(request: PageRequest, *, pk: int) -> HttpResponse:
    """Note at which later meeting they were approved, and with which corrections."""
    meeting, minutes = _minutes_to_run(request, pk)
    later = meetings_visible_to(request.standing).filter(
        group=meeting.group, starts_at__gt=meeting.starts_at, starts_at__lte=timezone.now()
    )
    choices = {one.pk: one for one in later.exclude(state=MeetingState.CANCELLED)}
    form = ApproveForm(
        sent(request),
        meetings=[(key, day_words(timezone.localdate(one.starts_at))) for key, one in choices.items()],
    )
    return form_page(
        request,
        form=form,
        run=lambda: approve_minutes(
            minutes=minutes,
            approved_in=choices[form.cleaned_data["approved_in"]],
            corrections=form.cleaned_data["corrections"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The minutes are approved.",
        to=href(request, "minutes_detail", pk),
        button="Approve the minutes",
        title="Approve the minutes",
        lead=_approve_lead(minutes, bool(choices)),
        above=way(request, meeting),
    )


def _approve_lead(minutes: Minutes, has_later: bool) -> str:
    if minutes.state == MinutesState.DRAFT:
        return "They are a draft. Circulate them first."
    if not has_later:
        return f"No later meeting of {minutes.meeting.group} has taken place yet."
    return "Approved minutes stay as they are, for good."
