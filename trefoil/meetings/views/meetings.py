"""The meetings of a year, and one meeting."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.indicators.views.answers import answer_with_file

from ..attendance import attendance_words
from ..enums import MeetingState, MinutesState
from ..forms_filters import MeetingFilter
from ..ics import meeting_as_calendar
from ..members import Member, chair_of
from ..models import Meeting
from ..papers import by_item, papers_listed
from ..queries import day_of, members_at, quorum_now, quorum_words
from ..rules import (
    decisions_visible_to,
    groups_run_by,
    may_run,
    meetings_visible_to,
    minutes_visible_to,
    papers_visible_to,
)
from ..tables import agenda_lines, decision_lines, meeting_line
from ..timing import minutes_over
from ..words import (
    MEETING_COLOURS,
    MINUTES_COLOURS,
    clock_words,
    day_words,
    moment_words,
    year_of,
    year_span,
    year_words,
)
from .csv_file import answer_with_csv
from .documents import raised_by
from .frame import found_meeting, found_papers, href, page, way


def _narrowed(request: PageRequest) -> tuple[MeetingFilter, QuerySet[Meeting], int]:
    """The filter, the meetings that it leaves, and the year it shows."""
    known = meetings_visible_to(request.standing)
    this_year = year_of(timezone.localdate())
    first = known.order_by("starts_at").values_list("starts_at", flat=True).first()
    years = range(min(year_of(timezone.localdate(first)) if first else this_year, this_year), this_year + 2)
    groups = [(group.pk, group.name) for group in groups_visible_to(request.standing)]
    asked = {**request.GET.dict(), "year": request.GET.get("year") or str(this_year)}
    search = MeetingFilter(asked, years=[(year, year_words(year)) for year in years], groups=groups)
    search.is_valid()
    given = search.cleaned_data
    year = given.get("year") or this_year
    begin, end = year_span(year)
    found = known.filter(starts_at__gte=begin, starts_at__lt=end)
    if given.get("group"):
        found = found.filter(group=given["group"])
    if given.get("state"):
        found = found.filter(state=given["state"])
    return search, found, year


@within(Permission.READ_MEETINGS)
@require_safe
def meeting_list(request: PageRequest) -> HttpResponse:
    """The meetings of a year, those to come first."""
    search, found, year = _narrowed(request)
    now = timezone.now()
    own = set(papers_visible_to(request.standing).filter(pk__in=found).values_list("pk", flat=True))
    meetings = list(found)
    coming = [one for one in meetings if one.is_open and one.ends_at >= now]
    past = [one for one in reversed(meetings) if one not in coming]
    runs = groups_run_by(request.standing).exists()
    return page(
        request,
        "list",
        title="Meetings",
        lead=_list_lead(coming, year),
        search=search,
        marks=not request.standing.may(Permission.READ_ALL_PAPERS),
        coming=[meeting_line(one, own) for one in coming],
        past=[meeting_line(one, own) for one in past],
        year_words=year_words(year),
        query=request.GET.urlencode(),
        runs=runs,
    )


def _list_lead(coming: list[Meeting], year: int) -> str:
    if not coming:
        return f"No meeting is to come in {year_words(year)}."
    first = coming[0]
    return f"Next is {first.group}, on {moment_words(first.starts_at)}."


@within(Permission.READ_MEETINGS)
@require_safe
def meeting_download(request: PageRequest) -> HttpResponse:
    """The same list as CSV."""
    _, found, year = _narrowed(request)
    rows = [
        [
            f"{timezone.localtime(one.starts_at):%Y-%m-%d}",
            clock_words(one.starts_at),
            str(one.minutes_long),
            one.group.name,
            one.place,
            one.get_state_display(),
            {True: "yes", False: "no", None: ""}[one.quorate],
        ]
        for one in found
    ]
    heading = ["Date", "Begins", "Minutes", "Group", "Place", "Status", "Quorate"]
    return answer_with_csv(request, "meetings", f"meetings-{year}", [heading, *rows])


@within(Permission.READ_MEETINGS)
@require_safe
def meeting_calendar(request: PageRequest, *, pk: int) -> HttpResponse:
    """The meeting as a calendar entry, without its agenda."""
    meeting = found_meeting(request, pk)
    path = href(request, "meeting_detail", pk)
    return answer_with_file(
        request,
        page=f"meeting:{pk}",
        name=f"{meeting.group.slug}-{day_of(meeting)}.ics",
        content=meeting_as_calendar(meeting, path, timezone.now()),
        content_type="text/calendar; charset=utf-8",
        rows=1,
    )


@within(Permission.READ_MEETINGS)
@require_safe
def meeting_detail(request: PageRequest, *, pk: int) -> HttpResponseBase:
    """A meeting: the whole of it for who opens its papers, its date and decisions for others."""
    meeting = found_meeting(request, pk)
    if papers_visible_to(request.standing).filter(pk=pk).exists():
        return _with_papers(request, pk=pk)
    decisions = decisions_visible_to(request.standing).filter(meeting=meeting)
    return page(
        request,
        "outside",
        title=str(meeting),
        lead=_when(meeting),
        above=way(request),
        meeting=meeting,
        colour=MEETING_COLOURS[MeetingState(meeting.state)],
        facts=_facts(meeting),
        decisions=decision_lines(decisions, request.standing.partnership.slug),
    )


@logs_read("meeting:{pk}")
def _with_papers(request: PageRequest, *, pk: int) -> HttpResponse:
    meeting, now = found_papers(request, pk), timezone.now()
    items = list(meeting.items.on_the_agenda().select_related("owner"))
    rows = list(meeting.attendance.select_related("person", "agency"))
    members = members_at(meeting)
    minutes = minutes_visible_to(request.standing).filter(meeting=meeting).first()
    return page(
        request,
        "detail",
        title=str(meeting),
        lead=_when(meeting),
        above=way(request),
        meeting=meeting,
        colour=MEETING_COLOURS[MeetingState(meeting.state)],
        facts=[*_facts(meeting), ("Chair", _chair_words(members))],
        agenda=agenda_lines(meeting, items, by_item(papers_listed(request.standing, meeting))),
        over=minutes_over([item.minutes_long for item in items], meeting.minutes_long),
        attendance=attendance_words(rows, members),
        quorum=quorum_now(meeting, rows, members) if meeting.is_open and now >= meeting.starts_at else None,
        needed=quorum_words(meeting, members) if meeting.is_open and now < meeting.starts_at else "",
        interests=list(meeting.interests.select_related("person", "item")),
        decisions=decision_lines(decisions_visible_to(request.standing).filter(meeting=meeting), _slug(request)),
        minutes=minutes,
        minutes_colour=MINUTES_COLOURS[MinutesState(minutes.state)] if minutes else "",
        moves=list(meeting.moves.select_related("moved_by")),
        runs=may_run(request.standing, meeting.group),
        sits=any(member.person.pk == request.standing.person.pk for member in members),
        to_come=now < meeting.starts_at,
        has_come=timezone.localdate(now) >= day_of(meeting),
        raised=raised_by(request, meeting),
        subject=f"meeting:{pk}",
    )


def _slug(request: PageRequest) -> str:
    return request.standing.partnership.slug


def _when(meeting: Meeting) -> str:
    place = f", {meeting.place}" if meeting.place else ""
    said = f"{moment_words(meeting.starts_at)} to {clock_words(meeting.ends_at)}{place}."
    if meeting.state == MeetingState.CANCELLED:
        return f"Cancelled. It was to be on {said}"
    return said


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    facts = [("Group", meeting.group.name)]
    if meeting.instead_of and meeting.instead_of != day_of(meeting):
        facts.append(("First planned for", day_words(meeting.instead_of)))
    if meeting.quorum_words:
        facts.append(("Quorum", meeting.quorum_words))
    moves = list(meeting.moves.all())
    facts += [("Reason", move.reason) for move in moves if move.reason and move.to_state == MeetingState.CANCELLED]
    return facts


def _chair_words(members: list[Member]) -> str:
    chair = chair_of(members)
    return chair.person.name if chair else "Nobody holds the chair’s seat"
