"""Addresses of the pages of extracts, below a partnership's slug."""

from django.urls import path

from .views.disproportionality import disproportionality_file, disproportionality_of, disproportionality_overview
from .views.extract_detail import (
    extract_again,
    extract_delete,
    extract_detail,
    extract_finding,
    extract_progress,
    extract_report,
)
from .views.extracts import extract_list, extract_upload
from .views.figures import extract_figures, extract_indicator
from .views.group_children import group_children
from .views.journey import extract_journey
from .views.quality import extract_changes, extract_quality
from .views.rows import extract_rows
from .views.settling import extract_settings
from .views.values import value_list, value_lists, value_undo

urlpatterns = [
    path("extracts/", extract_list, name="extract_list"),
    path("extracts/upload/", extract_upload, name="extract_upload"),
    path("extracts/values/", value_lists, name="value_lists"),
    path("extracts/values/<slug:code_list>/", value_list, name="value_list"),
    path("extracts/values/undo/<int:pk>/", value_undo, name="value_undo"),
    path("extracts/quality/", extract_quality, name="extract_quality"),
    path("extracts/figures/", extract_figures, name="extract_figures"),
    path("extracts/figures/<slug:indicator>/", extract_indicator, name="extract_indicator"),
    path("extracts/groups/", disproportionality_overview, name="disproportionality"),
    path("extracts/groups/children/", group_children, name="group_children"),
    path("extracts/groups/<slug:indicator>/", disproportionality_of, name="disproportionality_of"),
    path(
        "extracts/groups/<slug:indicator>/<slug:breakdown>.csv", disproportionality_file, name="disproportionality_file"
    ),
    path("extracts/journey/", extract_journey, name="extract_journey"),
    path("extracts/settings/", extract_settings, name="extract_settings"),
    path("extracts/<int:pk>/", extract_detail, name="extract_detail"),
    path("extracts/<int:pk>/progress/", extract_progress, name="extract_progress"),
    path("extracts/<int:pk>/again/", extract_again, name="extract_again"),
    path("extracts/<int:pk>/report.csv", extract_report, name="extract_report"),
    path("extracts/<int:pk>/findings/<int:finding>/", extract_finding, name="extract_finding"),
    path("extracts/<int:pk>/changes/", extract_changes, name="extract_changes"),
    path("extracts/<int:pk>/rows/<slug:indicator>/<str:period>/", extract_rows, name="extract_rows"),
    path("extracts/<int:pk>/delete/", extract_delete, name="extract_delete"),
]
