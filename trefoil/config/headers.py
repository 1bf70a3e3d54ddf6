"""Headers that Django does not send by itself: what a page may use of the device, that nobody keeps a copy, and how
long the page took."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class HeadersMiddleware:
    """Adds Permissions-Policy everywhere, and to what a signed-in person was served `Cache-Control: no-store` and
    `Server-Timing: app;dur=<milliseconds>`.

    A view that sends its own Cache-Control is left alone: it has thought about it. Nobody else, and no refusal, is
    told a duration: at sign-in it would help to guess which accounts there are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.policy
        user = getattr(request, "user", None)  # a static file is served before anybody asks who it is for
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
            if response.status_code < 400:
                response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.1f}"
        return response
