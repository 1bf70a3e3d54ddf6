"""How long a session lasts: an hour unused, twelve hours in all. It can be kept, and it can be ended everywhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from trefoil.people.models import Person

STARTED_KEY = "started_at"
SEEN_KEY = "seen_at"
ENDED_BECAUSE_KEY = "ended_because"

# A session is written to the database at most this often for being used, in seconds.
SEEN_EVERY = 60

WHY_WORDS = {
    "idle": "You were signed out because this page was not used for an hour. Sign in to go on.",
    "too_long": "You were signed out because twelve hours had passed since you signed in. Sign in to go on.",
    "step_up": "The page that you opened asks again who you are. Sign in to open it.",
}


def start(session: SessionBase, *, now: datetime) -> None:
    """Both clocks begin: at sign-in."""
    session[STARTED_KEY] = session[SEEN_KEY] = now.timestamp()


def seconds_left(session: SessionBase, *, now: datetime) -> int:
    """Whole seconds until the session ends if it is not used again; 0 when it has ended."""
    idle_end = session.get(SEEN_KEY, 0) + settings.SESSION_IDLE_SECONDS
    full_end = session.get(STARTED_KEY, 0) + settings.SESSION_LONGEST_SECONDS
    return max(0, int(min(idle_end, full_end) - now.timestamp()))


def why_ended(session: SessionBase, *, now: datetime) -> str:
    """Empty while the session holds; otherwise `idle` or `too_long`."""
    if now.timestamp() >= session.get(STARTED_KEY, 0) + settings.SESSION_LONGEST_SECONDS:
        return "too_long"
    return "" if seconds_left(session, now=now) else "idle"


def mark_used(session: SessionBase, *, now: datetime) -> None:
    """Begin the idle hour again, unless that was done less than a minute ago."""
    if now.timestamp() - session.get(SEEN_KEY, 0) >= SEEN_EVERY:
        session[SEEN_KEY] = now.timestamp()


class SessionLimitsMiddleware:
    """Ends a session that is past either limit before anything is served to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = timezone.now()
            if why := why_ended(request.session, now=now):
                sign_out(request, why=why)
            else:
                mark_used(request.session, now=now)
        return self.get_response(request)


def frame_of_session(request: HttpRequest) -> dict[str, Any]:
    """The parts of `design.frame.PageFrame` that are about the account and the end of its session."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"sign_in_href": reverse("account_login")}
    return {
        "person_name": user.name,
        "account_href": reverse("account"),
        "sign_out_href": reverse("account_logout"),
        "session_seconds": seconds_left(request.session, now=timezone.now()),
        "keep_session_href": reverse("session_keep"),
        "session_warning_seconds": settings.SESSION_WARNING_SECONDS,
    }


def sign_out(request: HttpRequest, *, why: str) -> None:
    """End this session; `why` goes on the trail and, where there are words for it, on the next page."""
    request.session[ENDED_BECAUSE_KEY] = why
    logout(request)
    if words := WHY_WORDS.get(why):
        messages.warning(request, words)


def sessions_of(person: Person) -> list[UserSession]:
    """The sessions in which this person is signed in now, newest first."""
    found = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def end_every_session(person: Person) -> int:
    """Sign the person out on every device. How many sessions there were."""
    found = sessions_of(person)
    for one in found:
        one.end()
    return len(found)
