from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "trefoil.access"
    label = "access"

    def ready(self) -> None:
        from . import sign_in_signals  # noqa: F401, PLC0415  its receivers need the models to be loaded
