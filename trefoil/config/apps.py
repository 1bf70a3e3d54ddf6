from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "trefoil.config"
    label = "config"
