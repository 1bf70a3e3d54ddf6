"""Sites under a path, in the demo alone."""

from django.urls import path

from . import views

urlpatterns = [
    path("site/<slug:site>/", views.demo_site, name="demo_site"),
    path("site/<slug:site>/<path:path>", views.demo_site, name="demo_site_page"),
]
