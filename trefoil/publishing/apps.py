from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "trefoil.publishing"
    label = "publishing"
