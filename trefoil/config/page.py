"""What every page's frame needs: whose partnership it is, and the words of the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from trefoil.access.session import frame_of_session
from trefoil.design.frame import PageFrame


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for `design/base.html`."""
    standing = getattr(request, "standing", None)
    return {
        "frame": PageFrame(**frame_of_session(request)),
        "standing": standing,
        "partnership": standing.partnership if standing else None,
        "is_demo": settings.DEMO,
    }
