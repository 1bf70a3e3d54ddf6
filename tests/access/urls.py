"""The project's addresses, and a front page for people to arrive at after they sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from trefoil.access.url_rules import SIGNED_IN, access_rule
from trefoil.config.urls import urlpatterns as project_pages


@access_rule(SIGNED_IN)
def front_page(request: HttpRequest) -> HttpResponse:
    """A signed-in page in the project's frame."""
    return render(request, "design/base.html", {"title": "Front page"})


# First, where it is found before a partnership called front; last, where its name is the one that counts.
_FRONT = path("front/", front_page, name="home")
urlpatterns = [_FRONT, *project_pages, _FRONT]
