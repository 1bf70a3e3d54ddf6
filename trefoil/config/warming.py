"""What a worker does once before its first request, so that no reader waits for it. Asks no database."""

from django.template.loader import get_template
from django.urls import get_resolver

from trefoil.indicators.catalogue.loader import catalogue

# One page that extends the frame with its components; what it includes is read and compiled with it.
FIRST_TEMPLATE = "workspace/partnership_home.html"


def warm() -> None:
    """Load every view, the catalogue of measures and the frame of a page. Raises what a first request would raise.

    No connection is opened: a server may load the application once and divide into workers afterwards.
    """
    get_resolver().url_patterns  # noqa: B018  reading it imports the views
    catalogue()
    get_template(FIRST_TEMPLATE)
