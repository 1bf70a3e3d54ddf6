"""The partnership's agencies, changed by a business manager: one that joins, one that leaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.structure_operations import add_agency, end_membership
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.people.enums import AgencyKind, Sector

from ..management_forms import AgencyForm, LastDayForm
from ..words import day_words
from .frame import carried_out, form_page, sent, within_partnership


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def agency_new(request: PageRequest) -> HttpResponse:
    """Take an organisation into the partnership."""
    standing = request.standing
    form = AgencyForm(sent(request), initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if carried_out(
            form,
            lambda: add_agency(
                partnership=standing.partnership,
                name=given["name"],
                sector=Sector(given["sector"]),
                kind=AgencyKind(given["kind"]),
                why_chosen=given["why_chosen"],
                starts_on=given["starts_on"],
                by=standing.person,
                now=timezone.now(),
            ),
        ):
            messages.success(request, f"{given['name'].strip()} is a member from {day_words(given['starts_on'])}.")
            return redirect("partnership_page", standing.partnership.slug)
    return form_page(
        request,
        title="Add an organisation",
        lead="An organisation that joins this partnership, and why it was chosen.",
        above=(Crumb("Partnership", within_partnership(request, "partnership_page")),),
        form=form,
        button="Add this organisation",
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def agency_leave(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say back which organisation is about to leave, ask for its last day, then let it leave."""
    present = memberships_visible_to(request.standing).filter(ends_on__isnull=True)
    membership = found_or_refused(present.select_related("agency", "partnership"), request, agency_id=pk)
    form = LastDayForm(sent(request), initial={"ends_on": timezone.localdate()})
    here = within_partnership(request, "agency_detail", pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form,
            lambda: end_membership(
                membership=membership,
                ends_on=form.cleaned_data["ends_on"],
                by=request.standing.person,
                now=timezone.now(),
            ),
        )
    ):
        last = day_words(form.cleaned_data["ends_on"])
        messages.success(request, f"The last day of {membership.agency} in this partnership is {last}.")
        return redirect(here)
    return form_page(
        request,
        title="End a membership",
        lead=f"You are about to let {membership.agency} leave {request.standing.partnership}.",
        above=(
            Crumb("Partnership", within_partnership(request, "partnership_page")),
            Crumb(membership.agency.name, here),
        ),
        form=form,
        button="End this membership",
        kind="warning",
        facts=[
            ("Place in the partnership", membership.get_kind_display()),
            ("Member since", day_words(membership.starts_on)),
        ],
        notes=("Its returns and figures stay. Duties that are held for it have to be ended first.",),
        back=here,
        back_words="Keep it as it is",
    )
