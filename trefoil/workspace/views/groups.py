"""Groups, who sits in them, and the governance chart."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to, seats_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.design.diagrams import organisation_chart
from trefoil.design.frame import Crumb
from trefoil.meetings.chairs import chairs_of
from trefoil.meetings.sections import sections_of
from trefoil.people.enums import GroupRole
from trefoil.people.models import Group, GroupMember, Person, in_force

from ..governance import governance_chart
from ..queries import by_agency
from ..tables import group_table
from ..words import counted, listed
from .frame import page, within_partnership


@within(Permission.READ_FIGURES)
@require_safe
def group_list(request: PageRequest) -> HttpResponse:
    """Every group, drawn and listed, with its chair for those who may read people."""
    groups = list(groups_visible_to(request.standing))
    nodes, lines = governance_chart(groups)
    may_read = request.standing.may(Permission.READ_PEOPLE)
    chairs = chairs_of([group.pk for group in groups], timezone.localdate()) if may_read else None
    lead = f"{counted(len(groups), 'group')}, and whom each reports to." if groups else "No group has been entered yet."
    return page(
        request,
        "groups",
        title="Groups and governance",
        lead=lead,
        above=(Crumb("Partnership", within_partnership(request, "partnership_page")),),
        groups=group_table(groups, chairs, request.standing.partnership.slug),
        nodes=nodes,
        lines=lines,
        may_manage=request.standing.may(Permission.MANAGE_PEOPLE),
    )


@within(Permission.READ_FIGURES)
@require_safe
def governance_picture(request: PageRequest) -> HttpResponse:
    """The governance chart as a file of its own. It names groups and no person."""
    nodes, lines = governance_chart(list(groups_visible_to(request.standing)))
    name = f"{request.standing.partnership.slug}-governance.svg"
    return HttpResponse(
        organisation_chart(nodes, lines),
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@within(Permission.READ_FIGURES)
@require_safe
@logs_read("group:{slug}/{group_slug}")
def group_detail(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """A group: what it is for, who chairs it, its members by agency, and its reporting lines."""
    group = found_or_refused(groups_visible_to(request.standing), request, slug=group_slug)
    today, reads_people = timezone.localdate(), request.standing.may(Permission.READ_PEOPLE)
    seats = list(seats_visible_to(request.standing).filter(in_force(today), group=group))
    chair = chairs_of([group.pk], today).get(group.pk) if reads_people else None
    return page(
        request,
        "group",
        title=group.name,
        lead=group.purpose or f"{group.get_kind_display()} of {request.standing.partnership}.",
        above=(
            Crumb("Partnership", within_partnership(request, "partnership_page")),
            Crumb("Groups", within_partnership(request, "group_list")),
        ),
        facts=[
            *_facts(group, list(groups_visible_to(request.standing).filter(reports_to=group))),
            *([("Chair", _chair_words(chair, seats))] if chair else []),
        ],
        reads_people=reads_people,
        agencies=by_agency(seats),
        group=group,
        may_manage=request.standing.may(Permission.MANAGE_PEOPLE),
        **sections_of(request.standing, group),
    )


def _chair_words(chair: Person, seats: list[GroupMember]) -> str:
    """Who is in the chair, and that it goes with its turn where nobody holds its seat."""
    holds_seat = any(seat.person_id == chair.pk and seat.role == GroupRole.CHAIR for seat in seats)
    return chair.name if holds_seat else f"{chair.name}, because it is the turn of their agency"


def _facts(group: Group, reporting: list[Group]) -> list[tuple[str, str]]:
    upper = group.reports_to
    facts = [
        ("Kind", group.get_kind_display()),
        ("Reports to", upper.name if upper else "Nobody above it here"),
        ("Groups that report to it", listed([lower.name for lower in reporting]) or "None"),
    ]
    if group.source:
        facts.append(("Source", group.source))
    return facts
