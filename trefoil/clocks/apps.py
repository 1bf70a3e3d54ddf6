from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "trefoil.clocks"
    label = "clocks"
