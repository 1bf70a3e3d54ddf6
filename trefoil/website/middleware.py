"""Requests for a public site's host name, answered before anything of the signed-in side begins.

No session, no cookie, no sign-in page and no file of the application is within reach of that name: the folder of the
site is all there is.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from .folder import store
from .serving import answer, site_at_host


class PublicSiteMiddleware:
    """First of all: what a public site is asked for never goes further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        folder = site_at_host(store(), request.META.get("HTTP_HOST", ""))
        if folder is None:
            return self.get_response(request)
        path = request.path_info.removeprefix("/")
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            host = request.META["HTTP_HOST"].lower().partition(":")[0]
            return HttpResponsePermanentRedirect(f"https://{host}{request.get_full_path()}")
        return answer(request, folder, path)
