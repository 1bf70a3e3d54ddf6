from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and figures. Installed in demo and test mode alone: production does not have this folder's commands."""

    name = "trefoil.demo"
    label = "demo"
