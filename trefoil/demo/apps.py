from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and figures. Installed in demo and test mode alone."""

    name = "trefoil.demo"
    label = "demo"
