"""Before the gravest records open, somebody says again who they are: with a second factor if they have one, else with
their password; and whoever signs in by their organisation alone, by signing in again.

A sign-in counts as well as a confirmation: what matters is how long ago it was.
"""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone

from trefoil.people.models import Person

from . import session
from .second_factor import factors_of

FACTOR, PASSWORD, BY_PASSKEY = "mfa", "password", "mfa_reauthenticate_webauthn"
NOT_ENOUGH = "A password alone does not open this page. Confirm with your app or passkey."


class AskAgainError(Exception):
    """The reader has to say again who they are. `within` answers it, outside every transaction of the view.

    What they showed before `since`, in seconds since 1970, does not count any more.
    """

    def __init__(self, person: Person, since: float) -> None:
        super().__init__()
        self.person, self.since = person, since

    def way_on(self, request: HttpRequest) -> HttpResponseRedirect:
        """To the page that asks and back here; for whoever has neither password nor factor, out and in again."""
        back, factors = request.get_full_path(), factors_of(self.person)
        if factors:
            if _last(request, self.person, {PASSWORD}) >= self.since:
                messages.warning(request, NOT_ENOUGH)
            by_app = Authenticator.Type.TOTP in factors
            return redirect_to_login(back, resolve_url("mfa_reauthenticate" if by_app else BY_PASSKEY))
        if self.person.has_usable_password():
            return redirect_to_login(back, resolve_url("account_reauthenticate"))
        session.sign_out(request, why="step_up")
        return redirect_to_login(back)


def ask_again(request: HttpRequest, person: Person, *, lasting: timedelta) -> None:
    """Nothing where the person said who they are within `lasting`; else on to the page that asks, and back here.

    What is sent to a page that was open gets the longest idle time, so that nobody loses what they typed to it. Call
    it, in a view under `within`, once it is settled that the page is theirs: whoever may not see it must get the same
    404 as ever. Raises AskAgainError.
    """
    if request.method == "POST":
        lasting = max(lasting, timedelta(seconds=settings.SESSION_IDLE_SECONDS))
    since = (timezone.now() - lasting).timestamp()
    if _last(request, person, _means(person)) < since:
        raise AskAgainError(person, since)


def _means(person: Person) -> set[str]:
    """The ways of saying who one is that count for this person; none for who signs in by their organisation alone."""
    if factors_of(person):
        return {FACTOR}
    return {PASSWORD} if person.has_usable_password() else set()


def _last(request: HttpRequest, person: Person, means: set[str]) -> float:
    """When, in seconds since 1970, the person last showed one of these; without any, when this session began."""
    if not means:
        return float(request.session.get(session.STARTED_KEY, 0))
    records: list[dict[str, Any]] = get_authentication_records(request, person)
    return max((float(one["at"]) for one in records if one["method"] in means), default=0.0)
