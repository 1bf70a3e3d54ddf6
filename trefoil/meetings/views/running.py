"""Running a meeting: who is there, quorum, guests, interests. And sending word before it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.url_rules import PageRequest, within
from trefoil.people.models import in_force

from ..enums import Presence
from ..forms import GuestForm, InterestForm, WordForm
from ..forms_attendance import AttendanceForm
from ..members import members_of
from ..operations.attendance import add_guest, declare_interest, note_attendance, send_word
from ..papers import by_item, papers_listed
from ..queries import day_of, members_at, quorum_now
from ..rules import decisions_visible_to, may_run
from ..tables import agenda_lines, decision_lines
from .frame import carried_out, form_page, found_papers, found_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_run(request: PageRequest, *, pk: int) -> HttpResponse:
    """Tick who is there; the quorum stands above. Then each item with what can be done under it."""
    meeting = found_to_run(request, pk)
    rows, members = list(meeting.attendance.select_related("person", "agency", "noted_by")), members_at(meeting)
    form = AttendanceForm(sent(request), members=members, rows=rows)
    if request.method == "POST" and form.is_valid():
        notes = form.notes
        if carried_out(
            form,
            lambda: note_attendance(meeting=meeting, notes=notes, by=request.standing.person, now=timezone.now()),
        ):
            messages.success(request, "Attendance is noted.")
            return redirect(request.path)
    quorum, items = quorum_now(meeting, rows, members), list(meeting.items.on_the_agenda().select_related("owner"))
    decisions = decisions_visible_to(request.standing).filter(meeting=meeting)
    return page(
        request,
        "run",
        title=f"Run: {meeting}",
        lead="Say who is there, then go through the items. Save as often as you like.",
        above=way(request, meeting),
        meeting=meeting,
        quorum=quorum,
        form=form,
        guests=[row for row in rows if row.is_guest],
        lines=agenda_lines(meeting, items, by_item(papers_listed(request.standing, meeting))),
        interests=list(meeting.interests.select_related("person", "item")),
        decisions=decision_lines(decisions, request.standing.partnership.slug),
        has_come=timezone.localdate() >= day_of(meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_word(request: PageRequest, *, pk: int) -> HttpResponse:
    """A member says whether they come."""
    meeting = found_papers(request, pk)
    form = WordForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: send_word(
            meeting=meeting,
            presence=Presence(form.cleaned_data["presence"]),
            substitute_name=form.cleaned_data["substitute_name"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="Thank you. It is noted.",
        to=href(request, "meeting_detail", pk),
        button="Send word",
        title="Will you be there?",
        lead=f"{meeting}. You can change this until it begins.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def guest_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """Note a guest."""
    meeting = found_to_run(request, pk)
    places = memberships_visible_to(request.standing).filter(in_force(day_of(meeting)))
    agencies = {one.agency_id: one.agency for one in places}
    form = GuestForm(sent(request), agencies=[(key, agency.name) for key, agency in agencies.items()])
    return form_page(
        request,
        form=form,
        run=lambda: add_guest(
            meeting=meeting,
            name=form.cleaned_data["name"],
            agency=agencies.get(form.cleaned_data["agency"]),
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The guest is noted.",
        to=href(request, "meeting_run", pk),
        button="Note this guest",
        title="A guest",
        lead="Somebody who comes and is no member. Guests do not count for the quorum.",
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def interest_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """Declare an interest: one's own, or anybody's for who runs the meeting."""
    meeting = found_papers(request, pk)
    runs = may_run(request.standing, meeting.group)
    me = request.standing.person
    people = {
        one.person.pk: one.person for one in members_of(meeting.group, day_of(meeting)) if runs or one.person == me
    }
    items = {item.pk: item for item in meeting.items.on_the_agenda()}
    form = InterestForm(
        sent(request),
        people=[(key, person.name) for key, person in people.items()],
        items=[(key, item.title) for key, item in items.items()],
        initial={"item": request.GET.get("item", "")},
    )

    def run() -> None:
        given = form.cleaned_data
        declare_interest(
            meeting=meeting,
            person=people[given["person"]],
            item=items.get(given["item"]),
            words=given["words"],
            withdrew=given["withdrew"],
            by=me,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The interest is noted.",
        to=href(request, "meeting_run" if runs else "meeting_detail", pk),
        button="Declare it",
        title="Declare an interest",
        lead="Anything that could make others doubt that somebody decides for children alone.",
        above=way(request, meeting),
    )
