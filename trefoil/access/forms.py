"""The sign-in library's forms in our words: labels beside the boxes, no grey text inside them."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_factor_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms

ADVICE = "At least 12 characters. Three words that have nothing to do with each other are good."


class PlainForm(forms.Form):
    """Takes the placeholders out and puts `words` (label, help text) in."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(PlainForm, account_forms.LoginForm):  # type: ignore[misc]  # the library ships no types
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}


class ForgottenPasswordForm(PlainForm, account_forms.ResetPasswordForm):  # type: ignore[misc]  # as above
    words = {"email": ("E-mail address", "")}


class NewPasswordForm(PlainForm, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    words = {"password1": ("New password", ADVICE), "password2": ("New password again", "")}


class SetPasswordForm(PlainForm, account_forms.SetPasswordForm):  # type: ignore[misc]  # as above
    words = NewPasswordForm.words


class ChangePasswordForm(PlainForm, account_forms.ChangePasswordForm):  # type: ignore[misc]  # as above
    words = {"oldpassword": ("Password now", ""), **NewPasswordForm.words}


class ConfirmPasswordForm(PlainForm, account_forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    words = {"password": ("Password", "")}


class CodeForm(PlainForm, second_factor_forms.AuthenticateForm):  # type: ignore[misc]  # as above
    words = {"code": ("Code", "Six digits from your authenticator app, or one of your recovery codes.")}


class ConfirmCodeForm(PlainForm, second_factor_forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    words = CodeForm.words


class SetUpAppForm(PlainForm, app_forms.ActivateTOTPForm):  # type: ignore[misc]  # as above
    words = {"code": ("Code", "Six digits that the app shows now.")}


class AddPasskeyForm(PlainForm, passkey_forms.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey is made so that it can be used alone unless the person says otherwise."""

    words = {
        "name": ("Name", "So that you can tell your passkeys apart, such as Work laptop."),
        "passwordless": (
            "Sign in with this passkey alone, without a password",
            "The device then asks for your fingerprint, face or PIN each time.",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(PlainForm, passkey_forms.EditWebAuthnForm):  # type: ignore[misc]  # as above
    words = {"name": ("Name", "")}
