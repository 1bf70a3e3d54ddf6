"""The sign-in library tells us what happened by signals; here each becomes a line on the trail.

The only signals in the project: the library offers no other way (docs/decisions/0007-sign-in.md).
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second_factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from trefoil.people.models import Person

from . import second_factor, session
from .sign_in import (
    record_failed_sign_in,
    record_password_changed,
    record_second_factor_changed,
    record_signed_in,
    record_signed_out,
)


@receiver(user_logged_in)
def on_session_begun(request: HttpRequest, **_rest: Any) -> None:
    """Django's own signal, sent for every way of signing in: the session's clocks start."""
    session.start(request.session, now=timezone.now())


@receiver(account_signals.user_logged_in)
def on_signed_in(request: HttpRequest, user: Person, sociallogin: Any = None, **_rest: Any) -> None:
    """What an organisation's provider attests is noted, and the sign-in is on the trail."""
    second_factor.note_attested(request.session, sociallogin)
    steps = get_authentication_records(request, user)
    record_signed_in(person=user, means=[step.get("type") or step["method"] for step in steps], now=timezone.now())


@receiver(user_logged_out)
def on_signed_out(request: HttpRequest, user: Person | None, **_rest: Any) -> None:
    if user is not None:
        record_signed_out(person=user, now=timezone.now(), why=request.session.get(session.ENDED_BECAUSE_KEY, "asked"))


@receiver(second_factor_signals.authentication_failed)
def on_second_factor_refused(user: Person, **_rest: Any) -> None:
    record_failed_sign_in(email=user.email, now=timezone.now(), step="second_factor")


@receiver(second_factor_signals.authenticator_added)
def on_second_factor_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_rest: Any) -> None:
    _second_factor_changed(request, user, authenticator, "added")


@receiver(second_factor_signals.authenticator_removed)
def on_second_factor_removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_rest: Any) -> None:
    _second_factor_changed(request, user, authenticator, "removed")


@receiver(second_factor_signals.authenticator_reset)
def on_second_factor_renewed(request: HttpRequest, user: Person, authenticator: Authenticator, **_rest: Any) -> None:
    _second_factor_changed(request, user, authenticator, "renewed")


def _second_factor_changed(request: HttpRequest, person: Person, authenticator: Authenticator, change: str) -> None:
    second_factor.forget_answer(request.session)
    record_second_factor_changed(
        person=person, by=person, change=change, kind=str(authenticator.type), now=timezone.now()
    )


@receiver(account_signals.password_changed)
def on_password_changed(user: Person, **_rest: Any) -> None:
    record_password_changed(person=user, how="changed", now=timezone.now())


@receiver(account_signals.password_set)
def on_password_set(user: Person, **_rest: Any) -> None:
    record_password_changed(person=user, how="set", now=timezone.now())


@receiver(account_signals.password_reset)
def on_password_reset(user: Person, **_rest: Any) -> None:
    record_password_changed(person=user, how="reset", now=timezone.now())
