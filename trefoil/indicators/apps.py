from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "trefoil.indicators"
    label = "indicators"
