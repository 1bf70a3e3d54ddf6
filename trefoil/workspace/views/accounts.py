"""Accounts, by a business manager: add one, end its access here, help somebody who lost their second step."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from trefoil.access.duty_operations import end_access
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.people_operations import Added, add_person, remove_lost_second_factor
from trefoil.access.queries import memberships_visible_to, open_duties_of, people_visible_to
from trefoil.access.sign_in import mail_second_factor_removed, mail_set_password_link, set_password_link
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.people.models import Agency, Person, in_force

from ..belongings import belongings_of
from ..management_forms import ConfirmForm, NewPersonForm, ReasonForm
from ..tables import duties_give
from ..words import day_words
from .frame import carried_out, form_page, sent, within_partnership


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: PageRequest) -> HttpResponse:
    """Add somebody: an account with a first duty, and the letter with which they set a password."""
    agencies = _agencies(request)
    form = NewPersonForm(
        sent(request),
        initial={"starts_on": timezone.localdate()},
        agencies=[(pk, agency.name) for pk, agency in agencies.items()],
    )
    added = _added(request, form, agencies) if request.method == "POST" and form.is_valid() else None
    if added is not None:
        _tell(request, added)
        return redirect("person_detail", request.standing.partnership.slug, added.duty.person_id)
    return form_page(
        request,
        title="Add a person",
        lead="An account and a first duty. What they may see follows from the duty.",
        above=(Crumb("People", within_partnership(request, "people_list")),),
        form=form,
        button="Add this person",
        gives=duties_give(),
    )


def _agencies(request: PageRequest) -> dict[int, Agency]:
    members = memberships_visible_to(request.standing).filter(in_force(timezone.localdate()))
    return {one.agency_id: one.agency for one in members}


def _added(request: PageRequest, form: NewPersonForm, agencies: dict[int, Agency]) -> Added | None:
    given = form.cleaned_data
    agency = agencies[given["agency"]] if given["agency"] else None
    try:
        return add_person(
            email=given["email"],
            name=given["name"],
            job_title=given["job_title"],
            works_for=agency,
            partnership=request.standing.partnership,
            kind=form.duty,
            duty_agency=agency if form.duty_is_for_an_agency else None,
            starts_on=given["starts_on"],
            by=request.standing.person,
            now=timezone.now(),
        )
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return None


def _tell(request: PageRequest, added: Added) -> None:
    """Say what was done, send the letter to a new account, and show the link in the demo, which sends no letters."""
    duty, person = added.duty, added.duty.person
    held = f"{person} is {duty} from {day_words(duty.starts_on)}."
    if not added.is_new:
        messages.success(request, f"There was an account under this address, and it has the duty now. {held}")
        return
    letter = _letter(person)
    messages.success(request, held if settings.DEMO else f"{held} {letter}")
    if settings.DEMO:
        words = (
            "No letter leaves this demo. This is the link in it, good once, within two days: "
            '<a class="govuk-link" href="{}">set a password for {}</a>. Open it in a private window.'
        )
        messages.info(request, format_html(words, urlsplit(set_password_link(person)).path, person))


def _letter(person: Person) -> str:
    try:
        mail_set_password_link(person)
    except OSError:  # what the mail library raises, SMTPException included, is one
        return (
            "The letter with the link to set a password could not be sent. They can ask for a link themselves, with "
            "“I have forgotten my password” on the sign-in page."
        )
    return f"A letter with a link to set a password is on its way to {person.email}. It works once, within two days."


def _about(request: PageRequest, pk: int) -> tuple[Person, tuple[Crumb, ...], str]:
    """The person, the way to their page, and its address."""
    person = found_or_refused(people_visible_to(request.standing), request, pk=pk)
    here = within_partnership(request, "person_detail", pk)
    return person, (Crumb("People", within_partnership(request, "people_list")), Crumb(person.name, here)), here


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def access_end(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say which duties end, then end them all at once."""
    standing, now = request.standing, timezone.now()
    person, above, here = _about(request, pk)
    form = ConfirmForm(sent(request))
    held = list(open_duties_of(person, standing.partnership, today=timezone.localdate(now)).select_related("agency"))
    if form.is_valid() and carried_out(
        form, lambda: end_access(person=person, partnership=standing.partnership, by=standing.person, now=now)
    ):
        messages.success(request, f"{person} has no access to this partnership any more.")
        left = belongings_of(person, standing)
        return redirect(within_partnership(request, "hand_over", pk) if left else here)
    return form_page(
        request,
        title="End access",
        lead=f"You are about to end every duty of {person} in this partnership, at once.",
        above=above,
        form=form,
        button="End all access",
        kind="warning",
        facts=[(str(duty), f"{duty.agency or 'No agency'}, from {day_words(duty.starts_on)}") for duty in held],
        notes=(
            "They see nothing of this partnership from now on. The account itself stays open, for it may have duties "
            "elsewhere. What they did stays on record.",
            "What they have in hand (actions, risks, time limits, agenda items, seats) is listed next, to hand over.",
        ),
        back=here,
        back_words="Keep it as it is",
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def second_step_remove(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take the second step from an account whose owner has lost it, with a reason."""
    standing = request.standing
    person, above, here = _about(request, pk)
    form = ReasonForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: remove_lost_second_factor(
                person=person,
                partnership=standing.partnership,
                reason=form.cleaned_data["reason"],
                by=standing.person,
                now=timezone.now(),
            ),
        )
    ):
        done = f"{person} has no second step now and is signed out everywhere."
        messages.success(request, f"{done} {_told(request, person)}")
        return redirect(here)
    return form_page(
        request,
        title="Remove the second step",
        lead=f"For when {person} has lost their phone, their passkeys and their recovery codes.",
        above=above,
        form=form,
        button="Remove the second step",
        kind="warning",
        notes=(
            "Make sure by another way that it is they who ask: call them on a number that you knew before, or see "
            "them. Until they set up a new second step, their password alone opens the account.",
        ),
        back=here,
        back_words="Keep it as it is",
    )


def _told(request: PageRequest, person: Person) -> str:
    try:
        mail_second_factor_removed(person, request.standing.person)
    except OSError:
        return "The letter that tells them could not be sent; tell them yourself."
    return "A letter tells them so."
