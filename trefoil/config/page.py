"""What stands around every page: whose partnership it is, the navigation, the notes, and the end of the session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from trefoil.access.queries import openings_visible_to
from trefoil.access.rules import Standing
from trefoil.access.session import frame_of_session
from trefoil.design.frame import PageFrame
from trefoil.people.models import Partnership

from .navigation import navigation_for, section_for


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for `design/base.html`. It asks the database nothing more, unless emergency access is open."""
    standing: Standing | None = getattr(request, "standing", None)
    return {
        "frame": frame_of(request, standing),
        "standing": standing,
        "partnership": standing.partnership if standing else None,
        "is_demo": settings.DEMO,
    }


def frame_of(request: HttpRequest, standing: Standing | None) -> PageFrame:
    """The frame of a page within a partnership, or of one outside any."""
    around = {"accessibility_href": reverse("accessibility"), "home_href": reverse("home"), **frame_of_session(request)}
    if standing is None:
        return PageFrame(**around)
    partnership = standing.partnership
    around["home_href"] = reverse("partnership_home", args=[partnership.slug])
    return PageFrame(
        partnership_name=partnership.name,
        colour=partnership.colour,
        navigation=navigation_for(standing, request.path),
        section=section_for(standing, request.path),
        messages_href=reverse("message_list", args=[partnership.slug]),
        unread=standing.counts.get("unread", 0),
        demo_note=demo_note(partnership),
        published_note=published_note(partnership),
        emergency_note=emergency_note(standing),
        emergency_href=reverse("emergency", args=[partnership.slug]),
        **around,
    )


def demo_note(partnership: Partnership) -> str:
    """On invented partnerships alone."""
    if not partnership.is_invented:
        return ""
    return f"{partnership.area.name} is an invented borough. Every figure and person on this page is invented."


def published_note(partnership: Partnership) -> str:
    """On partnerships that hold published figures alone."""
    if not partnership.published_only:
        return ""
    return f"These are published figures for {partnership.area.name}, each with its source. Nobody’s name is held here."


def emergency_note(standing: Standing) -> str:
    """While the reader has emergency access open: until when."""
    if not standing.opened:
        return ""
    own = openings_visible_to(standing).filter(person=standing.person, closed_at__isnull=True)
    ends_at = own.latest("ends_at").ends_at
    return f"You have emergency access until {timezone.localtime(ends_at):%H:%M}. What you read is on the trail."
