"""Emergency access: open it with a reason, see what is open, end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.operations import break_glass, close_opening
from trefoil.access.queries import openings_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..forms import EmergencyForm
from ..tables import opening_table
from .frame import page

MOST_PAST = 50


@within(Permission.READ_FIGURES)
@require_safe
def emergency(request: PageRequest) -> HttpResponse:
    """What is open and what was, and the form for those whose duties include it."""
    return _emergency_page(request, EmergencyForm())


@within(Permission.BREAK_GLASS)
@require_POST
def emergency_open(request: PageRequest) -> HttpResponse:
    """Open emergency access, or say why not."""
    form = EmergencyForm(request.POST)
    if form.is_valid():
        try:
            opening = break_glass(
                partnership=request.standing.partnership,
                permission=form.opens,
                reason=form.cleaned_data["reason"],
                lasting=form.lasting,
                by=request.standing.person,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            form.add_error(None, _sentence(error))
        else:
            ends = timezone.localtime(opening.ends_at)
            messages.success(request, f"Emergency access is open until {ends:%H:%M}. End it as soon as you are done.")
            return redirect("emergency", request.standing.partnership.slug)
    return _emergency_page(request, form, status=422)


@within(Permission.READ_FIGURES)
@require_POST
def emergency_close(request: PageRequest, *, pk: int) -> HttpResponse:
    """End an opening now."""
    opening = found_or_refused(openings_visible_to(request.standing), request, pk=pk)
    try:
        close_opening(opening=opening, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, _sentence(error))
    else:
        messages.success(request, "Emergency access has ended.")
    return redirect("emergency", request.standing.partnership.slug)


def _emergency_page(request: PageRequest, form: EmergencyForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    openings = list(openings_visible_to(request.standing)[:MOST_PAST])
    running = [one for one in openings if one.closed_at is None and one.opened_at <= now < one.ends_at]
    return page(
        request,
        "emergency",
        title="Emergency access",
        lead="For when a child may be at risk and your duties do not show you what you need. It lets you read, "
        "never change, and it ends by itself.",
        status=status,
        form=form,
        may_open=request.standing.may(Permission.BREAK_GLASS),
        sees_all=Permission.READ_TRAIL in request.standing.permissions,
        running=running,
        past=opening_table([one for one in openings if one not in running]),
    )


def _sentence(error: NotAllowedError) -> str:
    """The operation's reason as a sentence."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
