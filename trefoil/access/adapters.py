"""Where the sign-in library (django-allauth) asks us what to do."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from . import field_encryption
from .sign_in import person_with_one_of, record_failed_sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts are given, never taken: nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "too_many_login_attempts": "Too many failed tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, _request: HttpRequest, **credentials: Any) -> None:
        record_failed_sign_in(email=str(credentials.get("email", "")), now=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """Seeds are sealed before they reach the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code or passkey was not accepted. Try again.",
    }

    def encrypt(self, text: str) -> str:
        return field_encryption.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return field_encryption.open_text(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Trefoil"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Trefoil"}


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Sign-in by an organisation's identity provider: opens an account that exists, and never makes one."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, _request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account under an e-mail address that the provider says it has verified.

        Nothing is stored about the provider's account, so the address is matched anew each time. Joining a provider's
        account to the one that is signed in is refused: it would let a second address open the same account.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        verified = {address.email.lower() for address in sociallogin.email_addresses if address.verified is True}
        if person := person_with_one_of(verified):
            sociallogin.user = person
