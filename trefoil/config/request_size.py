"""How much one request may bring. A body that is too long is refused before it is read, from strangers too."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import standing_in
from trefoil.indicators.intake.sheets import MAX_BYTES
from trefoil.people.models import Person

MEGABYTE = 1024 * 1024
# The largest file of figures, and room for the form around it.
MAX_REQUEST_BYTES = MAX_BYTES + MEGABYTE

# The one page that takes an extract, which is larger than any file of figures.
UPLOAD = re.compile(r"^/(?P<slug>[-\w]+)/extracts/upload/$")


class RequestSizeMiddleware:
    """Answers 413 to a body whose announced length is over the limit of its page.

    It stands before everything that reads a body, the check of the form's token being the first. The announced length
    is enough: Django reads no byte beyond it, and nothing at all of a body that announces none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if UPLOAD.match(request.path):
            limit = settings.EXTRACT_MAX_BYTES
            return self.get_response(request) if announced(request) <= limit + MEGABYTE else too_long(limit)
        return self.get_response(request) if announced(request) <= MAX_REQUEST_BYTES else too_long(MAX_BYTES)


class UploaderMiddleware:
    """Only who may load extracts may send one: anybody else's long body is refused as on every other page.

    It stands after the session is known. The form's token is checked later still, when Django has chosen the view, so
    nothing has been read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = UPLOAD.match(request.path)
        if page and announced(request) > MAX_REQUEST_BYTES and not _may_load(request, page["slug"]):
            return too_long(MAX_BYTES)
        return self.get_response(request)


def _may_load(request: HttpRequest, slug: str) -> bool:
    if not isinstance(request.user, Person):
        return False
    standing = standing_in(request.user, slug, now=timezone.now())
    return standing is not None and standing.may(Permission.EXTRACT_LOAD)


def too_long(limit: int) -> HttpResponse:
    """The page that says how much is taken, in whole megabytes."""
    return HttpResponse(render_to_string("413.html", {"megabytes": limit // MEGABYTE}), status=413)


def announced(request: HttpRequest) -> int:
    """The length in bytes; none when it is no number, as Django takes it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
