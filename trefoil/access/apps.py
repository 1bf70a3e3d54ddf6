from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "trefoil.access"
    label = "access"
