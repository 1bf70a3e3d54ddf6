from django.apps import AppConfig


class ChildDeathsConfig(AppConfig):
    name = "trefoil.child_deaths"
    label = "child_deaths"
