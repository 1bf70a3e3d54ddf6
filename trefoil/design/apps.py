from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "trefoil.design"
    label = "design"
