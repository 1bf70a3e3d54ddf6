"""The Django app of page layout and components."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, static files and template tags; no models, no migrations."""

    name = "trefoil.design"
    label = "design"
    verbose_name = "Page design"
