"""Settings of the two services outside: the mail server, and the organisation's own identity provider."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

OIDC_PARTS = ("OIDC_NAME", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
PROVIDER_ID = "organisation"
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(found: Environment) -> dict[str, Any]:
    """Django's EMAIL_ settings from TREFOIL_EMAIL.

    `smtps://` is TLS from the start; `smtp+tls://`, and `smtp://` with a user, ask for TLS and send nothing without it;
    `smtp://` without a user is in the clear, which production refuses unless the mail server is on the same machine.
    Without the variable, which only the demo and tests allow, the demo writes each letter into a file, so that what it
    prints can be read; else letters are printed where the server runs.
    """
    url = found.get("EMAIL")
    sender = {"DEFAULT_FROM_EMAIL": found.get("EMAIL_FROM", "trefoil@localhost")}
    if not url and found.is_demo:
        letters = {"EMAIL_FILE_PATH": str(found.home / "letters")}
        return sender | letters | {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    if not url:
        return sender | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured("TREFOIL_EMAIL must look like smtps://user:password@host:465 or smtp+tls://host:587")
    return sender | {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls" or (parts.scheme == "smtp" and bool(parts.username)),
        "EMAIL_TIMEOUT": 20,
    }


def organisation_sign_in(found: Environment) -> list[dict[str, Any]]:
    """The library's app entry for the identity provider, or none. All four variables are given, or none of them."""
    given = {part: found.get(part) for part in OIDC_PARTS}
    if not any(given.values()):
        return []
    if missing := [f"TREFOIL_{part}" for part, value in given.items() if not value]:
        raise ImproperlyConfigured(f"sign-in by your organisation also needs {', '.join(missing)}")
    issuer = given["OIDC_ISSUER"].rstrip("/")
    if found.is_production and not issuer.startswith("https://"):
        raise ImproperlyConfigured("TREFOIL_OIDC_ISSUER must begin with https:// in production")
    return [
        {
            "provider_id": PROVIDER_ID,
            "name": given["OIDC_NAME"],
            "client_id": given["OIDC_CLIENT_ID"],
            "secret": given["OIDC_CLIENT_SECRET"],
            "settings": {"server_url": issuer},
        }
    ]


def organisation_origins(found: Environment) -> list[str]:
    """The identity provider's origin, such as https://login.example.org, for the Content Security Policy."""
    addresses = [urlsplit(app["settings"]["server_url"]) for app in organisation_sign_in(found)]
    return [f"{address.scheme}://{address.netloc}" for address in addresses]


def second_factor_claims(found: Environment) -> dict[str, frozenset[str]]:
    """Which claims of the identity provider are believed to mean that it asked for a second factor.

    TREFOIL_OIDC_SECOND_FACTOR is a list such as `amr=mfa,amr=otp,acr=urn:example:mfa`; empty trusts none.
    """
    trusted: dict[str, frozenset[str]] = {}
    for part in filter(None, found.get("OIDC_SECOND_FACTOR").split(",")):
        claim, _, value = part.strip().partition("=")
        if claim not in {"amr", "acr"} or not value:
            raise ImproperlyConfigured("TREFOIL_OIDC_SECOND_FACTOR must be a list such as amr=mfa,amr=otp")
        trusted[claim] = trusted.get(claim, frozenset()) | {value}
    return trusted
