"""Signing in, the account's own page, and the session: kept, about to end, ended everywhere."""

from typing import Any

import requests
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as openid_pages
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from trefoil.people.models import Person

from . import session
from .demo import demo_accounts
from .queries import partnerships_visible_to
from .second_factor import factors_of
from .url_rules import SIGNED_IN, access_rule


class SignInView(LoginView):  # type: ignore[misc]  # the library ships no types
    """The library's page, with the organisation's button and, in the demo alone, the demo's accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["organisations"] = get_adapter().list_providers(self.request)
        context["demo_accounts"] = demo_accounts(today=timezone.localdate()) if settings.DEMO else None
        return context


def organisation_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the organisation's identity provider. The library lets a provider that is down become a server error."""
    try:
        answer: HttpResponse = openid_pages.login(request, provider_id)
    except requests.RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
    return answer


@access_rule(SIGNED_IN)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Your account: password, second factor, passkeys, sessions."""
    person = _person(request)
    kinds = factors_of(person)
    return render(
        request,
        "account/account.html",
        {
            "title": "Your account",
            "person": person,
            "has_app": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "sessions": session.sessions_of(person),
            "partnerships": list(partnerships_visible_to(person, now=timezone.now())),
        },
    )


@access_rule(SIGNED_IN)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, this one too."""
    person = _person(request)
    session.sign_out(request, why="everywhere")
    session.end_every_session(person)
    messages.success(request, "You are signed out on every device.")
    return redirect("account_login")


@access_rule(SIGNED_IN)
@require_POST
def keep_session(request: HttpRequest) -> HttpResponse:
    """Go on for another idle hour. A script gets the seconds left as JSON; a form goes back to where it was.

    The middleware has begun the hour again for this request, as for every other one.
    """
    left = session.seconds_left(request.session, now=timezone.now())
    by_script = request.headers.get("Sec-Fetch-Dest") == "empty"
    if by_script or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"seconds": left})
    return redirect(_back(request))


@access_rule(SIGNED_IN)
@require_GET
def session_ending(request: HttpRequest) -> HttpResponse:
    """Without a script no page can warn by itself; this one says how long is left and offers to go on."""
    left = session.seconds_left(request.session, now=timezone.now())
    return render(
        request,
        "account/session_ending.html",
        {
            "title": "How long you stay signed in",
            "minutes_left": left // 60,
            "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
            "longest_hours": settings.SESSION_LONGEST_SECONDS // 3600,
        },
    )


def _back(request: HttpRequest) -> str:
    """The page that the form names, or the one it stood on, if it is one of ours; otherwise the page about sessions."""
    wanted = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("session_ending")


def _person(request: HttpRequest) -> Person:
    """Whoever is signed in; `SIGNED_IN` has made sure that somebody is."""
    if not isinstance(request.user, Person):
        raise TypeError("this page has no rule that asks for sign-in")
    return request.user
