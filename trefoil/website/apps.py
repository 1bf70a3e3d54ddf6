from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "trefoil.website"
    label = "website"
