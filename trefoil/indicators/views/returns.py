"""The list of returns, and opening one for an agency."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import memberships_visible_to
from trefoil.access.url_rules import PageRequest, within
from trefoil.people.models import Agency, in_force

from ..catalogue.loader import catalogue
from ..forms_returns import AgencyChoice, OpenReturnForm, ReturnFilter
from ..operations.returns import open_return
from ..queries_returns import late_first
from ..rules import returns_visible_to
from .returns_page import READS, detail_href, page
from .returns_words import counted, return_line

PER_PAGE = 25


@within(*READS)
@require_safe
def return_list(request: PageRequest) -> HttpResponse:
    """The returns that the reader may see, late first; a GET form narrows them down."""
    standing, today = request.standing, timezone.localdate()
    returns = returns_visible_to(standing)
    search = ReturnFilter(request.GET, returns=returns)
    shown = Paginator(late_first(search.among(returns), today), PER_PAGE).get_page(request.GET.get("page"))
    lines = [return_line(one, standing, today) for one in shown]
    count = shown.paginator.count
    return page(
        request,
        "list",
        title="Returns",
        lead="Each agency’s figures for a period: when they are due, where they stand and who has to act. "
        "Late ones come first.",
        search=search,
        shown=shown,
        lines=lines,
        count_words=counted(count, "return"),
        may_open=standing.may(Permission.OPEN_RETURN),
        may_read_extracts=standing.may(Permission.EXTRACT_FIGURES),
    )


@within(Permission.OPEN_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
def return_open(request: PageRequest) -> HttpResponse:
    """Ask an agency for its figures: first which agency, then for what and until when."""
    agencies = _agencies(request)
    asked = request.POST.get("agency") or request.GET.get("agency", "")
    agency = agencies.get(int(asked)) if asked.isdecimal() and asked.isascii() else None
    if agency is None:
        choice = AgencyChoice(request.GET if "agency" in request.GET else None, agencies=list(agencies.values()))
        return page(
            request,
            "open_agency",
            title="Open a return",
            lead="First choose whom you ask. The measures that its sector answers for are then ticked for you.",
            form=choice,
        )
    today = timezone.localdate()
    form = OpenReturnForm(
        request.POST if request.method == "POST" else None, agency=agency, definitions=tuple(catalogue()), today=today
    )
    if request.method == "POST" and form.is_valid() and (done := _opened(request, form, agency)):
        return done
    return page(
        request,
        "open",
        title=f"Open a return for {agency}",
        lead="The agency’s data contact and safeguarding lead can fill it in from the day it opens.",
        form=form,
        agency=agency,
    )


def _agencies(request: PageRequest) -> dict[int, Agency]:
    """The agencies of the partnership today, by name."""
    members = memberships_visible_to(request.standing).filter(in_force(timezone.localdate()))
    return {one.agency_id: one.agency for one in members.order_by("agency__name")}


def _opened(request: PageRequest, form: OpenReturnForm, agency: Agency) -> HttpResponse | None:
    """Open it and go there; or put what stands against it on the form."""
    given = form.cleaned_data
    try:
        opened = open_return(
            partnership=request.standing.partnership,
            agency=agency,
            title=given["title"],
            period=given["period"],
            indicators=form.indicators_chosen,
            opens_on=given["opens_on"],
            due_on=given["due_on"],
            closes_on=given["closes_on"],
            by=request.standing.person,
            now=timezone.now(),
        )
    except NotAllowedError as error:
        form.add_error(None, str(error))
    except IntegrityError:
        form.add_error("title", f"{agency} already has a return with this title for this period. Choose another title.")
    else:
        messages.success(request, f"The return “{opened}” is open for {agency}.")
        return redirect(detail_href(request, opened))
    return None
