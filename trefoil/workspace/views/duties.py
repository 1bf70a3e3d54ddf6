"""Giving and ending duties: for business managers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.duty_operations import end_duty, give_duty
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import account_under, duties_visible_to, memberships_visible_to, people_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, in_force

from ..forms import EndDutyForm, GiveDutyForm
from ..tables import duties_give, given_by
from ..words import day_words
from .frame import page, within_partnership

# Of a key in the database: a number with more digits is nobody's.
MOST_DIGITS = 18


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_give(request: PageRequest) -> HttpResponse:
    """Give a duty to somebody who has an account."""
    standing, now = request.standing, timezone.now()
    members = memberships_visible_to(standing).filter(in_force(timezone.localdate(now)))
    agencies = {one.agency_id: one.agency for one in members}
    form = GiveDutyForm(
        request.POST or None,
        initial={"email": _address_asked_for(request), "starts_on": timezone.localdate(now)},
        agencies=[(pk, agency.name) for pk, agency in agencies.items()],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = account_under(given["email"], standing)
        if person is None:
            form.add_error("email", "There is no open account under this address. Check it, or add a person.")
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
        gives=duties_give(),
    )


def _address_asked_for(request: PageRequest) -> str:
    """The e-mail address of the person whose page led here: the page's own address gives their key, never their mail.

    Raises RefusedError for somebody whom the reader may not see.
    """
    asked = request.GET.get("person", "")
    if not asked:
        return ""
    key = int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 0
    return found_or_refused(people_visible_to(request.standing), request, pk=key).email


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_end(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say back which duty is about to end, ask for its last day, then end it."""
    standing, now = request.standing, timezone.now()
    duty = found_or_refused(duties_visible_to(standing), request, pk=pk)
    form = EndDutyForm(request.POST or None, initial={"ends_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            end_duty(duty=duty, ends_on=form.cleaned_data["ends_on"], by=standing.person, now=now)
        except NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            last = form.cleaned_data["ends_on"]
            ended = f"The last day of {duty.person} as {duty} is {day_words(last)}."
            withdrawn = f"The duty of {duty.person} as {duty} is withdrawn."
            messages.success(request, withdrawn if last < duty.starts_on else ended)
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
        facts=_duty_facts(duty),
        form=form,
        loses=given_by(DutyKind(duty.kind)),
    )


def _duty_facts(duty: Duty) -> list[tuple[str, str]]:
    return [
        ("Person", duty.person.name),
        ("Duty", str(duty)),
        ("Agency", duty.agency.name if duty.agency else "None"),
        ("First day", day_words(duty.starts_on)),
        ("Last day", day_words(duty.ends_on, "No end set")),
    ]
