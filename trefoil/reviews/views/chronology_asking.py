"""An agency asked for its chronology by a day, and what it says when it has entered all it knows."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..forms_chronology import AskForm, HandInForm
from ..operations.chronology_asking import ask_for_chronology, hand_in_chronology
from ..queries_chronology_asked import open_askings
from .chronology_frame import found_request, found_written, way_to_merged, way_to_own
from .frame import METHODS, form_page, found_led, href, sent


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_ask(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Set the day by which an agency is to have entered what it knows."""
    review, asked = found_led(request, reference), found_request(request, reference, pk)
    form = AskForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: ask_for_chronology(
            request=asked, due_on=form.cleaned_data["due_on"], by=request.standing.person, now=timezone.now()
        ),
        done=f"{asked.agency} is asked for its chronology.",
        to=href(request, "chronology_merged", reference),
        button="Ask for it",
        title=f"Ask {asked.agency} for its chronology",
        lead=f"{asked.person} is told that it is asked for, and again before it is due. No message names the review.",
        above=way_to_merged(request, review),
    )


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
def chronology_hand_in(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Say that all is entered, or that the agency knows nothing."""
    asked = found_written(request, reference, pk)
    asking = found_or_refused(open_askings(asked), request)
    form = HandInForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: hand_in_chronology(
            asking=asking,
            knows_nothing=form.cleaned_data["said"] == "nothing",
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="It is handed in. You can still add and correct entries.",
        to=href(request, "chronology_own", reference, pk),
        button="Hand it in",
        title=f"Hand in the chronology of {asked.agency}",
        lead="Who runs the review is told. You can still add and correct entries after it.",
        above=way_to_own(request, asked),
    )
