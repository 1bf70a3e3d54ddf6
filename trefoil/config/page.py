"""What every page's frame needs: whose partnership it is, and the words of the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for `design/base.html`."""
    standing = getattr(request, "standing", None)
    return {
        "standing": standing,
        "partnership": standing.partnership if standing else None,
        "is_demo": settings.DEMO,
    }
