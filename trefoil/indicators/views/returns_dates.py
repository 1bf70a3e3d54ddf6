"""Moving the due date and the closing date of a return, which opens one that has closed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.access.url_rules import within

from ..forms_returns import DatesForm
from ..models import AgencyReturn
from ..operations.returns import move_dates
from ..rules import check_can_move_dates
from .returns_page import ReturnRequest, about_return, detail_href, page
from .returns_words import day_words

LEAD = "Late is not locked. After its closing date, if it has one, an open return takes no more figures."


@within(Permission.OPEN_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_return
def return_dates(request: ReturnRequest, **_parts: object) -> HttpResponseBase:
    """Give the return other dates, with a reason; or say why they stay as they are."""
    held = request.agency_return
    why_not = _why_not(held, request.standing)
    form = DatesForm(request.POST if request.method == "POST" else None, held=held)
    if request.method == "POST" and not why_not and form.is_valid() and (done := _moved(request, form)):
        return done
    return page(
        request,
        "dates",
        title="Move the dates of this return",
        lead="" if why_not else LEAD,
        form=form,
        why_not=why_not,
        facts=_facts(held),
        back=detail_href(request, held),
    )


def _moved(request: ReturnRequest, form: DatesForm) -> HttpResponse | None:
    """Move them and go to the return; or put what stands against it on the form."""
    held, given = request.agency_return, form.cleaned_data
    try:
        move_dates(
            agency_return=held,
            due_on=given["due_on"],
            closes_on=given["closes_on"],
            reason=given["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )
    except NotAllowedError as error:
        form.add_error(None, _sentence(error))
        return None
    messages.success(request, f"The return is due on {day_words(held.due_on)} and {_closes(held)}.")
    return redirect(detail_href(request, held))


def _why_not(held: AgencyReturn, standing: Standing) -> str:
    try:
        check_can_move_dates(held, standing)
    except NotAllowedError as error:
        return _sentence(error)
    return ""


def _facts(held: AgencyReturn) -> list[tuple[str, str]]:
    """Whose dates they are, and what they are now."""
    return [
        ("Return", str(held)),
        ("Agency", held.agency.name),
        ("Opens", day_words(held.opens_on)),
        ("Due now", day_words(held.due_on)),
        ("Closes now", day_words(held.closes_on) if held.closes_on else "No closing date"),
    ]


def _closes(held: AgencyReturn) -> str:
    return f"closes on {day_words(held.closes_on)}" if held.closes_on else "has no closing date"


def _sentence(error: NotAllowedError) -> str:
    return f"{str(error)[:1].upper()}{str(error)[1:]}."
