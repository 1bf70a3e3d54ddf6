from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "trefoil.editing"
    label = "editing"
