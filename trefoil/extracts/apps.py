from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    name = "trefoil.extracts"
    label = "extracts"
