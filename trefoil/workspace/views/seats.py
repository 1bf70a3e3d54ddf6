"""Groups, changed by a business manager: a new one, whom it reports to, and who sits in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.queries import duties_visible_to, groups_visible_to, memberships_visible_to, seats_visible_to
from trefoil.access.structure_operations import add_group, end_seat, give_seat, move_group
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.people.enums import GroupKind, GroupRole
from trefoil.people.models import Group, in_force

from ..management_forms import GroupForm, LastDayForm, ReportsToForm, SeatForm
from ..words import day_words
from .frame import carried_out, form_page, sent, within_partnership


def _above(request: PageRequest, group: Group | None = None) -> tuple[Crumb, ...]:
    steps = (
        Crumb("Partnership", within_partnership(request, "partnership_page")),
        Crumb("Groups", within_partnership(request, "group_list")),
    )
    return (*steps, Crumb(group.name, _page_of(request, group))) if group else steps


def _page_of(request: PageRequest, group: Group) -> str:
    return within_partnership(request, "group_detail", group.slug)


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: PageRequest) -> HttpResponse:
    """Add a board, subgroup or panel."""
    standing = request.standing
    groups = {group.pk: group for group in groups_visible_to(standing)}
    form = GroupForm(sent(request), groups=[(pk, group.name) for pk, group in groups.items()])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if carried_out(
            form,
            lambda: add_group(
                partnership=standing.partnership,
                name=given["name"],
                kind=GroupKind(given["kind"]),
                purpose=given["purpose"],
                reports_to=groups.get(given["reports_to"]),
                by=standing.person,
                now=timezone.now(),
            ),
        ):
            messages.success(request, f"{given['name'].strip()} is a group of this partnership now.")
            return redirect("group_list", standing.partnership.slug)
    return form_page(
        request,
        title="Add a group",
        lead="A board, subgroup, panel or forum of this partnership.",
        above=_above(request),
        form=form,
        button="Add this group",
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def group_move(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Change whom a group reports to."""
    groups = {group.pk: group for group in groups_visible_to(request.standing)}
    group = found_or_refused(groups_visible_to(request.standing), request, slug=group_slug)
    form = ReportsToForm(
        sent(request),
        initial={"reports_to": group.reports_to_id},
        groups=[(pk, other.name) for pk, other in groups.items() if pk != group.pk],
    )
    if request.method == "POST" and form.is_valid():
        upper = groups.get(form.cleaned_data["reports_to"])
        if carried_out(
            form, lambda: move_group(group=group, reports_to=upper, by=request.standing.person, now=timezone.now())
        ):
            messages.success(request, f"{group} reports to {upper or 'nobody above it here'} now.")
            return redirect(_page_of(request, group))
    return form_page(
        request,
        title="Change the reporting line",
        lead=f"Whom does {group} report to?",
        above=_above(request, group),
        form=form,
        button="Change it",
        back=_page_of(request, group),
        back_words="Keep it as it is",
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Give somebody a seat in a group."""
    standing, today = request.standing, timezone.localdate()
    group = found_or_refused(groups_visible_to(standing), request, slug=group_slug)
    people = {duty.person_id: duty.person for duty in duties_visible_to(standing).filter(in_force(today))}
    agencies = {one.agency_id: one.agency for one in memberships_visible_to(standing).filter(in_force(today))}
    form = SeatForm(
        sent(request),
        initial={"starts_on": today, "role": GroupRole.MEMBER},
        people=sorted(((pk, person.name) for pk, person in people.items()), key=lambda choice: choice[1]),
        agencies=[(pk, agency.name) for pk, agency in agencies.items()],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if carried_out(
            form,
            lambda: give_seat(
                group=group,
                person=people[given["person"]],
                role=GroupRole(given["role"]),
                agency=agencies.get(given["agency"]),
                starts_on=given["starts_on"],
                by=standing.person,
                now=timezone.now(),
            ),
        ):
            sitter, first = people[given["person"]], day_words(given["starts_on"])
            messages.success(request, f"{sitter} has a seat in {group} from {first}.")
            return redirect(_page_of(request, group))
    return form_page(
        request,
        title="Give a seat",
        lead=f"Who sits in {group}, for whom, and as what.",
        above=_above(request, group),
        form=form,
        button="Give this seat",
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: PageRequest, *, group_slug: str, pk: int) -> HttpResponse:
    """Say back whose seat is about to end, ask for its last day, then end it."""
    seat = found_or_refused(seats_visible_to(request.standing), request, pk=pk, group__slug=group_slug)
    form = LastDayForm(sent(request), initial={"ends_on": timezone.localdate()})
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: end_seat(
                seat=seat, ends_on=form.cleaned_data["ends_on"], by=request.standing.person, now=timezone.now()
            ),
        )
    ):
        messages.success(
            request, f"The last day of {seat.person} in {seat.group} is {day_words(form.cleaned_data['ends_on'])}."
        )
        return redirect(_page_of(request, seat.group))
    return form_page(
        request,
        title="End a seat",
        lead=f"You are about to end the seat of {seat.person} in {seat.group}.",
        above=_above(request, seat.group),
        form=form,
        button="End this seat",
        kind="warning",
        facts=[
            ("Person", seat.person.name),
            ("Role", seat.get_role_display()),
            ("For", seat.agency.name if seat.agency else "In their own right"),
            ("First day", day_words(seat.starts_on)),
        ],
        back=_page_of(request, seat.group),
        back_words="Keep it as it is",
    )
