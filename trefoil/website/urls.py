"""Pages of a partnership's public site, within it."""

from django.urls import path

from . import views

urlpatterns = [
    path("website/", views.website_page, name="website_page"),
    path("website/begin/", views.website_begin, name="website_begin"),
    path("website/change/", views.website_change, name="website_change"),
    path("website/switch/", views.website_switch, name="website_switch"),
    path("website/shown/", views.website_shown, name="website_shown"),
    path("website/shown/<path:path>", views.website_shown, name="website_shown_page"),
]
