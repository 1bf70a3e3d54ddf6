"""What a group is bound by: its terms, its cycle, whose turn the chair is, seats that follow a duty."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import duty_seats_visible_to, memberships_visible_to
from trefoil.access.structure_operations import end_duty_seat, give_duty_seat
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.models import in_force

from ..enums import CycleUnit, MeetingState, Nth, Weekday
from ..forms_groups import AgreeForm, ChairsForm, CycleForm, DutySeatForm, LastDayForm, TermsForm
from ..models import Cycle, Terms
from ..operations.groups import agree_terms, plan_chairs, set_cycle, write_terms
from ..queries import cycle_of, draft_of, newest_terms, terms_in_force, turn_on
from ..rules import may_run, meetings_visible_to, statutory_partners, terms_visible_to
from ..words import cycle_words, day_words
from .frame import form_page, found_group, found_group_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_safe
def terms_list(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """The terms that hold, the draft for who may read it, and the versions before."""
    group = found_group(request, group_slug)
    versions = list(terms_visible_to(request.standing).filter(group=group).prefetch_related("quorum_rows__agency"))
    now_held = terms_in_force(group, timezone.localdate())
    holding = next((one for one in versions if one == now_held), None)
    return page(
        request,
        "terms",
        title=f"Terms of reference: {group}",
        lead=_terms_lead(holding),
        above=way(request, group),
        group=group,
        holding=holding,
        draft=next((one for one in versions if one.is_draft), None),
        earlier=[one for one in versions if not one.is_draft and one != holding],
        runs=may_run(request.standing, group),
    )


def _terms_lead(holding: Terms | None) -> str:
    if holding is None:
        return "No meeting has agreed terms of reference for this group yet."
    return f"Version {holding.number}, agreed on {day_words(holding.agreed_on)}."


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("terms:{group_slug}")
def terms_write(request: DraftRequest, *, group_slug: str) -> HttpResponse:
    """Write the draft of the next version."""
    group, today = found_group_to_run(request, group_slug), timezone.localdate()
    partners = {agency.pk: agency for agency in statutory_partners(group.partnership_id, today)}
    form = TermsForm(
        sent(request),
        partners=[(key, agency.name) for key, agency in partners.items()],
        initial=_first_terms(newest_terms(group), group.purpose),
        draft=request.draft,
    )

    def run() -> None:
        given = form.cleaned_data
        write_terms(
            group=group,
            purpose=given["purpose"],
            functions=given["functions"],
            membership=given["membership"],
            quorum_number=given["quorum_number"],
            quorum_agencies=[partners[key] for key in given["quorum_agencies"]],
            substitutes_count=given["substitutes_count"],
            review_on=given["review_on"],
            seen_version=given["seen_version"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The draft is saved. It holds once a meeting has agreed it.",
        to=href(request, "group_terms", group.slug),
        button="Save the draft",
        title="Write terms of reference",
        lead=f"A draft for {group}. What holds now stays until a meeting agrees the new version.",
        above=way(request, group),
        values=lambda held: _first_terms(held, group.purpose),
        clash=_agreed_meanwhile,
    )


def _agreed_meanwhile(held: Terms) -> dict[str, str]:
    """Words for who wrote at a draft that a meeting has agreed meanwhile; none where it is a draft still."""
    if held.is_draft:
        return {}
    return {
        "title": "These terms were agreed in the meantime",
        "lead": "What was agreed stays as it is. What you wrote is kept, and can become the next draft.",
        "said": f"The draft was agreed as version {held.number} by {held.agreed_at_meeting}, after you had opened it.",
        "button": f"Save mine as the draft of version {held.number + 1}",
    }


def _first_terms(base: Terms | None, purpose: str) -> dict[str, Any]:
    """What the form begins with: the draft, else what was agreed last, else the purpose of the group."""
    if base is None:
        return {"purpose": purpose, "quorum_number": 3}
    return {
        "purpose": base.purpose,
        "functions": base.functions,
        "membership": base.membership,
        "quorum_number": base.quorum_number,
        "quorum_agencies": [row.agency_id for row in base.quorum_rows.all()],
        "substitutes_count": base.substitutes_count,
        "review_on": base.review_on if base.is_draft else None,
        "seen_version": base.version,
    }


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def terms_agree(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Say which meeting agreed the draft."""
    group = found_group_to_run(request, group_slug)
    draft = draft_of(group)
    held = meetings_visible_to(request.standing).filter(
        group__in=[key for key in (group.pk, group.reports_to_id) if key], state=MeetingState.HELD, quorate=True
    )
    meetings = {one.pk: one for one in held.order_by("-starts_at")[:12]}
    form = AgreeForm(
        sent(request),
        meetings=[(key, str(one)) for key, one in meetings.items()],
        initial={"seen_version": draft.version if draft else None},
    )

    def run() -> None:
        if draft is not None:
            agree_terms(
                terms=draft,
                meeting=meetings[form.cleaned_data["meeting"]],
                seen_version=form.cleaned_data["seen_version"],
                by=request.standing.person,
                now=timezone.now(),
            )

    return form_page(
        request,
        form=form,
        run=run,
        done="The terms hold now." if draft else "There is no draft.",
        to=href(request, "group_terms", group.slug),
        button="They were agreed",
        title="A meeting agreed the draft",
        lead=f"Version {draft.number} then holds from that day on." if draft else "There is no draft to agree.",
        above=way(request, group),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def group_cycle(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Say how often the group meets."""
    group = found_group_to_run(request, group_slug)
    cycle = cycle_of(group)
    initial = _cycle_values(cycle) if cycle else {"starts_on": timezone.localdate(), "seen_version": 0}
    form = CycleForm(sent(request), initial=initial)

    def run() -> None:
        given = {**form.cleaned_data, "seen_version": form.cleaned_data["seen_version"] or 0}
        kinds = {"unit": CycleUnit(given["unit"]), "nth": Nth(given["nth"]), "weekday": Weekday(given["weekday"])}
        set_cycle(group=group, by=request.standing.person, now=timezone.now(), **{**given, **kinds})

    return form_page(
        request,
        form=form,
        run=run,
        done="The cycle is set. Make a year’s dates from it.",
        to=href(request, "group_detail", group.slug),
        button="Set the cycle",
        title="How often it meets",
        lead=cycle_words(cycle),
        above=way(request, group),
        values=_cycle_values,
    )


def _cycle_values(cycle: Cycle) -> dict[str, Any]:
    """A cycle by the names of the form's fields."""
    names = [name for name in CycleForm.base_fields if not name.startswith("seen_")]
    held = {name: getattr(cycle, name) for name in names}
    return {**held, "begins": f"{cycle.begins:%H:%M}", "seen_version": cycle.version}


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def group_chairs(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Give each statutory partner a year in the chair, in turn."""
    group, today = found_group_to_run(request, group_slug), timezone.localdate()
    partners = {agency.pk: agency for agency in statutory_partners(group.partnership_id, today)}
    turn = turn_on(group, today)
    form = ChairsForm(
        sent(request),
        partners=[(key, agency.name) for key, agency in partners.items()],
        initial={"starts_on": today.replace(month=4, day=1)},
    )

    def run() -> None:
        plan_chairs(
            group=group,
            agencies=[partners[key] for key in form.order],
            starts_on=form.cleaned_data["starts_on"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The turns are planned.",
        to=href(request, "group_detail", group.slug),
        button="Plan the turns",
        title="Turns in the chair",
        lead=f"Now it is {turn.agency}’s turn, until {day_words(turn.ends_on)}." if turn else "No turn is planned yet.",
        notes=["Each statutory partner has the chair for a year. Who sits in it is a seat, which is given by name."],
        above=way(request, group),
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(METHODS)
def duty_seat_new(request: PageRequest, *, group_slug: str) -> HttpResponse:
    """Give a seat to whoever holds a duty."""
    group, today = found_group(request, group_slug), timezone.localdate()
    agencies = {one.agency_id: one.agency for one in memberships_visible_to(request.standing).filter(in_force(today))}
    form = DutySeatForm(
        sent(request), agencies=[(key, one.name) for key, one in agencies.items()], initial={"starts_on": today}
    )

    def run() -> None:
        given = form.cleaned_data
        give_duty_seat(
            group=group,
            duty=DutyKind(given["duty"]),
            agency=agencies.get(given["agency"]),
            role=GroupRole(given["role"]),
            starts_on=given["starts_on"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The seat follows the duty now.",
        to=href(request, "group_detail", group.slug),
        button="Give this seat",
        title="A seat that follows a duty",
        lead=f"Whoever holds the duty sits in {group} and reads its papers, for as long as they hold it.",
        above=way(request, group),
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(METHODS)
def duty_seat_end(request: PageRequest, *, group_slug: str, pk: int) -> HttpResponse:
    """End a seat that follows a duty."""
    seat = found_or_refused(duty_seats_visible_to(request.standing), request, pk=pk, group__slug=group_slug)
    form = LastDayForm(sent(request), initial={"ends_on": timezone.localdate()})
    return form_page(
        request,
        form=form,
        run=lambda: end_duty_seat(
            seat=seat, ends_on=form.cleaned_data["ends_on"], by=request.standing.person, now=timezone.now()
        ),
        done="The seat has ended.",
        to=href(request, "group_detail", group_slug),
        button="End this seat",
        kind="warning",
        title="End a seat that follows a duty",
        lead=f"{seat.get_duty_display()}{f', {seat.agency}' if seat.agency else ''}, in {seat.group}.",
        above=way(request, seat.group),
    )
