"""Pages for everybody: whether the service is up, and how accessible it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trefoil.access.url_rules import PUBLIC, access_rule

from ..queries import database_answers


@access_rule(PUBLIC)
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """`ok` once the database has answered; a database that does not answer is a server error."""
    database_answers()
    return HttpResponse("ok", content_type="text/plain")


@access_rule(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "workspace/accessibility.html")
