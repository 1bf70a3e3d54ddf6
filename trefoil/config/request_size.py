"""How much one request may bring. A body that is too long is refused before it is read, from strangers too."""

import re
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class LargePage:
    """A page that takes more than the others: the name of the setting with its limit, and who may send so much."""

    address: re.Pattern[str]
    setting: str
    permissions: tuple[Permission, ...]

    @property
    def limit(self) -> int:
        return int(getattr(settings, self.setting))


LARGE_PAGES = (
    LargePage(re.compile(r"^/(?P<slug>[-\w]+)/extracts/upload/$"), "EXTRACT_MAX_BYTES", (Permission.EXTRACT_LOAD,)),
    LargePage(
        re.compile(r"^/(?P<slug>[-\w]+)/documents/(about/[^/]+(/[^/]+)?|\d+)/$"),
        "DOCUMENT_MAX_BYTES",
        (Permission.READ_MEETINGS, Permission.READ_PLAN),
    ),
)


class RequestSizeMiddleware:
    """Answers 413 to a body whose announced length is over the limit of its page.

    It stands before everything that reads a body, the check of the form's token being the first. The announced length
    is enough: Django reads no byte beyond it, and nothing at all of a body that announces none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page, _ = large_page(request.path)
        limit = page.limit if page else MAX_BYTES
        return self.get_response(request) if announced(request) <= limit + MEGABYTE else too_long(limit)


class UploaderMiddleware:
    """Only who may use a large page may send so much to it: anybody else's long body is refused as on every other page.

    It stands after the session is known. The form's token is checked later still, when Django has chosen the view, so
    nothing has been read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page, slug = large_page(request.path)
        if page and announced(request) > MAX_REQUEST_BYTES and not _may_send(request, slug, page.permissions):
            return too_long(MAX_BYTES)
        return self.get_response(request)


def large_page(path: str) -> tuple[LargePage | None, str]:
    """The large page at this address and the partnership's slug; None and nothing for every other address."""
    for page in LARGE_PAGES:
        if found := page.address.match(path):
            return page, found["slug"]
    return None, ""


def _may_send(request: HttpRequest, slug: str, permissions: tuple[Permission, ...]) -> bool:
    if not isinstance(request.user, Person):
        return False
    standing = standing_in(request.user, slug, now=timezone.now())
    return standing is not None and any(standing.may(one) for one in permissions)


def too_long(limit: int) -> HttpResponse:
    """The page that says how much is taken, in whole megabytes."""
    return HttpResponse(render_to_string("413.html", {"megabytes": limit // MEGABYTE}), status=413)


def announced(request: HttpRequest) -> int:
    """The length in bytes; none when it is no number, as Django takes it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
