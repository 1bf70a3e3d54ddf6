"""Who must have a second factor, and the gate that serves nothing else until they have one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from trefoil.people.models import Person

from .queries import sensitive_duties_of

REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# How long a session is believed to owe nothing before the database is asked again, in seconds.
ANSWER_LASTS = 5 * 60
ANSWER_KEY = "owes_no_second_factor_until"
ATTESTED_KEY = "provider_attested_second_factor"

# What somebody who still owes a second factor may open: the way to set one up, and the way out.
OPEN_WITHOUT = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_set_password",
        "account_logout",
        "session_keep",
        "session_ending",
    }
)


def factors_of(person: Person) -> list[str]:
    """The kind of each authenticator app and passkey of this person."""
    return list(Authenticator.objects.filter(user=person, type__in=REAL_FACTORS).values_list("type", flat=True))


def owes_second_factor(person: Person, *, now: datetime) -> bool:
    """Whether this person holds a sensitive duty today and has neither an app nor a passkey. One query."""
    own = Authenticator.objects.filter(user_id=OuterRef("person_id"), type__in=REAL_FACTORS)
    duties: Any = sensitive_duties_of(person, now=now)
    return bool(duties.exclude(Exists(own)).exists())


def attests_second_factor(claims: dict[str, Any], trusted: dict[str, frozenset[str]]) -> bool:
    """Whether an identity provider's claims say that it asked for a second factor.

    `trusted` says which values of which claim are believed, such as {"amr": {"mfa"}}. `amr` is a list of methods and
    `acr` one class (OpenID Connect Core 1.0, section 2); both are read as a set of values.
    """
    return any(values & _values(claims.get(claim)) for claim, values in trusted.items())


def _values(claim: object) -> set[str]:
    if isinstance(claim, str):
        return {claim}
    return {str(value) for value in claim} if isinstance(claim, list) else set()


def note_attested(session: SessionBase, sociallogin: Any) -> None:
    """At sign-in: keep in the session whether the organisation's provider attested a second factor (or no longer)."""
    claims = (sociallogin.account.extra_data.get("id_token") or {}) if sociallogin else {}
    session[ATTESTED_KEY] = attests_second_factor(claims, settings.OIDC_SECOND_FACTOR)


def forget_answer(session: SessionBase) -> None:
    """After a change of second factors the database is asked again."""
    session.pop(ANSWER_KEY, None)


class SecondFactorMiddleware:
    """Sends a person who owes a second factor to the page that sets one up, and serves them nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT or not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if _believed(request.session, timezone.now()) or request.session.get(ATTESTED_KEY):
            return None
        if owes_second_factor(request.user, now=timezone.now()):
            return redirect("mfa_index")
        request.session[ANSWER_KEY] = timezone.now().timestamp() + ANSWER_LASTS
        return None


def _believed(session: SessionBase, now: datetime) -> bool:
    return float(session.get(ANSWER_KEY, 0)) > now.timestamp()
