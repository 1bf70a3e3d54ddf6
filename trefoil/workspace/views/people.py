"""Who holds which duty, and giving and ending them."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.duty_operations import end_duty, give_duty
from trefoil.access.enums import WORDS, Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import (
    account_under,
    duties_visible_to,
    memberships_visible_to,
    people_visible_to,
    seats_visible_to,
)
from trefoil.access.rules import DUTY_GIVES
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.design.frame import Crumb
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, in_force

from ..forms import EndDutyForm, GiveDutyForm
from ..words import counted, day_words, listed
from .frame import page, within_partnership


@within(Permission.READ_PEOPLE)
@require_safe
@logs_read("people")
def people_list(request: PageRequest) -> HttpResponse:
    """Who holds which duty for which agency, from when until when."""
    today = timezone.localdate()
    duties = list(duties_visible_to(request.standing).order_by("person__name", "kind", "starts_on", "pk"))
    now_held = [duty for duty in duties if not _has_ended(duty, today)]
    people = len({duty.person_id for duty in now_held})
    return page(
        request,
        "people",
        title="People and duties",
        lead=f"{counted(people, 'person', 'people')} with {counted(len(now_held), 'duty', 'duties')}. "
        "What somebody may see follows from their duties, never from a job title.",
        duties=now_held,
        ended=[duty for duty in duties if _has_ended(duty, today)],
        may_manage=request.standing.may(Permission.MANAGE_PEOPLE),
        gives=[(kind.label, listed([WORDS[item] for item in Permission if item in DUTY_GIVES[kind]])) for kind in DutyKind],
    )


@within(Permission.READ_PEOPLE)
@require_safe
@logs_read("person:{pk}")
def person_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """One person: their duties and seats here, now and before."""
    today = timezone.localdate()
    person = get_object_or_404(people_visible_to(request.standing), pk=pk)
    duties = list(duties_visible_to(request.standing).filter(person=person).order_by("-starts_on", "kind", "pk"))
    held = [duty for duty in duties if not _has_ended(duty, today)]
    kinds = listed([str(DutyKind(kind).label) for kind in dict.fromkeys(duty.kind for duty in held)])
    return page(
        request,
        "person",
        title=person.name,
        lead=f"{kinds}." if kinds else "Holds no duty here now.",
        above=(Crumb("People", within_partnership(request, "people_list")),),
        person=person,
        duties=held,
        ended=[duty for duty in duties if _has_ended(duty, today)],
        seats=seats_visible_to(request.standing).filter(person=person).order_by("-starts_on", "pk"),
        may_manage=request.standing.may(Permission.MANAGE_PEOPLE),
        may_read_trail=request.standing.may(Permission.READ_TRAIL),
    )


def _has_ended(duty: Duty, today: date) -> bool:
    return duty.ends_on is not None and duty.ends_on < today


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_give(request: PageRequest) -> HttpResponse:
    """Give a duty to somebody who has an account."""
    standing, now = request.standing, timezone.now()
    members = memberships_visible_to(standing).filter(in_force(timezone.localdate(now)))
    agencies = {one.agency_id: one.agency for one in members}
    form = GiveDutyForm(
        request.POST or None,
        initial={"email": request.GET.get("email", ""), "starts_on": timezone.localdate(now)},
        agencies=[(pk, agency.name) for pk, agency in agencies.items()],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = account_under(given["email"], standing)
        if person is None:
            form.add_error("email", "There is no open account under this address. Check it, or ask for an account.")
        else:
            try:
                duty = give_duty(
                    person=person,
                    partnership=standing.partnership,
                    kind=DutyKind(given["kind"]),
                    agency=agencies[given["agency"]] if given["agency"] else None,
                    starts_on=given["starts_on"],
                    ends_on=given["ends_on"],
                    by=standing.person,
                    now=now,
                )
            except NotAllowedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{person} is {duty} from {day_words(duty.starts_on)}.")
                return redirect("person_detail", standing.partnership.slug, person.pk)
    return page(
        request,
        "duty_give",
        title="Give a duty",
        lead="A duty lets somebody see and do what it needs, and nothing else.",
        above=(Crumb("People", within_partnership(request, "people_list")),),
        form=form,
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_end(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say back which duty is about to end, ask for its last day, then end it."""
    standing, now = request.standing, timezone.now()
    duty = get_object_or_404(duties_visible_to(standing), pk=pk)
    form = EndDutyForm(request.POST or None, initial={"ends_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            end_duty(duty=duty, ends_on=form.cleaned_data["ends_on"], by=standing.person, now=now)
        except NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The last day of {duty.person} as {duty} is {day_words(form.cleaned_data['ends_on'])}.")
            return redirect("person_detail", standing.partnership.slug, duty.person_id)
    return page(
        request,
        "duty_end",
        title="End a duty",
        lead=f"You are about to end the duty of {duty.person} as {duty}.",
        above=(
            Crumb("People", within_partnership(request, "people_list")),
            Crumb(duty.person.name, within_partnership(request, "person_detail", duty.person_id)),
        ),
        duty=duty,
        form=form,
        loses=[WORDS[item] for item in Permission if item in DUTY_GIVES[DutyKind(duty.kind)]],
    )
