from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trefoil.people"
    label = "people"
