"""The forward work programme of a group, and attendance over a year."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.people.models import Group

from ..attendance import AgencyYear, year_by_agency
from ..enums import MeetingState, Purpose, Recurrence
from ..forms import Choices, ReasonForm
from ..forms_groups import ForwardForm, PlaceForm
from ..members import members_of
from ..models import ForwardItem, Meeting
from ..operations.programme import add_forward_item, place_forward_item, withdraw_forward_item
from ..programme import due_at
from ..queries import attendance_at, day_of
from ..rules import groups_run_by, may_run, meetings_visible_to, programme_visible_to
from ..words import counted, day_words, year_of, year_span, year_words
from .csv_file import answer_with_csv
from .frame import form_page, found_group_to_run, found_group_with_papers, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_safe
def group_programme(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """What comes to which meeting over the year to come, and what is not placed yet."""
    group = found_group_with_papers(request, group_slug)
    items = list(programme_visible_to(request.standing).filter(group=group))
    before = meetings_visible_to(request.standing).filter(group=group, state=MeetingState.HELD).last()
    coming = list(_coming(request, group).values())[:12]
    unplaced = [one for one in items if one.recurrence == Recurrence.ONCE and one.meeting_id is None]
    return page(
        request,
        "programme",
        title=f"Forward work programme: {group}",
        lead=f"{counted(len(coming), 'meeting')} to come, and {counted(len(unplaced), 'item')} not placed yet.",
        above=way(request, group),
        group=group,
        meetings=_by_meeting(coming, before, items),
        unplaced=unplaced,
        runs=may_run(request.standing, group),
    )


def _by_meeting(
    coming: Sequence[Meeting], before: Meeting | None, items: Sequence[ForwardItem]
) -> list[tuple[Meeting, list[ForwardItem]]]:
    found, last = [], day_of(before) if before else None
    for meeting in coming:
        found.append((meeting, due_at(day_of(meeting), last, items, meeting.pk)))
        last = day_of(meeting)
    return found


def _coming(request: PageRequest, group: Group) -> dict[int, Meeting]:
    meetings = meetings_visible_to(request.standing).filter(
        group=group, starts_at__gte=timezone.now(), state__in=[MeetingState.PLANNED, MeetingState.AGENDA_SENT]
    )
    return {one.pk: one for one in meetings}


def _days(meetings: dict[int, Meeting]) -> Choices:
    return [(key, day_words(day_of(one))) for key, one in meetings.items()]


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def forward_new(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Plan something for a later meeting."""
    group = found_group_to_run(request, group_slug)
    meetings = _coming(request, group)
    people = {one.person.pk: one.person for one in members_of(group, timezone.localdate())}
    form = ForwardForm(
        sent(request), meetings=_days(meetings), people=[(key, person.name) for key, person in people.items()]
    )

    def run() -> None:
        given = form.cleaned_data
        recurrence = Recurrence(given["recurrence"])
        add_forward_item(
            group=group,
            title=given["title"],
            purpose=Purpose(given["purpose"]),
            recurrence=recurrence,
            meeting=meetings.get(given["meeting"]) if recurrence == Recurrence.ONCE else None,
            month=given["month"] if recurrence == Recurrence.YEARLY else None,
            owner=people.get(given["owner"]),
            minutes_long=given["minutes_long"],
            why=given["why"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="It is in the programme.",
        to=href(request, "group_programme", group.slug),
        button="Put it in the programme",
        title="Plan something for a later meeting",
        lead=f"It comes onto the agenda of {group} when that is filled from the programme.",
        above=way(request, group),
    )


def _own_item(request: PageRequest, group_slug: str, pk: int) -> ForwardItem:
    mine = programme_visible_to(request.standing).filter(group__in=groups_run_by(request.standing))
    return found_or_refused(mine, request, pk=pk, group__slug=group_slug)


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def forward_place(request: PageRequest, *, group_slug: str, pk: int) -> HttpResponse:
    """Put something at another meeting."""
    item = _own_item(request, group_slug, pk)
    meetings = _coming(request, item.group)
    form = PlaceForm(sent(request), meetings=_days(meetings), initial={"meeting": item.meeting_id})
    return form_page(
        request,
        form=form,
        run=lambda: place_forward_item(
            item=item,
            meeting=meetings.get(form.cleaned_data["meeting"]),
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="It is placed.",
        to=href(request, "group_programme", group_slug),
        button="Place it",
        title="At which meeting does it come up?",
        lead=item.title,
        above=way(request, item.group),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def forward_withdraw(request: PageRequest, *, group_slug: str, pk: int) -> HttpResponse:
    """Take something out of the programme."""
    item = _own_item(request, group_slug, pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_forward_item(
            item=item, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="It is out of the programme.",
        to=href(request, "group_programme", group_slug),
        button="Take it out",
        kind="warning",
        title="Take something out of the programme",
        lead=item.title,
        above=way(request, item.group),
    )


def _year(request: PageRequest) -> int:
    text = request.GET.get("year", "")
    this = year_of(timezone.localdate())
    return int(text) if text.isdecimal() and text.isascii() and 2000 <= int(text) <= this + 1 else this


def _grid(request: PageRequest, group: Group, year: int) -> tuple[list[Meeting], list[AgencyYear]]:
    begin, end = year_span(year)
    held = meetings_visible_to(request.standing).filter(group=group, state=MeetingState.HELD)
    meetings = list(held.filter(starts_at__gte=begin, starts_at__lt=end))
    return meetings, year_by_agency(meetings, attendance_at(meetings))


@within(Permission.READ_MEETINGS)
@require_safe
def group_attendance(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Who came over a year, agency by agency, as a grid with its numbers."""
    group, year = found_group_with_papers(request, group_slug), _year(request)
    meetings, lines = _grid(request, group, year)
    return page(
        request,
        "attendance",
        title=f"Attendance: {group}",
        lead=_attendance_lead(meetings, lines, year),
        above=way(request, group),
        group=group,
        days=[f"{timezone.localtime(one.starts_at):%-d %b}" for one in meetings],
        lines=lines,
        inquorate=[one for one in meetings if not one.quorate],
        year=year,
        year_words=year_words(year),
        before=year - 1,
        before_words=year_words(year - 1),
    )


def _attendance_lead(meetings: Sequence[Meeting], lines: Sequence[AgencyYear], year: int) -> str:
    if not meetings:
        return f"No meeting was held in {year_words(year)}."
    said = f"{counted(len(meetings), 'meeting')} in {year_words(year)}."
    low = [line.name for line in lines if line.is_low]
    if not low:
        return f"{said} Every agency was represented at two in three of them or more."
    return f"{said} Represented at fewer than two in three: {', '.join(low)}."


@within(Permission.READ_MEETINGS)
@require_safe
def attendance_download(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """The grid as CSV."""
    group, year = found_group_with_papers(request, group_slug), _year(request)
    meetings, lines = _grid(request, group, year)
    days = [f"{timezone.localtime(one.starts_at):%Y-%m-%d}" for one in meetings]
    rows = [
        [line.name, *(word for _, word, _ in line.cells), str(line.came), str(line.substitutes), str(line.expected)]
        for line in lines
    ]
    heading = ["Agency", *days, "Came", "Sent a substitute", "Expected"]
    return answer_with_csv(request, f"attendance:{group.slug}", f"attendance-{group.slug}-{year}", [heading, *rows])
