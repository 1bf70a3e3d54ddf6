"""Headers that Django does not send by itself: what a page may use of the device, and that nobody keeps a copy."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class HeadersMiddleware:
    """Adds Permissions-Policy everywhere, and `Cache-Control: no-store` to what a signed-in person was served.

    A view that sends its own Cache-Control is left alone: it has thought about it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.policy
        user = getattr(request, "user", None)  # a static file is served before anybody asks who it is for
        if user is not None and user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
