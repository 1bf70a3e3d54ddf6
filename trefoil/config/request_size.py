"""How much one request may bring. A body that is too long is refused before it is read, from strangers too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from trefoil.indicators.intake.sheets import MAX_BYTES

MEGABYTE = 1024 * 1024
# The largest file of figures, and room for the form around it.
MAX_REQUEST_BYTES = MAX_BYTES + MEGABYTE


class RequestSizeMiddleware:
    """Answers 413 to a body whose announced length is over the limit.

    It stands before everything that reads a body, the check of the form's token being the first. The announced length
    is enough: Django reads no byte beyond it, and nothing at all of a body that announces none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _announced(request) > MAX_REQUEST_BYTES:
            return HttpResponse(render_to_string("413.html", {"megabytes": MAX_BYTES // MEGABYTE}), status=413)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    """The length in bytes; none when it is no number, as Django takes it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
